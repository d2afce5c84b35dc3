"""The wire's shapes that all endpoints share: camelCase models, lists with `meta`, errors."""

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic.alias_generators import to_camel

from api.deps import PageRequest

T = TypeVar("T")


class Wire(BaseModel):
    """Base of every body: camelCase outside, snake_case inside, JSON types taken strictly."""

    model_config = ConfigDict(alias_generator=to_camel, populate_by_name=True, strict=True, from_attributes=True)


class Meta(Wire):
    """Where a page stands in its list."""

    page: int
    page_size: int
    total: int
    total_pages: int


class LeadsMeta(Wire):
    """Where a page of leads stands: as in other lists, or by cursor, where nothing is counted, with ``nextCursor`` alone.

    ``nextCursor`` is where the next page begins, null at the end.
    """

    page: int = 1
    page_size: int
    total: int = 0
    total_pages: int = 0
    next_cursor: str | None = None


class Answer(Wire, Generic[T]):
    """Every answer's envelope."""

    data: T


class ListAnswer(Wire, Generic[T]):
    """One page of a list."""

    data: list[T]
    meta: Meta


def list_answer(items: Sequence[Any], *, page: PageRequest, total: int) -> dict[str, Any]:
    """The body of one page; FastAPI puts it through the response model."""
    meta = Meta(page=page.number, page_size=page.size, total=total, total_pages=-(-total // page.size))
    return {"data": list(items), "meta": meta}


class Problem(Wire):
    """An error for people. 402 adds the three numbers."""

    detail: str


class QuotaProblem(Problem):
    """Over the contact limit: nothing was written."""

    limit: int
    active: int
    added: int


class Place(Wire):
    """One wrong place of a request, FastAPI's way."""

    loc: list[str | int]
    msg: str
    type: str


class InvalidRequest(Wire):
    """What is wrong with the request, place by place (the first 100)."""

    detail: list[Place]


class RateLimitDetails(Wire):
    """``reset`` is a unix time in seconds."""

    limit: int
    reset: int


class RateLimitProblem(Wire):
    """Too many requests in this minute."""

    error: str = "Rate limit exceeded"
    code: str = "rate_limit_exceeded"
    details: RateLimitDetails



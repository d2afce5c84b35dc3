"""JSON as the standard has it, strictly (RFC 8259).

No NaN and no infinity, not even as 1e999; at most 200 levels deep; integers of at most 4300 digits; UTF-8 only. A key that
stands twice in an object: the last one wins. Lone surrogates ("\\ud800") are valid JSON but no text; they arrive as
Python's lone surrogates, to be refused where they stand and not with the whole body.
"""

import json
import math
import re
from collections.abc import Callable, Iterator
from typing import Any

from fastapi import Request, Response
from fastapi.routing import APIRoute
from pydantic_core import from_json

#: An escape of JSON; group 1 is a lone surrogate. A backslash takes its next character with it, so that `\\ud800`,
#: which is a backslash and five letters, is none.
_ESCAPE = re.compile(
    rb"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u([dD][89a-fA-F][0-9a-fA-F]{2})|.)", re.DOTALL
)
#: What a lone surrogate is replaced by on the way through a parser that refuses it: two characters that no text of
#: ours can hold (NUL is refused later), then the surrogate's own digits.
_MARK = "\x00\ufdd0"
_MARKED = re.compile(_MARK + "([0-9a-f]{4})")


def parse_json(body: bytes) -> Any:
    """The value of a JSON text. Raises json.JSONDecodeError, whose message is fit for the client."""
    try:
        value = from_json(body, allow_inf_nan=False)
    except ValueError as error:
        if (marked := mark_surrogates(body)) == body:
            raise _decode_error(error) from error
        return restore_surrogates(parse_json(marked))
    if next(find_infinite(value), None) is not None:
        raise _decode_error("a number is too large")
    return value


def mark_surrogates(body: bytes) -> bytes:
    """The JSON text with every lone surrogate replaced by a mark that restore_surrogates knows."""

    def mark(escape: re.Match[bytes]) -> bytes:
        return rb"\u0000\ufdd0" + escape[1].lower() if escape[1] else escape[0]

    return _ESCAPE.sub(mark, body)


def restore_surrogates(value: Any) -> Any:
    """The value with the lone surrogates back in its texts."""
    if isinstance(value, str):
        return _MARKED.sub(lambda mark: chr(int(mark[1], 16)), value) if _MARK in value else value
    if isinstance(value, list):
        return [restore_surrogates(item) for item in value]
    if isinstance(value, dict):
        return {restore_surrogates(key): restore_surrogates(item) for key, item in value.items()}
    return value


def find_infinite(value: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """The places of numbers that are too large for a double (1e999 is read as infinity)."""
    if isinstance(value, float):
        if not math.isfinite(value):
            yield path
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from find_infinite(item, (*path, key))
    elif isinstance(value, list):
        for i, item in enumerate(value):
            yield from find_infinite(item, (*path, i))


class StrictRequest(Request):
    """A request whose JSON is read strictly."""

    async def json(self) -> Any:
        if not hasattr(self, "_json"):
            self._json = parse_json(await self.body())
        return self._json


class StrictRoute(APIRoute):
    """Route class of every router: FastAPI's own parser takes NaN, and answers deep nesting with a fault."""

    def get_route_handler(self) -> Callable[[Request], Any]:
        handle = super().get_route_handler()

        async def handle_strictly(request: Request) -> Response:
            return await handle(StrictRequest(request.scope, request.receive))

        return handle_strictly


def _decode_error(error: object) -> json.JSONDecodeError:
    return json.JSONDecodeError(str(error), "", 0)

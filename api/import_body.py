"""The body of a bulk import: JSON bytes to drafts in one pass, or the places that are wrong."""

from itertools import chain
from json import JSONDecodeError
from typing import Annotated, Any, NotRequired

from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError, with_config
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails, PydanticCustomError
from typing_extensions import TypedDict

from api.strict_json import find_infinite, mark_surrogates, parse_json, restore_surrogates
from core.request_flow import MAX_REQUEST_ROWS, too_many_rows

#: Of a request's texts only the keys come again and again; to look for the others among those already read takes a fifth
#: of the reading.
_WIRE = ConfigDict(strict=True, alias_generator=to_camel, cache_strings="keys")

Text = str | None

#: Values that are no infinity, nor hold one.
_FINITE = {str, int, bool, type(None)}


def _check_numbers(custom: dict[str, Any]) -> dict[str, Any]:
    """Numbers that a double cannot hold have become infinities, at any depth."""
    for key, value in custom.items():
        if isinstance(value, float | dict | list) and any(True for _ in find_infinite(value)):
            raise PydanticCustomError("finite_number", "The number under “{key}” is too large", {"key": key})
    return custom


def _drop(value: object) -> None:
    """Nothing, so that what was judged or counted takes no memory."""


# Typed dicts, not models: a thousand models would take longer to make than all the rest of reading the request.
@with_config(_WIRE)
class ImportedLead(TypedDict, total=False):
    """A lead as the request gives it. Unknown keys are ignored; null, "" and an absent key all mean: not given."""

    email: Annotated[Text, Field(description="Required; a row without it is counted in `errors`.")]
    first_name: Text
    last_name: Text
    company: Text
    title: Text
    phone: Text
    linkedin_url: Text
    website: Text
    notes: Text
    source: Annotated[Text, Field(description="`api` where it is not given.")]
    status: Annotated[Text, Field(description="active, bounced, unsubscribed or replied.")]
    custom_fields: Annotated[dict[str, Any], AfterValidator(_check_numbers)] | None
    # One wrong tag is enough: the list of wrong places must not grow larger than the body.
    tags: Annotated[list[str], Field(fail_fast=True)] | None


@with_config(_WIRE)
class ImportRequest(TypedDict):
    """The body of a bulk import."""

    leads: Annotated[
        list[ImportedLead],
        Field(
            description=f"1 to {MAX_REQUEST_ROWS} leads.",
            json_schema_extra={"minItems": 1, "maxItems": MAX_REQUEST_ROWS},  # for readers; another number is 400
        ),
    ]
    restore_soft_deleted: NotRequired[
        Annotated[bool, Field(description="Bring soft-deleted leads back (true), or count them as duplicates.")]
    ]
    dry_run: NotRequired[Annotated[bool, Field(description="Report what would happen and write nothing.")]]


# A body can hold millions of wrong leads, or of good ones. So the first reading gives up at the first fault, and only the
# places of a request of the right size are listed.


# A call per lead costs a third of the reading, so the good way looks at the numbers of all leads together.
@with_config(_WIRE)
class _UncheckedLead(ImportedLead, total=False):
    custom_fields: dict[str, Any] | None


@with_config(_WIRE)
class _GoodImport(ImportRequest):
    leads: Annotated[list[_UncheckedLead], Field(max_length=MAX_REQUEST_ROWS, fail_fast=True)]


@with_config(_WIRE)
class _LargeImport(ImportRequest):
    leads: Annotated[list[Annotated[ImportedLead, AfterValidator(_drop)]], Field(fail_fast=True)]


class _CountedImport(TypedDict):
    leads: list[Annotated[Any, BeforeValidator(_drop)]]


_any_size = TypeAdapter(ImportRequest)
_good = TypeAdapter(_GoodImport)
_large = TypeAdapter(_LargeImport)
_counted = TypeAdapter(_CountedImport)


def import_schemas() -> dict[str, Any]:
    """The body's schema by name, for the OpenAPI document."""
    schema = _any_size.json_schema(by_alias=True, ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "ImportRequest": schema}


def parse_import(body: bytes) -> ImportRequest:
    """The request. Raises RequestValidationError with the wrong places, TooManyRows for more than 1000 leads."""
    try:
        return _parse(body)
    except ValidationError as error:
        places = [_place(place["loc"], place["msg"], place["type"]) for place in _errors(error)]
    except JSONDecodeError as error:
        places = [_place((), f"Invalid JSON: {error.msg}", "json_invalid")]
    raise RequestValidationError(places)


def _parse(body: bytes) -> ImportRequest:
    try:
        value = _validate(body)
    except ValidationError as error:
        if _errors(error)[0]["type"] != "json_invalid" or (marked := mark_surrogates(body)) == body:
            raise
        value = restore_surrogates(_validate(marked))
    # From the end, because CPython searches faster that way.
    if body.rfind(b"NaN") >= 0 or body.rfind(b"Infinity") >= 0:
        parse_json(body)  # pydantic lets them pass where any value may stand; in a text they are harmless
    return value


def _validate(body: bytes) -> ImportRequest:
    try:
        value = _good.validate_json(body)
        return _any_size.validate_json(body) if _has_infinite(value) else value  # which raises, with the places
    except ValidationError as error:
        count = _count_leads(body)
        if count is None:
            raise error
    if count <= MAX_REQUEST_ROWS:
        return _any_size.validate_json(body)  # raises with every wrong place
    # Wrong types are judged before the number of leads (contract.md section 3).
    _large.validate_json(body)
    raise too_many_rows(count)


def _has_infinite(request: ImportRequest) -> bool:
    """Whether a custom field of any lead holds a number that has become an infinity, or a NaN."""
    customs = [custom for lead in request["leads"] if (custom := lead.get("custom_fields"))]
    values = [*chain.from_iterable(map(dict.values, customs))]
    if {*map(type, values)} <= _FINITE:
        return False
    return any(next(find_infinite(value), None) is not None for value in values if type(value) not in _FINITE)


def _count_leads(body: bytes) -> int | None:
    """How many there are; None where the body is no JSON, or `leads` no array."""
    try:
        return len(_counted.validate_json(body, strict=True)["leads"])
    except ValidationError:
        return None


def _errors(error: ValidationError) -> list[ErrorDetails]:
    return error.errors(include_url=False, include_context=False, include_input=False)


def _place(loc: tuple[str | int, ...], msg: str, kind: str) -> dict[str, Any]:
    return {"loc": ("body", *loc), "msg": msg, "type": kind}

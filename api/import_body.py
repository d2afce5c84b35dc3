"""The body of a bulk import: JSON bytes to drafts, or the places that are wrong.

Two ways. msgspec reads a good request in a third of pydantic's time. What it does not take is read again by pydantic, which
decides: it says what is wrong, or lets pass what is merely odd. tests/api/test_import_body.py holds both to the same.
"""

from collections.abc import Iterable, Sequence
from itertools import chain
from json import JSONDecodeError
from typing import Annotated, Any, NamedTuple, NotRequired

import msgspec
from fastapi.exceptions import RequestValidationError
from pydantic import AfterValidator, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError, with_config
from pydantic.alias_generators import to_camel
from pydantic_core import ErrorDetails, PydanticCustomError
from typing_extensions import TypedDict

from api.strict_json import find_infinite, mark_surrogates, parse_json, restore_surrogates
from core.records import DraftColumns, Lead, LeadDraft
from core.request_flow import MAX_REQUEST_ROWS, too_many_rows
from core.validation import MAX_CUSTOM_DEPTH, is_shallow

#: Of a request's texts only the keys come again and again: to look for the others among those already read takes longer.
_WIRE = ConfigDict(strict=True, alias_generator=to_camel, cache_strings="keys")

Text = str | None


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


# --- the way of good requests -----------------------------------------------------------------------------------------

#: A lead with its fields in the order of core's: faster to make than a dict, and smaller.
_Lead = msgspec.defstruct(
    "_Lead",
    [(name, {"custom_fields": dict[str, Any], "tags": list[str]}.get(name, str) | None, None) for name in Lead._fields],
    rename=to_camel, forbid_unknown_fields=True, gc=False,
)  # fmt: skip
_Import = msgspec.defstruct(
    "_Import",
    [("leads", list[_Lead]), ("restore_soft_deleted", bool, True), ("dry_run", bool, False)],
    rename=to_camel, forbid_unknown_fields=True,
)  # fmt: skip
_decode = msgspec.json.Decoder(_Import).decode
#: More objects than a request of the right size has, even with some in the custom fields of each lead. The decoder reads
#: all before anybody can count them, and the smallest lead of three bytes takes forty times as much memory.
_MANY_OBJECTS = 20 * MAX_REQUEST_ROWS
#: Values with nothing inside.
_FLAT = {str, int, float, bool, type(None)}


class ReadImport(NamedTuple):
    """A request as it was read."""

    leads: Sequence[LeadDraft]
    restore_soft_deleted: bool
    dry_run: bool


def parse_import(body: bytes) -> ReadImport:
    """The request. Raises RequestValidationError with the wrong places, TooManyRows for more than 1000 leads."""
    return read_good(body) or read_odd(body)


def read_good(body: bytes) -> ReadImport | None:
    """The request; None where anything about it is wrong, or odd: a key that is none of ours may hide what JSON forbids."""
    if body.count(b"{") > _MANY_OBJECTS:
        return None
    try:
        request = _decode(body)
    except (msgspec.MsgspecError, ValueError, RecursionError):
        return None
    if not 1 <= len(request.leads) <= MAX_REQUEST_ROWS:
        return None
    columns = [*zip(*map(msgspec.structs.astuple, request.leads), strict=True)]
    values = _custom_values(columns[Lead._fields.index("custom_fields")])
    if not {*map(type, values)} <= _FLAT and not is_shallow(values, MAX_CUSTOM_DEPTH):
        return None
    return ReadImport(DraftColumns(columns), request.restore_soft_deleted, request.dry_run)


def _custom_values(customs: Iterable[dict[str, Any] | None]) -> list[Any]:
    return [*chain.from_iterable(map(dict.values, filter(None, customs)))]


# --- the way of all others, which says what is wrong ------------------------------------------------------------------
# A body can hold millions of wrong leads, or of good ones. So the first reading gives up at the first fault, and only the
# places of a request of the right size are listed.


# A call per lead costs a third of the reading, so the numbers of all leads are looked at together: what is odd is mostly a
# key that is none of ours.
@with_config(_WIRE)
class _UncheckedLead(ImportedLead, total=False):
    custom_fields: dict[str, Any] | None


@with_config(_WIRE)
class _OddImport(ImportRequest):
    leads: Annotated[list[_UncheckedLead], Field(max_length=MAX_REQUEST_ROWS, fail_fast=True)]


@with_config(_WIRE)
class _LargeImport(ImportRequest):
    leads: Annotated[list[Annotated[ImportedLead, AfterValidator(_drop)]], Field(fail_fast=True)]


class _CountedImport(TypedDict):
    leads: list[Annotated[Any, BeforeValidator(_drop)]]


_any_size = TypeAdapter(ImportRequest)
_odd = TypeAdapter(_OddImport)
_large = TypeAdapter(_LargeImport)
_counted = TypeAdapter(_CountedImport)


def import_schemas() -> dict[str, Any]:
    """The body's schema by name, for the OpenAPI document."""
    schema = _any_size.json_schema(by_alias=True, ref_template="#/components/schemas/{model}")
    return {**schema.pop("$defs"), "ImportRequest": schema}


def read_odd(body: bytes) -> ReadImport:
    """The request, whatever is odd about it. Raises as parse_import."""
    try:
        request = _parse(body)
    except ValidationError as error:
        places = [_place(place["loc"], place["msg"], place["type"]) for place in _errors(error)]
        raise RequestValidationError(places) from None
    except JSONDecodeError as error:
        raise RequestValidationError([_place((), f"Invalid JSON: {error.msg}", "json_invalid")]) from None
    return ReadImport(request["leads"], request.get("restore_soft_deleted", True), request.get("dry_run", False))


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
        value = _odd.validate_json(body)
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
    values = _custom_values(lead.get("custom_fields") for lead in request["leads"])
    if {*map(type, values)} <= _FLAT - {float}:
        return False
    return any(next(find_infinite(value), None) is not None for value in values if isinstance(value, float | dict | list))


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

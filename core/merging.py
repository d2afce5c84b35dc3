"""How a row meets a stored lead: restore-merge (contract.md section 3, "Restore merge"), and filling an active one's blanks."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from pydantic_core import to_json

from core.records import Lead, make_lead

#: Fields that filling leaves alone: who the lead is, where it came from, what it agreed to.
_KEPT_FIELDS = frozenset(("email", "source", "status", "custom_fields", "tags"))
#: Fields of which a blank can be filled, beside the custom fields.
FILLABLE = tuple(name for name in Lead._fields if name not in _KEPT_FIELDS)
_EMAIL, _SOURCE, _CUSTOM_FIELDS, _TAGS = map(Lead._fields.index, ("email", "source", "custom_fields", "tags"))


def merge_lead(stored: Lead, incoming: Lead) -> Lead:
    """The lead after the restore: what the row gives replaces, what it does not give stays.

    Source stays the stored one. A status of bounced or unsubscribed survives unless the row names a status itself,
    because an import must not silently re-subscribe anybody. Merging the same row twice equals merging it once.
    """
    values: list[Any] = [*incoming]
    if None in incoming:
        values = [kept if given is None else given for given, kept in zip(incoming, stored, strict=True)]
    values[_EMAIL] = stored.email
    values[_SOURCE] = stored.source
    values[_CUSTOM_FIELDS] = {**stored.custom_fields, **incoming.custom_fields}
    # Most rows of a list carry the tags that they carried before.
    values[_TAGS] = stored.tags if incoming.tags == stored.tags else tuple(dict.fromkeys((*stored.tags, *incoming.tags)))
    return make_lead(values)


def fill_blanks(stored: Lead, incoming: Lead) -> Lead:
    """The active lead with its empty fields filled from the row, and the custom fields that it lacks added.

    Whatever it has stays, tags and status included. Filling twice equals filling once.
    """
    blank = {name: value for name in FILLABLE if (value := getattr(incoming, name)) and not getattr(stored, name)}
    given = {key: value for key, value in incoming.custom_fields.items() if value not in (None, "")}
    return stored._replace(**blank, custom_fields={**given, **stored.custom_fields})


def changed_columns(before: Sequence[Lead], after: Sequence[Lead]) -> dict[str, tuple[Any, ...]]:
    """The fields in which any of the leads changes, each with all the values after."""
    columns = zip(Lead._fields, zip(*before, strict=True), zip(*after, strict=True), strict=True) if before else ()
    return {name: new for name, old, new in columns if old != new or (name == "custom_fields" and _differ(old, new))}


def _differ(old: tuple[Any, ...], new: tuple[Any, ...]) -> bool:
    """Whether equal custom fields differ as JSON: to Python True equals 1, and 1 equals 1.0. Texts equal nothing but texts."""
    are_texts = {*map(type, chain.from_iterable(map(dict.values, old)))} <= {str}
    return not are_texts and to_json(old) != to_json(new)

"""How a row meets a stored lead: restore-merge (contract.md section 3, "Restore merge"), and filling an active one's blanks."""

from collections.abc import Sequence
from itertools import chain
from typing import Any

from pydantic_core import to_json

from core.records import Lead

#: Fields that filling leaves alone: who the lead is, where it came from, what it agreed to.
_KEPT_FIELDS = frozenset(("email", "source", "status", "custom_fields", "tags"))
#: Fields of which a blank can be filled, beside the custom fields.
FILLABLE = tuple(name for name in Lead._fields if name not in _KEPT_FIELDS)

#: The values of many leads side by side, or those of one of their fields.
Column = tuple[Any, ...]


def merge_leads(stored: Sequence[Column], incoming: Sequence[Column]) -> list[Column]:
    """The leads after their restores: what a row gives replaces, what it does not give stays. All field by field, in the
    order of a Lead; a field in which nothing is given that was not there before stays the same object.

    Source stays the stored one. A status of bounced or unsubscribed survives unless the row names a status itself,
    because an import must not silently re-subscribe anybody. Merging the same row twice equals merging it once.
    """
    columns = zip(Lead._fields, stored, incoming, strict=True)
    return [_MERGES.get(name, _merge_values)(before, given) for name, before, given in columns]


def _merge_values(stored: Column, incoming: Column) -> Column:
    if incoming == stored:  # as most rows of a list that comes again
        return stored
    return tuple([before if given is None else given for before, given in zip(stored, incoming, strict=True)])


def _merge_custom_fields(stored: Column, incoming: Column) -> Column:
    return tuple([{**before, **given} for before, given in zip(stored, incoming, strict=True)])


def _merge_tags(stored: Column, incoming: Column) -> Column:
    if incoming == stored:
        return stored
    return tuple([tuple(dict.fromkeys((*before, *given))) for before, given in zip(stored, incoming, strict=True)])


def _keep(stored: Column, incoming: Column) -> Column:
    return stored


_MERGES = {"email": _keep, "source": _keep, "custom_fields": _merge_custom_fields, "tags": _merge_tags}


def fill_blanks(stored: Lead, incoming: Lead) -> Lead:
    """The active lead with its empty fields filled from the row, and the custom fields that it lacks added.

    Whatever it has stays, tags and status included. Filling twice equals filling once.
    """
    blank = {name: value for name in FILLABLE if (value := getattr(incoming, name)) and not getattr(stored, name)}
    given = {key: value for key, value in incoming.custom_fields.items() if value not in (None, "")}
    return stored._replace(**blank, custom_fields={**given, **stored.custom_fields})


def changed_columns(before: Sequence[Column], after: Sequence[Column]) -> dict[str, Column]:
    """The fields in which any of the leads changes, each with all the values after."""
    columns = zip(Lead._fields, before, after, strict=True)
    return {name: new for name, old, new in columns if old != new or (name == "custom_fields" and _differ(old, new))}


def _differ(old: Column, new: Column) -> bool:
    """Whether equal custom fields differ as JSON: to Python True equals 1, and 1 equals 1.0. Texts equal nothing but texts."""
    are_texts = {*map(type, chain.from_iterable(map(dict.values, old)))} <= {str}
    return not are_texts and to_json(old) != to_json(new)

"""Whether a column mapping can be imported with: all that is wrong with it, each as a sentence that says what to do."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from core.fields import FIELD_BY_KEY, MAX_CUSTOM_FIELDS, MAX_CUSTOM_KEY_LENGTH, STATUSES
from core.issues import shorten
from core.language import say
from core.mapping import ALL_CUSTOM, CUSTOM_PREFIX, OPT_OUT, SPLIT_FIELDS, SPLIT_LABEL, SPLIT_NAME, custom_key
from core.records import ColumnMapping
from core.status_values import NO_STATUS

FIELD_TWICE = "{columns} both go to {field}. Keep one of them; leave the others out or make them custom fields."
FIELD_OFTEN = "{columns} all go to {field}. Keep one of them; leave the others out or make them custom fields."



@dataclass(frozen=True, slots=True)
class MappingProblem:
    """One thing that keeps a mapping from being imported with. ``message`` says what is wrong and what to do.

    ``column`` is the column to change (of several, the last), ``field`` the field key; None where there is none.
    """

    code: str
    message: str
    column: str | None = None
    field: str | None = None


def check_mapping(mapping: ColumnMapping, columns: Sequence[str]) -> tuple[MappingProblem, ...]:
    """All that is wrong with the mapping for a file with these columns; empty when it can be imported with."""
    by_target: dict[str, list[str]] = defaultdict(list)
    for column, target in mapping.targets.items():
        if target is not None:
            by_target[target if custom_key(target) is None else f"{CUSTOM_PREFIX}{custom_key(target)}"].append(column)
    return (
        *_check_columns(mapping, columns),
        *_check_fields(by_target),
        *_check_split(by_target),
        *_check_custom_keys(by_target),
        *_check_constants(mapping.constants),
        *_check_values(mapping.values),
    )


def _check_columns(mapping: ColumnMapping, columns: Sequence[str]) -> Iterator[MappingProblem]:
    in_file = set(columns)
    for column, target in mapping.targets.items():
        if target is not None and column not in in_file:
            message = _told(
                "The file has no column {columns}. Choose another column, or leave it out.", columns=_listed([column])
            )
            yield MappingProblem("mapping-column-unknown", message, column, target)


def _check_fields(by_target: Mapping[str, Sequence[str]]) -> Iterator[MappingProblem]:
    if "email" not in by_target:
        message = say("No column goes to Email. Choose the column that holds the email addresses.")
        yield MappingProblem("mapping-email-missing", message, field="email")
    for target, sources in by_target.items():
        if custom_key(target) is not None or target in (SPLIT_NAME, OPT_OUT) or (target == ALL_CUSTOM and len(sources) == 1):
            continue
        field = FIELD_BY_KEY.get(target)
        if field is None:
            for column in sources:
                unknown = "{columns} goes to “{field}”, which is not a field of a lead. Choose another field."
                message = _told(unknown, columns=_listed([column]), field=shorten(target))
                yield MappingProblem("mapping-target-unknown", message, column, target)
        elif len(sources) > 1 and not field.joins:
            message = _told(FIELD_TWICE if len(sources) == 2 else FIELD_OFTEN, columns=_listed(sources), field=say(field.label))
            yield MappingProblem("mapping-field-twice", message, sources[-1], target)


def _check_split(by_target: Mapping[str, Sequence[str]]) -> Iterator[MappingProblem]:
    sources = by_target.get(SPLIT_NAME, ())
    if len(sources) > 1:
        message = _told(FIELD_OFTEN, columns=_listed(sources), field=say(SPLIT_LABEL))
        yield MappingProblem("mapping-field-twice", message, sources[-1], SPLIT_NAME)
    for key in SPLIT_FIELDS if sources else ():
        for column in by_target.get(key, ()):
            conflict = "{columns} is split into first and last name, and {other} goes to {field}. Leave one of the two out."
            names = {"columns": _listed(sources[:1]), "other": _listed([column]), "field": say(FIELD_BY_KEY[key].label)}
            message = _told(conflict, **names)
            yield MappingProblem("mapping-split-conflict", message, column, key)


def _check_custom_keys(by_target: Mapping[str, Sequence[str]]) -> Iterator[MappingProblem]:
    keys = {key: sources for target, sources in by_target.items() if (key := custom_key(target)) is not None}
    for key, sources in keys.items():
        column, target = sources[-1], CUSTOM_PREFIX + key
        if not key:
            for column in sources:
                message = _told("The custom field for {columns} has no name. Give it one.", columns=_listed([column]))
                yield MappingProblem("mapping-custom-key-empty", message, column, target)
            continue
        if len(key) > MAX_CUSTOM_KEY_LENGTH:
            long = "The name of the custom field for {columns} has {length} characters; the limit is {limit}. Shorten it."
            message = _told(long, columns=_listed([column]), length=len(key), limit=MAX_CUSTOM_KEY_LENGTH)
            yield MappingProblem("mapping-custom-key-too-long", message, column, target)
        if not _is_storable(key):
            odd = "The custom field for {columns} has a character in its name that cannot be stored. Retype it."
            message = _told(odd, columns=_listed([column]))
            yield MappingProblem("mapping-custom-key-forbidden", message, column, target)
        if len(sources) > 1:
            same = "{columns} go to the same custom field, “{field}”. Give each its own name."
            message = _told(same, columns=_listed(sources), field=shorten(key))
            yield MappingProblem("mapping-custom-key-twice", message, column, target)
    if len(keys) > MAX_CUSTOM_FIELDS:
        many = "{count} columns become custom fields; the limit is {limit}. Leave some out."
        message = _told(many, count=len(keys), limit=MAX_CUSTOM_FIELDS)
        yield MappingProblem("mapping-custom-too-many", message)


def _check_constants(constants: Mapping[str, str]) -> Iterator[MappingProblem]:
    for key, value in constants.items():
        field = FIELD_BY_KEY.get(key)
        if field is None:
            unknown = "“{field}” is not a field of a lead, so no fixed value can fill it. Choose another field."
            message = _told(unknown, field=shorten(key))
            yield MappingProblem("mapping-target-unknown", message, field=key)
        elif key == "email":
            message = say("Every lead has its own email, so no fixed value can fill it. Remove the value.")
            yield MappingProblem("mapping-constant-forbidden", message, field=key)
        elif key == "status" and value.strip() and value.strip().lower() not in STATUSES:
            unknown = "“{value}” is not a status. Use one of: {statuses}."
            message = _told(unknown, value=shorten(value), statuses=", ".join(STATUSES))
            yield MappingProblem("mapping-status-unknown", message, field=key)
        elif len(value.strip()) > field.max_length:
            long = "The fixed value for {field} has {length} characters; the limit is {limit}. Shorten it."
            message = _told(long, field=say(field.label), length=len(value.strip()), limit=field.max_length)
            yield MappingProblem("mapping-constant-too-long", message, field=key)


def _check_values(values: Mapping[str, Mapping[str, str]]) -> Iterator[MappingProblem]:
    for key, meanings in values.items():
        if key not in ("status", OPT_OUT):
            message = _told(
                "Values of “{field}” cannot be given a meaning; only those of Status can. Remove them.",
                field=shorten(key),
            )
            yield MappingProblem("mapping-values-forbidden", message, field=key)
            continue
        for text, status in meanings.items():
            if status not in (NO_STATUS, *STATUSES):
                unknown = "“{value}” is to become “{status}”, which is not a status. Use one of: {statuses}."
                message = _told(unknown, value=shorten(text), status=shorten(status), statuses=", ".join(STATUSES))
                yield MappingProblem("mapping-status-unknown", message, field=key)


def _is_storable(text: str) -> bool:
    """PostgreSQL's jsonb takes neither U+0000 nor half of a surrogate pair."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)


def _listed(columns: Sequence[str]) -> str:
    """The columns in quotes, as one would say them: “A”, “B” and “C”."""
    quoted = [_told("“{column}”", column=shorten(column)) for column in columns]
    if len(quoted) == 1:
        return quoted[0]
    return _told("{columns} and {last}", columns=", ".join(quoted[:-1]), last=quoted[-1])


def _told(template: str, **names: object) -> str:
    """The sentence in the reader's language."""
    return say(template).format(**names)

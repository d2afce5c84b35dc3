"""Drafts become leads, or issues that say what is wrong with them (contract.md sections 2 and 3).

Two ways. The fast one goes column by column and only finds out which rows are beyond doubt: a check over a whole column
costs a fraction of the same check cell by cell. The few rows that it doubts are judged one by one, to name
everything that is wrong with them.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import chain
from operator import itemgetter
from typing import Any

from pydantic_core import PydanticSerializationError, to_json

from core.chunks import CheckedChunk
from core.cleaning import clean_tags, clean_text, clean_texts, join_texts
from core.emails import MAX_EMAIL_LENGTH, check_email, check_emails
from core.fields import (
    FIELD_BY_KEY,
    MAX_CELL_LENGTH,
    MAX_CUSTOM_FIELDS,
    MAX_CUSTOM_KEY_LENGTH,
    MAX_TAG_LENGTH,
    MAX_TAGS,
    STATUSES,
    TEXT_FIELDS,
)
from core.issues import Issue, make_issue, storable_text
from core.records import CheckedRow, DraftColumns, Lead, LeadDraft

#: Field keys to the columns that fill them, to name the column in an issue.
Columns = Mapping[str, str]

#: What a lead has beside its email.
_FIELDS = Lead._fields[1:]
_all_fields = itemgetter(*_FIELDS)

#: Lists and objects inside each other in one custom field. The JSON reader stops at 200 levels, those of the ledger
#: included: a lead that is nested deeper could be written, but neither restored nor reported.
MAX_CUSTOM_DEPTH = 100

#: U+0000 in JSON text, and not a backslash that stands for itself before "u0000".
_find_nul = re.compile(rb"(?<!\\)(?:\\\\)*\\u0000").search


def check_rows(
    drafts: Sequence[LeadDraft], row_numbers: Sequence[int], columns: Columns | None = None
) -> list[CheckedRow]:
    """One CheckedRow per draft, in order. ``columns`` names the file's column of each field, for the issues."""
    return UncheckedRows(drafts, row_numbers, columns)[:]


class UncheckedRows:
    """Drafts whose emails are checked, and everything else chunk by chunk, when it is asked for.

    So the server can look the emails up, and insert what is good already, while the rest is being checked.
    """

    def __init__(self, drafts: Sequence[LeadDraft], row_numbers: Sequence[int], columns: Columns | None = None) -> None:
        if len(drafts) != len(row_numbers):
            raise ValueError("every draft needs its row number")
        self._drafts, self._row_numbers, self._columns = drafts, row_numbers, columns or {}
        is_columns = isinstance(drafts, DraftColumns)
        given, joined = join_texts(drafts.columns[0] if is_columns else [draft.get("email") for draft in drafts])
        self._shown_emails = clean_texts(given, joined=joined)
        self._emails = check_emails(self._shown_emails)
        self._known_tags = _KnownTags()

    def __len__(self) -> int:
        return len(self._drafts)

    @property
    def emails(self) -> list[str]:
        """The distinct valid emails, in file order. Something else may be wrong with the rows of some."""
        valid = dict.fromkeys(self._emails)
        valid.pop(None, None)
        return [*valid]  # type: ignore[list-item]

    def __getitem__(self, part: slice) -> list[CheckedRow]:
        return self.chunk(part).to_rows()

    def chunk(self, part: slice) -> CheckedChunk:
        """These rows, checked."""
        drafts, row_numbers = self._drafts[part], self._row_numbers[part]
        keys, emails = self._emails[part], self._shown_emails[part]
        doubtful = {i for i, key in enumerate(keys) if key is None} if None in keys else set()
        *given_texts, given_statuses, given_customs, given_tags = _columns(drafts)
        texts = [join_texts(given) for given in given_texts]
        for given, field in zip(texts, TEXT_FIELDS, strict=True):
            _check_texts(*given, field.max_length, doubtful)
        others = (
            _check_statuses(given_statuses, doubtful),
            _check_customs(given_customs, doubtful),
            _check_tags(given_tags, self._known_tags, doubtful),
        )
        issues = {i: found for i in sorted(doubtful) if (found := _all_issues(drafts[i], row_numbers[i], self._columns))}
        if issues:
            keys, emails = [*keys], [*emails]
            for i in issues:
                keys[i], emails[i] = None, storable_text(emails[i])
        # Rows that are there already are written nowhere, so nobody asks for what their texts are without white space.
        return CheckedChunk(
            row_numbers, keys, emails, issues, columns=lambda: [*[_clean_texts(*given) for given in texts], *others]
        )


# --- the fast way: columns. Each adds the rows that it doubts, and but for the texts returns the cleaned values -------


def _columns(drafts: Sequence[LeadDraft]) -> list[Sequence[Any]]:
    """The drafts field by field, in the order of a Lead but without the email; None where a draft lacks one."""
    if isinstance(drafts, DraftColumns):
        return [*drafts.columns[1:]]
    try:
        return [*zip(*map(_all_fields, drafts), strict=True)] or [()] * len(_FIELDS)
    except KeyError:
        return [[draft.get(key) for draft in drafts] for key in _FIELDS]


def _check_texts(texts: Sequence[str], joined: str, limit: int, doubtful: set[int]) -> None:
    if _is_any_longer(texts, limit, joined) or not _is_storable(joined):
        doubtful.update(i for i, text in enumerate(texts) if len(text) > limit or not _is_storable(text))


def _clean_texts(texts: Sequence[str], joined: str) -> Sequence[str | None]:
    if not joined:
        return [None] * len(texts)
    cleaned = clean_texts(texts, joined=joined)
    return cleaned if all(cleaned) else [text or None for text in cleaned]


def _is_any_longer(texts: Sequence[str], limit: int, joined: str) -> bool:
    """Whether any is longer than the limit. ``joined`` has all of them, which together are often no longer than that."""
    return len(joined) > limit and max(map(len, texts), default=0) > limit


def _check_statuses(statuses: Sequence[str | None], doubtful: set[int]) -> list[str | None]:
    known = {status: clean_text(status).lower() or None if status else None for status in {*statuses}}
    cleaned = list(map(known.__getitem__, statuses))
    if not {*known.values()} <= {None, *STATUSES}:
        doubtful.update(i for i, status in enumerate(cleaned) if status and status not in STATUSES)
    return cleaned


class _KnownTags(dict[tuple[str, ...], tuple[str, ...] | None]):
    """Tags as they were given to cleaned ones, None for bad ones: most rows of a list carry the same few."""

    def __missing__(self, given: tuple[str, ...]) -> tuple[str, ...] | None:
        tags = clean_tags(given)
        self[given] = known = tags if not tags or _are_tags_good(tags) else None
        return known


def _check_tags(given: Sequence[list[str] | None], known: _KnownTags, doubtful: set[int]) -> list[tuple[str, ...] | None]:
    cleaned = [known[tuple(tags)] if tags else () for tags in given]
    if None in cleaned:
        doubtful.update(i for i, tags in enumerate(cleaned) if tags is None)
    return cleaned


def _check_customs(given: Sequence[dict[str, Any] | None], doubtful: set[int]) -> list[dict[str, Any]]:
    customs = [custom or {} for custom in given]
    if not _are_customs_good(customs):
        doubtful.update(i for i, custom in enumerate(customs) if custom and not _is_custom_good(custom))
    return customs


def _is_storable(text: str) -> bool:
    """Whether PostgreSQL can store the text: no NUL, no lone surrogate (which is not Unicode text at all)."""
    if "\x00" in text:
        return False
    return text.isascii() or _is_encodable(text)


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _are_tags_good(tags: tuple[str, ...]) -> bool:
    return len(tags) <= MAX_TAGS and max(map(len, tags)) <= MAX_TAG_LENGTH and _is_storable("".join(tags))


def _are_customs_good(customs: list[dict[str, Any]]) -> bool:
    """Whether no row's custom fields are beyond doubt bad: one pass over all of them together."""
    keys = set().union(*customs)
    if not keys:
        return True
    values = list(chain.from_iterable(map(dict.values, customs)))
    are_texts = {*map(type, values)} == {str}  # as in every file
    texts = values if are_texts else [value for value in values if type(value) is str]
    joined = "".join([*keys, *texts])
    return (
        len(keys) <= MAX_CUSTOM_FIELDS
        and max(map(len, keys)) <= MAX_CUSTOM_KEY_LENGTH
        and not _is_any_longer(texts, MAX_CELL_LENGTH, joined)
        and (_is_storable(joined) if are_texts else _is_json_storable(customs))
    )


def _is_custom_good(custom: Mapping[str, object]) -> bool:
    return (
        len(custom) <= MAX_CUSTOM_FIELDS
        and max(map(len, custom)) <= MAX_CUSTOM_KEY_LENGTH
        and all(not isinstance(value, str) or len(value) <= MAX_CELL_LENGTH for value in custom.values())
        and _is_json_storable(custom)
    )


def _is_json_storable(value: object) -> bool:
    """Whether jsonb can store the value, and we can read it again: no NUL, no lone surrogate, no infinity, no NaN,
    and not nested too deep."""
    try:
        text = to_json(value)
        has_nul = rb"\u0000" in text and _find_nul(text)
        may_have_nan = b"NaN" in text or b"Infinity" in text
        flat = len(value) if isinstance(value, list) else 0  # of many rows together, each has a bracket of its own
        may_be_deep = text.count(b"{") + text.count(b"[") > MAX_CUSTOM_DEPTH + flat
        return not (
            has_nul
            or (may_have_nan and to_json(value, inf_nan_mode="null") != text)
            or (may_be_deep and not is_shallow(value, MAX_CUSTOM_DEPTH + 1))  # one more for the custom fields themselves
        )
    except (PydanticSerializationError, UnicodeEncodeError, ValueError):
        return False


def is_shallow(value: object, levels: int) -> bool:
    """Whether at most ``levels`` lists and objects stand inside each other."""
    if isinstance(value, dict):
        value = [*value.values()]
    if not isinstance(value, list):
        return True
    return levels > 0 and all(is_shallow(item, levels - 1) for item in value if isinstance(item, dict | list))


# --- the slow way: a doubtful row, value by value -----------------------------------------------------------------


def _all_issues(draft: LeadDraft, row: int, columns: Columns) -> tuple[Issue, ...]:
    """Everything that is wrong with the row; empty where the doubt was unfounded."""
    return (
        *_email_issues(clean_text(draft.get("email") or ""), row, columns),
        *(
            issue
            for field in TEXT_FIELDS
            for issue in _text_issues(clean_text(draft.get(field.key) or ""), field.key, row, columns)
        ),
        *_status_issues(clean_text(draft.get("status") or ""), row, columns),
        *_tags_issues(clean_tags(draft.get("tags") or ()), row, columns),
        *_custom_issues(draft.get("custom_fields") or {}, row),
    )


def _email_issues(email: str, row: int, columns: Columns) -> list[Issue]:
    place = {"row": row, "column": columns.get("email"), "field": "email", "value": email}
    if not email:
        return [make_issue("email-empty", **place)]
    if len(email) > MAX_EMAIL_LENGTH:
        return [make_issue("email-too-long", **place, length=len(email), limit=MAX_EMAIL_LENGTH)]
    key, why = check_email(email)
    return [] if key else [make_issue("email-invalid", **place, why=why)]


def _text_issues(text: str, key: str, row: int, columns: Columns) -> list[Issue]:
    field = FIELD_BY_KEY[key]
    place = {"row": row, "column": columns.get(key), "field": key, "value": text, "label": field.label}
    if len(text) > field.max_length:
        return [make_issue("value-too-long", **place, length=len(text), limit=field.max_length)]
    return _character_issues(text, place)


def _character_issues(text: str, place: dict) -> list[Issue]:
    if _is_storable(text):
        return []
    which = "NUL, U+0000" if "\x00" in text else "a lone surrogate, not a real character"
    return [make_issue("value-characters-forbidden", **place, which=which)]


def _status_issues(status: str, row: int, columns: Columns) -> list[Issue]:
    if not status or status.lower() in STATUSES:
        return []
    return [make_issue("status-unknown", row=row, column=columns.get("status"), field="status", value=status)]


def _tags_issues(tags: tuple[str, ...], row: int, columns: Columns) -> list[Issue]:
    place = {"row": row, "column": columns.get("tags"), "field": "tags"}
    if len(tags) > MAX_TAGS:
        return [make_issue("tags-too-many", **place, count=len(tags), limit=MAX_TAGS)]
    return [issue for tag in tags for issue in _tag_issues(tag, place)]


def _tag_issues(tag: str, place: dict) -> list[Issue]:
    place = {**place, "value": tag, "label": "A tag"}
    if len(tag) > MAX_TAG_LENGTH:
        return [make_issue("value-too-long", **place, length=len(tag), limit=MAX_TAG_LENGTH)]
    return _character_issues(tag, place)


def _custom_issues(custom: Mapping[str, object], row: int) -> list[Issue]:
    if len(custom) > MAX_CUSTOM_FIELDS:
        return [make_issue("custom-fields-too-many", row=row, count=len(custom), limit=MAX_CUSTOM_FIELDS)]
    return [issue for key, value in custom.items() for issue in _custom_value_issues(key, value, row)]


def _custom_value_issues(key: str, value: object, row: int) -> list[Issue]:
    shown = storable_text(key)
    place = {"row": row, "column": shown, "field": "custom_fields", "label": f"Custom field “{shown[:40]}”"}
    if len(key) > MAX_CUSTOM_KEY_LENGTH:
        return [make_issue("value-too-long", **place, value=key, length=len(key), limit=MAX_CUSTOM_KEY_LENGTH)]
    if isinstance(value, str) and len(value) > MAX_CELL_LENGTH:
        return [make_issue("value-too-long", **place, value=value, length=len(value), limit=MAX_CELL_LENGTH)]
    if _is_custom_good({key: value}):
        return []
    is_deep = not is_shallow(value, MAX_CUSTOM_DEPTH)
    which = f"it is nested more than {MAX_CUSTOM_DEPTH} deep" if is_deep else "it cannot be written as JSON text"
    return [make_issue("value-characters-forbidden", **place, which=which)]

"""Drafts become leads, or issues that say what is wrong with them (contract.md sections 2 and 3).

One pass, no early stop inside a row: a row's issues are all reported at once.
"""

from collections.abc import Iterable, Mapping, Sequence

from pydantic_core import PydanticSerializationError, to_json

from core.cleaning import clean_tags, clean_text
from core.emails import MAX_EMAIL_LENGTH, check_email
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
from core.records import CheckedRow, Lead, LeadDraft

_LIMITS = [(field.key, field.max_length) for field in TEXT_FIELDS]
#: Field keys to the columns that fill them, to name the column in an issue.
Columns = Mapping[str, str]


def check_rows(
    drafts: Iterable[LeadDraft], row_numbers: Sequence[int], columns: Columns | None = None
) -> list[CheckedRow]:
    """One CheckedRow per draft, in order. ``columns`` names the file's column of each field, for the issues."""
    columns = columns or {}
    return [check_row(draft, row, columns) for draft, row in zip(drafts, row_numbers, strict=True)]


def check_row(draft: LeadDraft, row: int, columns: Columns) -> CheckedRow:
    """The draft as a lead, or the errors that reject it."""
    get = draft.get
    values: dict[str, str] = {}
    for key, limit in _LIMITS:
        text = get(key)
        if text and (text := clean_text(text)):
            values[key] = text
            if len(text) > limit:
                return _collect(draft, row, columns)
    email = clean_text(get("email") or "")
    key, _ = check_email(email) if email else (None, "")
    status = get("status")
    status = clean_text(status).lower() if status else None
    tags = clean_tags(get("tags") or ())
    custom = get("custom_fields") or {}
    if (
        key is None
        or (status and status not in STATUSES)
        or not _is_storable("".join(values.values()))
        or (tags and not _are_tags_good(tags))
        or (custom and not _is_custom_good(custom))
    ):
        return _collect(draft, row, columns)
    return CheckedRow(row, Lead(key, status=status or None, custom_fields=custom, tags=tags, **values), email)


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


def _is_custom_good(custom: Mapping[str, object]) -> bool:
    if len(custom) > MAX_CUSTOM_FIELDS or max(map(len, custom)) > MAX_CUSTOM_KEY_LENGTH:
        return False
    try:
        return rb"\u0000" not in to_json(custom) and all(
            not isinstance(value, str) or len(value) <= MAX_CELL_LENGTH for value in custom.values()
        )
    except (PydanticSerializationError, UnicodeEncodeError, ValueError):
        return False


# --- the slow way: a row that is refused is judged again, to name everything that is wrong with it -------------------


def _collect(draft: LeadDraft, row: int, columns: Columns) -> CheckedRow:
    email = clean_text(draft.get("email") or "")
    issues = [
        *_email_issues(email, row, columns),
        *(
            issue
            for field in TEXT_FIELDS
            for issue in _text_issues(clean_text(draft.get(field.key) or ""), field.key, row, columns)
        ),
        *_status_issues(clean_text(draft.get("status") or ""), row, columns),
        *_tags_issues(clean_tags(draft.get("tags") or ()), row, columns),
        *_custom_issues(draft.get("custom_fields") or {}, row),
    ]
    return CheckedRow(row, None, storable_text(email), tuple(issues))


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
    return [make_issue("value-characters-forbidden", **place, which="it cannot be written as JSON text")]

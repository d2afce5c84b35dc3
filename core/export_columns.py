"""The columns of our own export of leads, written so that the import reads every value back as it was.

A custom field whose values are all plain texts has a column ``Custom: Budget``; one with numbers, lists or texts that a cell
alone cannot carry has ``Custom (JSON): Budget``. What no header can name goes, as one JSON object, into ``Custom fields (JSON)``.
The headers are the same in every language: they are read again.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from pydantic_core import from_json, to_json

from core.cleaning import clean_text
from core.fields import FIELDS, MAX_CUSTOM_FIELDS
from core.file_limits import MAX_COLUMNS
from core.header_row import clean_header
from core.ids import lead_id_text
from core.listing import LeadRecord

CUSTOM_HEADER = "Custom: "
JSON_HEADER = "Custom (JSON): "
REST_HEADER = "Custom fields (JSON)"
#: What we know about a lead and nobody gives: for the reader, and left out when the file comes back.
OWN_HEADERS = ("Lead ID", "Created at", "Changed at")
FIELD_HEADERS = {field.label: field.key for field in FIELDS}
#: A file with more columns could not come back, and neither could a lead with more custom fields.
MAX_CUSTOM_COLUMNS = min(MAX_COLUMNS - len(FIELD_HEADERS) - len(OWN_HEADERS) - 1, MAX_CUSTOM_FIELDS)
_TAG_SEPARATORS = str.maketrans(";|", ",,")


@dataclass(frozen=True, slots=True)
class CustomColumns:
    """Which custom fields have a column: as plain texts, as JSON; and whether there is a column for the others."""

    texts: tuple[str, ...] = ()
    jsons: tuple[str, ...] = ()
    has_rest: bool = False

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers of these columns, in the order of the file."""
        rest = (REST_HEADER,) if self.has_rest else ()
        return (*(CUSTOM_HEADER + key for key in self.texts), *(JSON_HEADER + key for key in self.jsons), *rest)


def choose_columns(found: Iterable[tuple[str, bool]]) -> CustomColumns:
    """The columns for custom fields, given as (key, whether all of its values are plain texts), the most frequent first."""
    texts: list[str] = []
    jsons: list[str] = []
    has_rest = False
    for key, is_plain in found:
        header = (CUSTOM_HEADER if is_plain else JSON_HEADER) + key
        if clean_header(header) == header and clean_text(key) == key and len(texts) + len(jsons) < MAX_CUSTOM_COLUMNS:
            (texts if is_plain else jsons).append(key)
        else:
            has_rest = True
    return CustomColumns(tuple(texts), tuple(jsons), has_rest)


def export_header(custom: CustomColumns) -> list[str]:
    """The file's header row."""
    return [*FIELD_HEADERS, *custom.headers, *OWN_HEADERS]


def export_line(record: LeadRecord, custom: CustomColumns) -> list[str]:
    """One lead's cells."""
    lead = record.lead
    return [
        *(value or "" for value in lead[:-2]),
        tags_cell(lead.tags),
        *_custom_cells(lead.custom_fields, custom),
        lead_id_text(record.id.hex),
        record.created_at.isoformat(),
        record.updated_at.isoformat(),
    ]


def _custom_cells(values: Mapping[str, Any], columns: CustomColumns) -> list[str]:
    if not values:
        return [""] * len(columns.headers)
    left = dict(values)
    texts = [_text_cell(left.pop(key, "")) for key in columns.texts]
    jsons = [json_cell(left.pop(key)) if key in left else "" for key in columns.jsons]
    rest = [to_json(left).decode() if left else ""] if columns.has_rest else []
    return [*texts, *jsons, *rest]


def _text_cell(value: Any) -> str:
    return value if isinstance(value, str) else to_json(value).decode()  # changed since the columns were chosen


# --- cells and back -------------------------------------------------------------------------------------------------


def json_cell(value: Any) -> str:
    """A JSON value as text that a person can read and change: texts bare, as long as read_json_cell gives them back."""
    if isinstance(value, str) and value and clean_text(value) == value and read_json_cell(value) is value:
        return value
    return to_json(value).decode()


def read_json_cell(cell: str) -> Any:
    """The JSON value that a cell holds; what is no JSON is the text that it is. TRUE is how spreadsheets write true."""
    if cell.lower() in ("true", "false"):
        return cell.lower() == "true"
    try:
        value = from_json(cell, allow_inf_nan=False)
    except ValueError:
        return cell
    return cell if isinstance(value, float) and not math.isfinite(value) else value


def changed_custom_fields(stored: Mapping[str, Any], cells: Iterable[tuple[str, str]]) -> dict[str, Any]:
    """Custom fields after somebody edited their names and json_cells. What was not touched keeps its kind; what was no text
    before is read as JSON again. A field without a name or a value is left out.
    """
    changed: dict[str, Any] = {}
    for name, cell in cells:
        key, text = clean_text(name), clean_text(cell)
        before = stored.get(name)
        if name in stored and cell == json_cell(before):
            changed[name] = before
        elif key and text:
            changed[key] = read_json_cell(text) if name in stored and not isinstance(before, str) else text
    return changed


def tags_cell(tags: tuple[str, ...]) -> str:
    """Tags with commas between them, or as a JSON list where one holds what separates tags."""
    plain = ", ".join(tags)
    return plain if split_tags(plain) == [*tags] else to_json(tags).decode()


def split_tags(cell: str) -> list[str]:
    """The tags in a cell: separated by comma, semicolon or bar, or a JSON list of texts."""
    if cell[:1] == "[":
        try:
            listed = from_json(cell)
        except ValueError:
            listed = None
        if isinstance(listed, list) and all(isinstance(tag, str) for tag in listed):
            return [tag for text in listed if (tag := clean_text(text))]
    return [tag for part in cell.translate(_TAG_SEPARATORS).split(",") if (tag := clean_text(part))]


# --- recognising ----------------------------------------------------------------------------------------------------


def is_own_export(columns: Iterable[str]) -> bool:
    """Whether a file with these columns is an export of ours, whatever was added to it since."""
    return FIELD_HEADERS.keys() <= set(columns)


def custom_column(column: str) -> tuple[str, bool] | None:
    """(key, whether its cells are JSON) of a column that an export wrote for one custom field, else None."""
    for prefix, is_json in ((CUSTOM_HEADER, False), (JSON_HEADER, True)):
        if column.startswith(prefix) and (key := column.removeprefix(prefix).strip()):
            return key, is_json
    return None

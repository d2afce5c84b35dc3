"""The column mapping: how it is made of suggestions, the drafts that it makes of a table, and how it is remembered."""

import hashlib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from core.cleaning import clean_text
from core.export_columns import REST_HEADER, read_json_cell, split_tags
from core.fields import FIELD_BY_KEY, MAX_CUSTOM_KEY_LENGTH
from core.full_names import split_full_name
from core.records import ColumnMapping, Corrections, LeadDraft, Suggestion, Table
from core.status_values import read_opt_out, suggest_meanings, value_key

CUSTOM_PREFIX = "custom:"
#: The same for a column of our own export whose cells hold JSON values: ``json:Budget``.
JSON_PREFIX = "json:"
#: The target of our own export's column of custom fields that have no column each: a JSON object.
ALL_CUSTOM = "custom_fields"
#: The target of a column that holds whole names: it fills two fields.
SPLIT_NAME = "split:full_name"
SPLIT_LABEL = "First and last name"
SPLIT_FIELDS = ("first_name", "last_name")
#: The target of columns that say who wants no more mail: where one says yes, it goes before the status column.
OPT_OUT = "opt_out:status"
#: What the targets that are no field are called.
LABELS = {SPLIT_NAME: SPLIT_LABEL, OPT_OUT: "Opted out"}

Row = tuple[str, ...]


def mapping_from(suggestions: Iterable[Suggestion]) -> ColumnMapping:
    """The mapping that follows every suggestion; columns without a target stay in it, as left out."""
    suggestions = tuple(suggestions)
    values = {suggestion.target: dict(suggestion.values) for suggestion in suggestions if suggestion.target and suggestion.values}
    return ColumnMapping({suggestion.column: suggestion.target for suggestion in suggestions}, values=values)


def column_of(mapping: ColumnMapping, field_key: str) -> str | None:
    """The first column that fills a field, to name it in issues; None where no column does."""
    others = {"status": OPT_OUT, **dict.fromkeys(SPLIT_FIELDS, SPLIT_NAME)}
    for wanted in (field_key, others.get(field_key, field_key)):
        for column, target in mapping.targets.items():
            if target == wanted:
                return column
    return None


def with_target(mapping: ColumnMapping, table: Table, column: str, target: str | None) -> ColumnMapping:
    """The mapping with one column going elsewhere; a column that becomes the status brings what its values mean."""
    targets = {**mapping.targets, column: target}
    if "status" not in (target, mapping.targets.get(column)):
        return replace(mapping, targets=targets)
    kept = {key: values for key, values in mapping.values.items() if key != "status"}
    return with_known_statuses(replace(mapping, targets=targets, values=kept), table)


def with_known_statuses(mapping: ColumnMapping, table: Table) -> ColumnMapping:
    """The mapping with a meaning for those values of the status column that have none yet and that we know."""
    column = next((column for column, target in mapping.targets.items() if target == "status"), None)
    if column not in table.columns:
        return mapping
    place = table.columns.index(column)
    meanings = suggest_meanings(column, (row[place] for row in table.rows)) | mapping.values.get("status", {})
    return replace(mapping, values={**mapping.values, "status": meanings} if meanings else mapping.values)


def custom_key(target: str | None) -> str | None:
    """The key of a custom field, trimmed; None where the target is none."""
    for prefix in (CUSTOM_PREFIX, JSON_PREFIX):
        if target is not None and target.startswith(prefix):
            return target.removeprefix(prefix).strip()
    return None


def with_custom_fields(mapping: ColumnMapping, columns: Sequence[str]) -> ColumnMapping:
    """The mapping with every left out column of the file as a custom field named like the column."""
    targets = dict(mapping.targets)
    taken = {key for target in targets.values() if (key := custom_key(target)) is not None}
    for column in columns:
        if targets.get(column) is None:
            key = _free_key(column.strip(), taken)
            taken.add(key)
            targets[column] = CUSTOM_PREFIX + key
    return replace(mapping, targets=targets)


def _free_key(name: str, taken: set[str]) -> str:
    key, number = name[:MAX_CUSTOM_KEY_LENGTH].strip(), 1
    while key in taken:
        number += 1
        ending = f" ({number})"
        key = name[: MAX_CUSTOM_KEY_LENGTH - len(ending)].strip() + ending
    return key


# --- applying -----------------------------------------------------------------------------------------------------


def apply_mapping(
    table: Table, mapping: ColumnMapping, corrections: Corrections | None = None
) -> list[LeadDraft]:
    """One draft per row of the table, in its order, of texts not yet cleaned: a cell of several tags is not split yet.

    The mapping is one that check_mapping accepts; columns and corrections that the table does not have are ignored.
    ``corrections`` replace the text of cells, by row number and column, before anything else.
    """
    rows = _corrected(table, corrections) if corrections else table.rows
    sources: dict[str, list[int]] = defaultdict(list)
    for index, column in enumerate(table.columns):
        if target := mapping.targets.get(column):
            sources[target].append(index)
    constants = {key: value for key, value in mapping.constants.items() if clean_text(value)}
    drafts = _plain_drafts(rows, sources, constants)
    if SPLIT_NAME in sources:
        _split_names(drafts, rows, sources.pop(SPLIT_NAME)[0])
        sources.update({key: [] for key in SPLIT_FIELDS})
    if "status" in mapping.values and "status" in sources:
        _translate(drafts, "status", mapping.values["status"])
    if OPT_OUT in sources:
        _set_opted_out(drafts, rows, sources.pop(OPT_OUT), mapping.values.get(OPT_OUT, {}))
        sources.setdefault("status", [])
    if "tags" in sources or "tags" in constants:
        _set_tags(drafts, rows, sources.get("tags", ()), split_tags(constants.get("tags", "")))
    if len(sources.get("notes", ())) > 1:
        _join_notes(drafts, rows, sources["notes"])
    _set_custom_fields(drafts, rows, sources)
    for key in constants.keys() & sources.keys() - {"tags"}:
        _fill_empty(drafts, key, constants[key])
    return drafts


def _corrected(table: Table, corrections: Corrections) -> list[Row]:
    position = {column: index for index, column in enumerate(table.columns)}
    rows = list(table.rows)
    for index, number in enumerate(table.row_numbers):
        if number in corrections:
            cells = list(rows[index])
            for column, text in corrections[number].items():
                if column in position:
                    cells[position[column]] = text
            rows[index] = tuple(cells)
    return rows


def _plain_drafts(
    rows: Sequence[Row], sources: Mapping[str, Sequence[int]], constants: Mapping[str, str]
) -> list[LeadDraft]:
    """The drafts with one cell, or the constant, for each field.

    A copy of a dictionary that has all its keys, filled in place, takes half the time of one built from pairs; so the
    keys that are done later (`tags`, joined `notes`, custom fields) are in it from the start.
    """
    pairs = [(key, indexes[0]) for key, indexes in sources.items() if key in FIELD_BY_KEY]
    filled = [*(key for key, _ in pairs), *(SPLIT_FIELDS if SPLIT_NAME in sources else ())]
    filled += ["status"] if OPT_OUT in sources else []
    blank: dict[str, Any] = constants | dict.fromkeys(filled, "")
    if any(custom_key(target) is not None or target == ALL_CUSTOM for target in sources):
        blank["custom_fields"] = None
    drafts = []
    for row in rows:
        draft = blank.copy()
        for key, index in pairs:
            draft[key] = row[index]
        drafts.append(draft)
    return drafts  # type: ignore[return-value]


def _split_names(drafts: list[LeadDraft], rows: Sequence[Row], index: int) -> None:
    for draft, row in zip(drafts, rows, strict=True):
        draft["first_name"], draft["last_name"] = split_full_name(row[index])


def _translate(drafts: list[LeadDraft], key: str, meanings: Mapping[str, str]) -> None:
    """Puts the meaning in the place of each text that has one. A column's values repeat, so each is looked up once."""
    meaning = {text: meanings.get(value_key(text), text) for text in {draft[key] for draft in drafts}}  # type: ignore[literal-required]
    for draft in drafts:
        draft[key] = meaning[draft[key]]  # type: ignore[literal-required]


def _set_opted_out(
    drafts: list[LeadDraft], rows: Sequence[Row], indexes: Sequence[int], meanings: Mapping[str, str]
) -> None:
    """Puts what the opt-out columns say in the place of the status; what they do not say leaves it as it is."""
    for index in indexes:
        said = {text: read_opt_out(text, meanings) for text in {row[index] for row in rows}}
        for draft, row in zip(drafts, rows, strict=True):
            if (status := said[row[index]]) and draft["status"] != "unsubscribed":
                draft["status"] = status


def _set_tags(drafts: list[LeadDraft], rows: Sequence[Row], indexes: Sequence[int], fixed: list[str]) -> None:
    """Gives every draft the cells of its row that hold tags, in file order, empty ones too, then the fixed tags."""
    for draft, row in zip(drafts, rows, strict=True):
        draft["tags"] = [row[index] for index in indexes] + fixed


def _set_custom_fields(drafts: list[LeadDraft], rows: Sequence[Row], sources: Mapping[str, Sequence[int]]) -> None:
    pairs = [
        (key, indexes[0], target.startswith(JSON_PREFIX))
        for target, indexes in sources.items()
        if (key := custom_key(target)) is not None
    ]
    rest = sources.get(ALL_CUSTOM)
    if not pairs and not rest:
        return
    for draft, row in zip(drafts, rows, strict=True):
        custom = _read_object(row[rest[0]]) if rest and row[rest[0]] else {}
        for key, index, is_json in pairs:
            if (cell := row[index]) and (text := clean_text(cell)):
                custom[key] = read_json_cell(text) if is_json else cell
        if custom:
            draft["custom_fields"] = custom


def _read_object(cell: str) -> dict[str, Any]:
    """The custom fields in a cell of our own export. One that was broken since is kept as the text that it is."""
    if not (text := clean_text(cell)):
        return {}
    value = read_json_cell(text)
    return value if isinstance(value, dict) else {REST_HEADER: text}


def _join_notes(drafts: list[LeadDraft], rows: Sequence[Row], indexes: Sequence[int]) -> None:
    for draft, row in zip(drafts, rows, strict=True):
        draft["notes"] = "\n".join([text for index in indexes if (text := clean_text(row[index]))])


def _fill_empty(drafts: list[LeadDraft], key: str, value: str) -> None:
    for draft in drafts:
        if not clean_text(draft[key]):  # type: ignore[literal-required]
            draft[key] = value  # type: ignore[literal-required]


# --- remembering --------------------------------------------------------------------------------------------------


def header_signature(columns: Iterable[str]) -> str:
    """What a mapping is remembered by: 32 hex digits, the same for the same headers in any order, case and spacing."""
    names = "\x1f".join(sorted(map(_plain_name, columns)))
    return hashlib.sha256(names.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def fit_mapping(mapping: ColumnMapping, columns: Sequence[str]) -> ColumnMapping:
    """A remembered mapping under the column names of this file, which may differ in case and spacing."""
    by_name = {_plain_name(column): target for column, target in reversed(mapping.targets.items())}
    targets = {column: mapping.targets.get(column, by_name.get(_plain_name(column))) for column in columns}
    return replace(mapping, targets=targets)


def reuse_mapping(mapping: ColumnMapping, table: Table, suggestions: Iterable[Suggestion]) -> ColumnMapping:
    """Another file's mapping for this one.

    Columns that it knows are as it has them, others as suggested where their field is free.
    """
    fitted = fit_mapping(mapping, table.columns)
    known = {_plain_name(column) for column in mapping.targets}
    taken = {*fitted.targets.values()}
    suggested = mapping_from(suggestions)
    new = {
        column: target
        for column, target in suggested.targets.items()
        if target and target not in taken and _plain_name(column) not in known
    }
    return with_known_statuses(replace(fitted, targets={**fitted.targets, **new}), table)


def _plain_name(column: str) -> str:
    return " ".join(unicodedata.normalize("NFC", column).casefold().split())


def mapping_to_json(mapping: ColumnMapping) -> dict[str, Any]:
    """The mapping as JSON values. The targets are a list because jsonb does not keep the order of keys."""
    return {
        "targets": [list(pair) for pair in mapping.targets.items()],
        "constants": dict(mapping.constants),
        "values": {key: dict(meanings) for key, meanings in mapping.values.items()},
    }


def mapping_from_json(stored: Mapping[str, Any]) -> ColumnMapping:
    """The mapping that mapping_to_json gave; one stored by an earlier release lacks what came later."""
    return ColumnMapping(dict(stored["targets"]), dict(stored.get("constants", {})), dict(stored.get("values", {})))

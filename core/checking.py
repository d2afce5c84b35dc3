"""A file's rows as the import judges them: mapped, corrected, tidied, checked. After a correction only its rows again.

Pure. Every row is judged by itself alone here (what rows do to each other is deciding's), so a few can be judged anew.
"""

from collections.abc import Collection
from dataclasses import replace
from operator import attrgetter
from typing import NamedTuple

from core.email_warnings import warn_about_emails
from core.fields import FIELDS
from core.issues import Issue
from core.mapping import CUSTOM_PREFIX, apply_mapping, column_of, custom_key
from core.records import CheckedRow, ColumnMapping, Corrections, ImportOptions, Table, Tidied
from core.tidying import tidy_drafts
from core.validation import check_rows


class Checked(NamedTuple):
    """The rows of a file, what was tidied before, and what is odd about the valid ones, all in file order.

    ``tidied`` carries no drafts: the rows hold what they said.
    """

    rows: list[CheckedRow]
    tidied: Tidied
    warnings: tuple[Issue, ...]


def check_table(table: Table, mapping: ColumnMapping, options: ImportOptions, corrections: Corrections) -> Checked:
    """Every row of the table. The mapping is one that check_mapping accepts."""
    tidied = tidy_table(table, mapping, options, corrections)
    columns = columns_of(mapping)
    rows = check_rows(tidied.drafts, table.row_numbers, columns)
    return Checked(rows, replace(tidied, drafts=()), warn_about_emails(rows, columns.get("email")))


def tidy_table(table: Table, mapping: ColumnMapping, options: ImportOptions, corrections: Corrections) -> Tidied:
    """The drafts of every row as they go into validation, with what was tidied."""
    drafts = apply_mapping(table, mapping, corrections)
    targets = {column: target for column in table.columns if (target := mapping.targets.get(column))}
    return tidy_drafts(
        drafts, table.row_numbers, columns_of(mapping), choices=options.cleaning, country=options.country,
        tag_columns=[column for column, target in targets.items() if target == "tags"],
        custom_columns={custom_key(target): column for column, target in targets.items() if target.startswith(CUSTOM_PREFIX)},
    )  # fmt: skip


def columns_of(mapping: ColumnMapping) -> dict[str, str]:
    """The file's column of each field that one column fills."""
    return {field.key: column for field in FIELDS if (column := column_of(mapping, field.key))}


def check_again(
    table: Table, mapping: ColumnMapping, options: ImportOptions, corrections: Corrections, *, before: Checked, told: Corrections
) -> Checked:
    """As check_table, by judging only the rows whose corrections are not those that ``before`` was ``told``."""
    changed = {row for row in {*corrections, *told} if corrections.get(row) != told.get(row)}
    if not changed:
        return before
    if len(changed) > len(table.rows) // 3:  # they are judged twice below
        return check_table(table, mapping, options, corrections)
    part = _rows_of(table, changed)
    old = check_table(part, mapping, options, told)
    new = check_table(part, mapping, options, corrections)
    by_row = {row.row: row for row in new.rows}
    rows = [by_row.get(row.row, row) for row in before.rows]
    tidied = Tidied(
        changes=_spliced(before.tidied.changes, new.tidied.changes, changed),
        offers=_spliced(before.tidied.offers, new.tidied.offers, changed),
        phones_left=before.tidied.phones_left - old.tidied.phones_left + new.tidied.phones_left,
    )
    return Checked(rows, tidied, _spliced(before.warnings, new.warnings, changed))


def _rows_of(table: Table, numbers: Collection[int]) -> Table:
    places = [place for place, number in enumerate(table.row_numbers) if number in numbers]
    return replace(
        table,
        rows=tuple(table.rows[place] for place in places),
        row_numbers=tuple(table.row_numbers[place] for place in places),
    )


def _spliced(before: tuple, new: tuple, changed: Collection[int]) -> tuple:
    return tuple(sorted([*(one for one in before if one.row not in changed), *new], key=attrgetter("row")))

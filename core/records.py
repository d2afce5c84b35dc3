"""The values that travel through an import: Table, LeadDraft, Lead, CheckedRow, RowDecision."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, TypedDict, cast, overload
from uuid import UUID

from core.issues import Issue

if TYPE_CHECKING:
    from core.chunks import Plan

Door = Literal["wizard", "api"]
Outcome = Literal["created", "restored", "duplicate", "error", "not_imported"]
OUTCOMES: tuple[Outcome, ...] = ("created", "restored", "duplicate", "error", "not_imported")
#: Cells that somebody corrected: row number -> column -> text.
Corrections = Mapping[int, Mapping[str, str]]


# --- from bytes to a table ----------------------------------------------------------------------------------------


class ParseOptions(TypedDict, total=False):
    """What the user chose about reading the file. An absent key means: find it out."""

    encoding: str
    delimiter: str
    sheet: str
    header_row: int  # as the spreadsheet numbers it; 0 means that the file has no header row


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook. ``row_count`` includes header and blank rows; None where it is not known unread."""

    name: str
    is_visible: bool = True
    row_count: int | None = None


@dataclass(frozen=True, slots=True)
class FoundFormat:
    """What was found about a file, to be shown and changed. Text files have no sheets, workbooks no encoding."""

    kind: Literal["csv", "xlsx", "xls", "xlsb", "ods"]
    header_row: int
    encoding: str | None = None
    delimiter: str | None = None
    sheet: str | None = None
    sheets: tuple[Sheet, ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """A parsed sheet.

    ``columns`` are unique, never empty display names in file order. Every row in ``rows`` is as wide as ``columns``
    and holds text only, "" for an empty cell, exactly as in the file (not trimmed). Blank rows are left out;
    ``row_numbers[i]`` is the number that a spreadsheet shows beside ``rows[i]`` (header of a plain file: 1).
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    row_numbers: tuple[int, ...]
    format: FoundFormat
    issues: tuple[Issue, ...] = ()


# --- the mapping --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Where each column of the file goes.

    ``targets`` maps a column of Table.columns to a field key ("email"), to first and last name together
    ("split:full_name"), to the status of those who opted out ("opt_out:status"), to a custom field ("custom:Budget"), or to
    None (left out); an absent column is left out.
    ``constants`` gives a field one value for every row whose own cells leave it empty, e.g. {"source": "trade fair"}.
    ``values`` says by field what its cells mean: {"status": {"opted out": "unsubscribed", "unknown": ""}}; the texts are
    compared as status_values.value_key does, and a text that is not in it stays what it is.
    """

    targets: dict[str, str | None]
    constants: dict[str, str] = field(default_factory=dict)
    values: dict[str, dict[str, str]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What we would do with one column, how sure we are (0 to 1), and why, in one short sentence for people.

    ``values`` says what the column's values mean (ColumnMapping.values), where its target needs that.
    """

    column: str
    target: str | None
    confidence: float
    reason: str
    samples: tuple[str, ...] = ()
    warning: str | None = None
    values: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a file's columns could be mapped to: our own suggestions, and the mapping of last time for the same headers.

    ``remembered`` is None where no file with these headers was mapped before; ``name`` is that mapping's name.
    """

    suggestions: tuple[Suggestion, ...]
    suggested: ColumnMapping
    remembered: ColumnMapping | None = None
    remembered_at: datetime | None = None
    name: str = ""

    @property
    def mapping(self) -> ColumnMapping:
        """What to begin with: what the user chose last time goes before what we think."""
        return self.remembered or self.suggested


# --- from a table to leads ----------------------------------------------------------------------------------------


class LeadDraft(TypedDict, total=False):
    """A lead as somebody gave it: text not yet cleaned or checked. An absent key, None and "" mean the same: not given."""

    email: str | None
    first_name: str | None
    last_name: str | None
    company: str | None
    title: str | None
    phone: str | None
    linkedin_url: str | None
    website: str | None
    notes: str | None
    source: str | None
    status: str | None
    custom_fields: dict[str, Any] | None
    tags: list[str] | None


class DraftColumns(Sequence[LeadDraft]):
    """Drafts that came field by field, in the order of a Lead; a draft is made when somebody looks at one."""

    def __init__(self, columns: Sequence[Sequence[Any]]) -> None:
        self.columns = columns

    def __len__(self) -> int:
        return len(self.columns[0])

    @overload
    def __getitem__(self, place: int) -> LeadDraft: ...
    @overload
    def __getitem__(self, place: slice) -> "DraftColumns": ...
    def __getitem__(self, place: int | slice) -> "LeadDraft | DraftColumns":
        values = [column[place] for column in self.columns]
        return DraftColumns(values) if isinstance(place, slice) else cast(LeadDraft, dict(zip(Lead._fields, values, strict=True)))


class Lead(NamedTuple):
    """A valid lead as the import will write it. None means: not given (source and status get defaults on create).

    ``email`` is the comparison key already: trimmed and lower-cased. The order is the order of the table's columns.
    """

    email: str
    first_name: str | None = None
    last_name: str | None = None
    company: str | None = None
    title: str | None = None
    phone: str | None = None
    linkedin_url: str | None = None
    website: str | None = None
    notes: str | None = None
    source: str | None = None
    status: str | None = None
    custom_fields: dict[str, Any] = {}  # noqa: RUF012 - a default that nobody changes; a Lead is a value
    tags: tuple[str, ...] = ()


def read_lead(values: Iterable[Any]) -> Lead:
    """A Lead from its stored values, whose tags came back as a list."""
    *others, tags = values
    return make_lead((*others, tuple(tags)))


class Change(NamedTuple):
    """One value that tidying changed, or would change. ``column`` is the file's, ``kind`` a key of tidying.KINDS."""

    row: int
    column: str | None
    field: str
    before: str
    after: str
    kind: str


@dataclass(frozen=True, slots=True)
class Tidied:
    """Drafts after tidying. ``changes`` are in them; ``offers`` are what the kinds that are off would change.

    ``phones_left`` counts phone numbers that stay without a country code.
    """

    drafts: tuple[LeadDraft, ...] = ()
    changes: tuple[Change, ...] = ()
    offers: tuple[Change, ...] = ()
    phones_left: int = 0


class CheckedRow(NamedTuple):
    """One row after cleaning and validation: a lead, or the issues that reject it. ``email`` is as it was given."""

    row: int
    lead: Lead | None
    email: str
    issues: tuple[Issue, ...] = ()


class StoredLead(NamedTuple):
    """What the workspace holds under an email. ``lead`` is there for soft-deleted ones (needed for the merge), and for
    active ones only where their blanks may be filled.

    ``id`` is the lead's id as 32 hex digits (ids.new_hex_ids says why not a UUID).
    """

    id: str
    deleted_at: datetime | None = None
    lead: Lead | None = None

    @property
    def is_active(self) -> bool:
        """Only active leads count towards the contact limit (contract.md section 1)."""
        return self.deleted_at is None


# --- decisions ----------------------------------------------------------------------------------------------------


class RowDecision(NamedTuple):
    """What happens (dry run) or happened (ledger) to one row, and why.

    ``code`` is the issue code of a duplicate, error or not imported row, else None. ``lead`` is what will be written
    (for a restore: the merged lead; for filled blanks: the lead with them), ``stored`` the lead found under the email,
    as it was before, ``first_row`` the row that wins over an in-file duplicate. ``lead_id`` is the id to be written (created) or found
    (restored, existing duplicate), as 32 hex digits.
    """

    row: int
    outcome: Outcome
    email: str
    code: str | None = None
    lead: Lead | None = None
    lead_id: str | None = None
    stored: StoredLead | None = None
    first_row: int | None = None
    issues: tuple[Issue, ...] = ()


#: Named tuples from tuples of the right width, for where there are thousands: their own constructors are written in Python.
make_lead = partial(tuple.__new__, Lead)
make_checked_row = partial(tuple.__new__, CheckedRow)
make_stored_lead = partial(tuple.__new__, StoredLead)
make_decision = partial(tuple.__new__, RowDecision)


#: The code of a duplicate of an active lead whose blanks the row fills.
FILLED = "duplicate-filled"


class RowChoices(NamedTuple):
    """What the user chose for single rows and leads.

    ``left_out`` says by row number why a row takes no part (`row-skipped`, `row-parked`). ``confirmed`` are emails of
    leads that had unsubscribed or bounced and may come back, ``filled`` emails of active leads whose blanks are filled.
    """

    left_out: Mapping[int, str] = {}
    confirmed: Container[str] = frozenset()
    filled: Container[str] = frozenset()


@dataclass(frozen=True, slots=True)
class ImportOptions:
    """The choices that change what an import does.

    Leads that had unsubscribed or bounced come back with the others where ``restore_unsubscribed`` (the API, by the
    contract), else only those that the user confirmed. ``fill_blanks`` fills empty fields of active leads, which the
    contract leaves untouched: an explicit choice in the wizard, never the API's.
    """

    restore_soft_deleted: bool = True
    default_source: str = "csv_import"
    #: The wizard's tidying: kinds switched on or off (tidying.KINDS; absent: as the kind says), and the country (ISO 3166)
    #: of phone numbers that name none.
    cleaning: dict[str, bool] = field(default_factory=dict, hash=False)
    country: str | None = None
    restore_unsubscribed: bool = True
    fill_blanks: bool = False


# --- the import record --------------------------------------------------------------------------------------------

ImportState = Literal["draft", "ready", "running", "done", "failed", "undone"]


@dataclass(frozen=True, slots=True)
class Failure:
    """Why an import stopped before its end. ``code`` is an issue or error code."""

    code: str
    message: str
    hint: str


@dataclass(frozen=True, slots=True)
class ImportRecord:
    """One import, as stored: the spine of everything that is shown of it (design.md section 2).

    ``counts`` has every outcome and always adds up to ``row_count``; rows not reached yet are `not_imported`.
    ``corrections`` holds the cells that the user changed in the review, by row number and column; ``parked_rows`` are
    those that wait because the file does not fit the contact limit. ``confirmed`` and ``filled`` are as in RowChoices.
    ``plan`` is the dry run that the user started the import from, as drift.encode_plan keeps it.
    """

    id: UUID
    workspace_id: str
    door: Door
    state: ImportState
    created_by: str
    created_at: datetime
    updated_at: datetime
    row_count: int
    counts: dict[Outcome, int]
    part_count: int
    parts_done: int
    file_name: str | None = None
    file_size: int | None = None
    file_sha256: str | None = None
    parse_options: ParseOptions = field(default_factory=ParseOptions)
    mapping: ColumnMapping | None = None
    options: ImportOptions = field(default_factory=ImportOptions)
    corrections: dict[int, dict[str, str]] = field(default_factory=dict)
    skipped_rows: frozenset[int] = frozenset()
    parked_rows: frozenset[int] = frozenset()
    confirmed: frozenset[str] = frozenset()
    filled: frozenset[str] = frozenset()
    plan: dict[str, Any] | None = None
    failure: Failure | None = None
    started_at: datetime | None = None
    finished_at: datetime | None = None
    #: The import whose failed rows this file brings again (core/continuing.py).
    continues: UUID | None = None

    @property
    def choices(self) -> RowChoices:
        """What the review chose row by row. A parked row that is left out, too, is left out."""
        left_out = {**dict.fromkeys(self.parked_rows, "row-parked"), **dict.fromkeys(self.skipped_rows, "row-skipped")}
        return RowChoices(left_out, self.confirmed, self.filled)


@dataclass(frozen=True, slots=True)
class Quota:
    """The contact limit of a workspace and what an import would take of it. All in leads."""

    limit: int
    active: int
    added: int = 0

    def with_added(self, added: int) -> "Quota":
        """The same limit for an import that adds so many."""
        return Quota(self.limit, self.active, added)

    @property
    def free(self) -> int:
        """Places left before the import; 0 where the limit was lowered below the active leads."""
        return max(self.limit - self.active, 0)

    @property
    def fits(self) -> bool:
        """Adding nothing always fits, even over a lowered limit (contract.md section 3)."""
        return self.added == 0 or self.active + self.added <= self.limit


@dataclass(frozen=True, slots=True)
class Preview:
    """The dry run of a whole file: what Import would do now. ``warnings`` are issues that reject nothing.

    ``tidied`` says what was tidied before the rows were judged; it carries no drafts any more.
    """

    record: ImportRecord
    plan: "Plan"
    quota: Quota
    warnings: tuple[Issue, ...] = ()
    tidied: Tidied = Tidied()


@dataclass(frozen=True, slots=True)
class Report:
    """A finished (or stopped) import: its record and one decision per row, in file order, read from the ledger.

    Decisions read back from a ledger carry ``lead`` only where a stored lead was changed. ``brought`` are the cells, by
    row and column, that a later file brought for rows of this one (core/continuing.py).
    """

    record: ImportRecord
    decisions: tuple[RowDecision, ...]
    brought: Corrections = field(default_factory=dict)

"""A suggested target for every column of a table, with the evidence: what its header says and what its values are."""

from dataclasses import replace
from itertools import islice

from core.column_evidence import (
    DOUBTFUL_SHARE,
    NO_FIELD,
    Candidate,
    Column,
    header_keys,
    judge,
    look_at,
    percent,
    shown,
    told,
)
from core.column_values import share_of_companies, share_of_given_names, share_of_jobs
from core.export_columns import FIELD_HEADERS, OWN_HEADERS, REST_HEADER, custom_column, is_own_export
from core.fields import FIELD_BY_KEY
from core.full_names import split_full_name
from core.language import say
from core.mapping import ALL_CUSTOM, CUSTOM_PREFIX, JSON_PREFIX, SPLIT_FIELDS, SPLIT_NAME
from core.records import Suggestion, Table
from core.status_values import count_values, suggest_meanings, unknown_values

MAX_SAMPLES = 3
#: From this share of common given names on, a column of last names is suspected to hold first names.
SWAPPED_NAMES_SHARE = 0.4
OWN_EXPORT = "Written by an export of this product"
OWN_COLUMN = "Written by an export of this product for you to read; kept by itself, never imported"


def suggest_mapping(table: Table) -> tuple[Suggestion, ...]:
    """One suggestion per column, in file order. A field that takes one column goes to the column that is surest of it."""
    columns = [look_at(name, (row[index] for row in table.rows)) for index, name in enumerate(table.columns)]
    if is_own_export(table.columns):
        return tuple([_own_suggestion(column) for column in columns])
    keys = header_keys(table.columns)
    shortened = {issue.column: issue.value for issue in reversed(table.issues) if issue.code == "cell-digits-lost"}
    for index, column in enumerate(columns):
        column.digits_lost = shortened.get(column.name)
        if custom_column(column.name):
            continue  # of our own export, from which other columns were taken out
        judge(column, (row[index] for row in table.rows), keys)
    chosen = _give_out(columns)
    _split_full_name(columns, chosen)
    _warn_of_swaps(columns, chosen)
    meanings = {
        index: suggest_meanings(columns[index].name, (row[index] for row in table.rows))
        for index, candidate in chosen.items()
        if candidate.field == "status"
    }
    return tuple([
        _own_suggestion(column)
        if custom_column(column.name)
        else _suggestion(column, chosen.get(index), meanings.get(index, {}))
        for index, column in enumerate(columns)
    ])  # fmt: skip


def _own_suggestion(column: Column) -> Suggestion:
    """What a column of our own export is, with certainty: whatever the values look like, they were read from that field."""
    target = FIELD_HEADERS.get(column.name)
    if custom := custom_column(column.name):
        target = (JSON_PREFIX if custom[1] else CUSTOM_PREFIX) + custom[0]
    elif column.name == REST_HEADER:
        target = ALL_CUSTOM
    reason = say(OWN_EXPORT if target else OWN_COLUMN if column.name in OWN_HEADERS else NO_FIELD)
    return Suggestion(column.name, target, 1.0 if target else 0.0, reason, _samples(column))


# --- who gets what ------------------------------------------------------------------------------------------------


def _give_out(columns: list[Column]) -> dict[int, Candidate]:
    """The candidate that each column gets, by its position: the surest first, the leftmost of equals."""
    claims = sorted(
        ((candidate, index) for index, column in enumerate(columns) for candidate in column.candidates),
        key=lambda claim: (-claim[0].score, claim[1]),
    )
    chosen: dict[int, Candidate] = {}
    holder: dict[str, str] = {}
    for candidate, index in claims:
        target, column = FIELD_BY_KEY.get(candidate.field), columns[index]
        if index in chosen:
            continue
        if target and target.key in holder and not target.joins:
            taken = "{label} comes from “{holder}” already; left out unless you make it a custom field"
            column.reason = told(taken, target.key, holder=holder[target.key])
            continue
        holder[candidate.field] = shown(column.name)
        chosen[index] = candidate
    return chosen


def _split_full_name(columns: list[Column], chosen: dict[int, Candidate]) -> None:
    """Gives the first column of whole names both names, where no other column has either."""
    if any(candidate.field in SPLIT_FIELDS for candidate in chosen.values()):
        return
    for index, column in enumerate(columns):
        if not column.is_full_name or index in chosen or column.main_kind:
            continue
        words = [split_full_name(value) for value in column.values]
        whole = sum(all(pair) for pair in words) / len(words) if words else 0.0
        if share_of_companies(column.values) >= DOUBTFUL_SHARE:
            column.reason = say("The values look like companies; left out unless you choose a field")
            continue
        if not words:
            chosen[index] = Candidate(SPLIT_NAME, 0.6, say("Whole names, to be split into first and last name"))
        elif whole >= DOUBTFUL_SHARE:
            first, last = next(pair for pair in words if all(pair))
            example = f"{shown(first)} | {shown(last)}"
            sure = 0.6 + 0.3 * whole
            reason = told("{share} of the values are whole names: {example}", share=percent(whole), example=example)
            chosen[index] = Candidate(SPLIT_NAME, sure, reason)
        else:
            few = "Only {share} of the values have a first and a last name; a single word becomes the first name"
            warning = told(few, share=percent(whole))
            chosen[index] = Candidate(SPLIT_NAME, 0.5, say("Header is that of whole names"), warning)
        return


def _warn_of_swaps(columns: list[Column], chosen: dict[int, Candidate]) -> None:
    """Company and job title, first and last name are plain text, so only their words can tell that they are swapped."""
    for wrong, other, share_of, noun in (
        ("company", "title", share_of_jobs, "job titles"),
        ("title", "company", share_of_companies, "companies"),
    ):
        for index, candidate in chosen.items():
            share = share_of(columns[index].values) if candidate.field == wrong else 0.0
            if share >= DOUBTFUL_SHARE:
                _warn_of_swap(columns, chosen, index, other, share, noun)
    _warn_of_swapped_names(columns, chosen)


def _warn_of_swapped_names(columns: list[Column], chosen: dict[int, Candidate]) -> None:
    """Given names are few and common, family names many: where the former stand under “Last name”, the two are swapped."""
    places = {candidate.field: index for index, candidate in chosen.items()}
    if not places.keys() >= set(SPLIT_FIELDS):
        return
    shares = {field_key: share_of_given_names(columns[places[field_key]].values) for field_key in SPLIT_FIELDS}
    if shares["last_name"] >= SWAPPED_NAMES_SHARE and shares["last_name"] >= 3 * shares["first_name"]:
        _warn_of_swap(columns, chosen, places["last_name"], "first_name", shares["last_name"], "first names")


def _warn_of_swap(
    columns: list[Column], chosen: dict[int, Candidate], index: int, other: str, share: float, noun: str
) -> None:
    holder = next((columns[at].name for at, held in chosen.items() if held.field == other), None)
    asked = "{share} of the values look like {noun}: does it belong to {label}?"
    if holder:
        asked = "{share} of the values look like {noun}: is it swapped with “{holder}”?"
    warning = told(asked, other, share=percent(share), noun=say(noun), holder=shown((holder or "").strip()))
    chosen[index] = replace(chosen[index], score=min(chosen[index].score, 0.6), warning=warning)


def _suggestion(column: Column, candidate: Candidate | None, meanings: dict[str, str]) -> Suggestion:
    warnings = [
        candidate.warning if candidate else column.warning,
        _digits_warning(column),
        _meaning_warning(column, candidate, meanings),
    ]
    return Suggestion(
        column=column.name,
        target=candidate.field if candidate else None,
        confidence=round(candidate.score, 2) if candidate else 0.0,
        reason=candidate.reason if candidate else column.reason,
        samples=_samples(column),
        warning=". ".join(filter(None, warnings)) or None,
        values=meanings,
    )


def _samples(column: Column) -> tuple[str, ...]:
    different = islice(dict.fromkeys(" ".join(value.split()) for value in column.values), MAX_SAMPLES)
    return tuple([shown(sample) for sample in different])


def _digits_warning(column: Column) -> str | None:
    if not column.digits_lost:
        return None
    lost = (
        "Digits are lost: “{value}” is a number that the spreadsheet program shortened. "
        "Format the column as text there and save the file again"
    )
    return told(lost, value=shown(column.digits_lost))


def _meaning_warning(column: Column, candidate: Candidate | None, meanings: dict[str, str]) -> str | None:
    if candidate is None or candidate.field != "status" or not unknown_values(count_values(column.values), meanings):
        return None
    return say("Some values are unknown: say below what they mean, or their rows become errors")

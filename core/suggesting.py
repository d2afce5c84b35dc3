"""A suggested target for every column of a table, with the evidence: what its header says and what its values are."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.column_values import NOUNS, share_of_companies, share_of_given_names, share_of_jobs, shares_of_kinds
from core.export_columns import FIELD_HEADERS, OWN_HEADERS, REST_HEADER, custom_column, is_own_export
from core.fields import FIELD_BY_KEY, STATUSES
from core.full_names import split_full_name
from core.header_names import (
    ABOUT_WORDS,
    ENGLISH,
    EXACT,
    FIELD_WORDS,
    FULL_NAMES,
    GOOD,
    KNOWN_HEADERS,
    LANGUAGES,
    OTHER_HEADERS,
    OTHER_PERSON_WORDS,
    PAIRED,
    PAIRED_NAMES,
    WEAK,
    KnownHeader,
    core_words,
    header_words,
    match_key,
)
from core.issues import shorten
from core.language import say
from core.mapping import ALL_CUSTOM, CUSTOM_PREFIX, JSON_PREFIX, OPT_OUT, SPLIT_FIELDS, SPLIT_NAME
from core.records import Suggestion, Table
from core.status_values import (
    count_values,
    is_about_opting_out,
    opt_out_of,
    status_of,
    suggest_meanings,
    unknown_values,
)

MAX_VALUES = 200  # enough to know what a column holds, whatever the length of the file
MAX_SAMPLES = 3
MAX_SAMPLE_LENGTH = 40
#: From this share on, a column *is* of a kind; below the other, it does not look like what its header says.
CLEAR_SHARE = 0.8
DOUBTFUL_SHARE = 0.5
#: From this share of common given names on, a column of last names is suspected to hold first names.
SWAPPED_NAMES_SHARE = 0.4
#: Headers shorter than this are never matched by similarity: “Nome” is no typing error of “Name”.
MIN_FUZZY_LENGTH = 5
FULL_NAME = "Full names, but another column fills first or last name; left out unless you make it a custom field"
OPTED_OUT = "The header says that people opted out; where it says yes, the lead becomes unsubscribed"
OPTED_OUT_UNREAD = (
    "The header says that people opted out. Choose “Opted out” and say what the values mean, or they are imported as active"
)
ABOUT_OTHERS = "About somebody else or about the record, not the lead; left out unless you make it a custom field"
OWN_EXPORT = "Written by an export of this product"
OWN_COLUMN = "Written by an export of this product for you to read; kept by itself, never imported"
NO_FIELD = "No lead field matches; left out unless you make it a custom field"

_FIELD_OF_KIND = {
    "email": ("email", 0.75),
    "linkedin": ("linkedin_url", 0.75),
    "phone": ("phone", 0.5),
    "status": ("status", 0.5),
    "url": ("website", 0.45),
}
_NAMED_BY_HEADER = 0.85  # the same, where a word of the header names the field: “Which e-mail may we use?”
_KINDS_OF_FIELD = {
    "email": ("email",),
    "linkedin_url": ("linkedin",),
    "phone": ("phone", "number"),
    "status": ("status",),
    "website": ("url",),
}
_STRICT_TEXT = frozenset({"first_name", "last_name", "company", "title"})


@dataclass(frozen=True, slots=True)
class _Candidate:
    """One field that a column could fill."""

    field: str
    score: float
    reason: str
    warning: str | None = None


@dataclass(slots=True)
class _Column:
    """One column under judgement. ``shares`` are the parts (0 to 1) of its values that are of a kind."""

    name: str
    words: tuple[str, ...]
    values: list[str]
    shares: dict[str, float]
    candidates: list[_Candidate] = field(default_factory=list)
    reason: str = field(default_factory=lambda: say(NO_FIELD))
    warning: str | None = None
    is_full_name: bool = False
    digits_lost: str | None = None  # the first cell that a spreadsheet program has shortened: “1.5555E+10”

    @property
    def main_kind(self) -> str | None:
        """What nearly all values are, if they are of one kind."""
        return next((kind for kind, share in self.shares.items() if share >= CLEAR_SHARE), None)

    def share_of(self, field_key: str) -> float:
        """The part of the values that are what the field wants."""
        return sum(self.shares.get(kind, 0.0) for kind in _KINDS_OF_FIELD[field_key])


def suggest_mapping(table: Table) -> tuple[Suggestion, ...]:
    """One suggestion per column, in file order. A field that takes one column goes to the column that is surest of it."""
    columns = [_look_at(name, (row[index] for row in table.rows)) for index, name in enumerate(table.columns)]
    if is_own_export(table.columns):
        return tuple([_own_suggestion(column) for column in columns])
    keys = {key: name for name in table.columns for key in (match_key(name), _key(core_words(header_words(name))))}
    shortened = {issue.column: issue.value for issue in reversed(table.issues) if issue.code == "cell-digits-lost"}
    for index, column in enumerate(columns):
        column.digits_lost = shortened.get(column.name)
        if custom_column(column.name):
            continue  # of our own export, from which other columns were taken out
        _judge_header(column, keys)
        if is_about_opting_out(column.name):
            _judge_opt_out(column, (row[index] for row in table.rows))
        _judge_values(column)
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


def _own_suggestion(column: _Column) -> Suggestion:
    """What a column of our own export is, with certainty: whatever the values look like, they were read from that field."""
    target = FIELD_HEADERS.get(column.name)
    if custom := custom_column(column.name):
        target = (JSON_PREFIX if custom[1] else CUSTOM_PREFIX) + custom[0]
    elif column.name == REST_HEADER:
        target = ALL_CUSTOM
    reason = say(OWN_EXPORT if target else OWN_COLUMN if column.name in OWN_HEADERS else NO_FIELD)
    return Suggestion(column.name, target, 1.0 if target else 0.0, reason, _samples(column))


# --- what the values are ------------------------------------------------------------------------------------------


def _look_at(name: str, cells: Iterable[str]) -> _Column:
    values = list(islice((text for cell in cells if cell and (text := cell.strip())), MAX_VALUES))
    return _Column(name, header_words(name), values, shares_of_kinds(values))


# --- what the header says -----------------------------------------------------------------------------------------


def _judge_header(column: _Column, keys: dict[str, str]) -> None:
    """Adds the candidates that the header names, held against the values; else says why there are none."""
    named = _exact(column) or _paired(column, keys)
    about = None if named else _about(column.words)
    if about:
        column.reason = about
        return
    named = named or _without_extras(column) or _close(column)
    if not named and not FULL_NAMES.isdisjoint((_key(column.words), _key(core_words(column.words)))):
        column.reason = say(FULL_NAME)
        column.is_full_name = True
    refusals = []
    for known, reason in named:
        candidate, refusal = _against_values(column, known, reason)
        if candidate:
            column.candidates.append(candidate)
        else:
            refusals.append((known, refusal))
    if refusals and not column.candidates:
        _refuse(column, *refusals[0])


_Named = list[tuple[KnownHeader, str]]


def _exact(column: _Column) -> _Named:
    return [(known, _reason(column.name, known)) for known in KNOWN_HEADERS.get(_key(column.words), ())]


def _paired(column: _Column, keys: dict[str, str]) -> _Named:
    """The half of a name that “Nom” is beside “Prénom”."""
    beside, field_key = PAIRED_NAMES.get(_key(core_words(column.words)), (frozenset(), ""))
    other = next((name for key, name in keys.items() if key in beside), None)
    if other is None:
        return []
    reason = _told("Beside “{other}”, “{column}” is {label}", field_key, other=other.strip(), column=column.name.strip())
    return [(KnownHeader(field_key, "", PAIRED, column.name), reason)]


def _about(words: tuple[str, ...]) -> str | None:
    """Why the column is not the lead's own value although its header names a field: “Email opt-out”, “Owner email”."""
    if not OTHER_PERSON_WORDS.isdisjoint(words):
        return say(ABOUT_OTHERS)
    about = "Says something about {label}, is not the value itself; left out unless you make it a custom field"
    fields = (key for key, named in FIELD_WORDS.items() if not named.isdisjoint(words) and not ABOUT_WORDS[key].isdisjoint(words))
    return next((_told(about, key) for key in fields), None)


def _without_extras(column: _Column) -> _Named:
    """The field of “Your work email (required)”, and of “E-mail 2 Address” with half the claim of the first one."""
    words = tuple([word for word in column.words if not word.isdecimal()])
    numbers = [word.lstrip("0") for word in column.words if word.isdecimal()]
    if len(numbers) > 1:
        return []
    factor = 0.95 if numbers in ([], [""], ["1"]) else 0.5
    found = KNOWN_HEADERS.get(_key(words)) or KNOWN_HEADERS.get(_key(core_words(words)), ())
    contains = "Header contains “{text}”"
    return [(known._replace(strength=known.strength * factor), _told(contains, text=known.text)) for known in found]


def _close(column: _Column) -> _Named:
    """The known header that this one is a typing error of: one slip in a short word, about one in six letters else."""
    key = _key(column.words)
    if len(key) < MIN_FUZZY_LENGTH or key in OTHER_HEADERS or key in FULL_NAMES:
        return []
    cutoff = 0.79 if len(key) == MIN_FUZZY_LENGTH else 0.83  # a hair below 4/5 and 5/6: rapidfuzz drops exact hits
    match = process.extractOne(key, _FUZZY_KEYS, scorer=OSA.normalized_similarity, score_cutoff=cutoff)
    if match is None or match[0][0] != key[0]:
        return []
    return [
        (known._replace(strength=known.strength * match[1] * 0.9), _told("Header is close to “{text}”", text=known.text))
        for known in KNOWN_HEADERS[match[0]]
        if known.strength > WEAK
    ]


_FUZZY_KEYS = [key for key in KNOWN_HEADERS if len(key) >= MIN_FUZZY_LENGTH]


def _key(words: tuple[str, ...]) -> str:
    return "".join(words)


def _reason(column: str, known: KnownHeader) -> str:
    shown = shorten(column, MAX_SAMPLE_LENGTH)
    if known.strength == EXACT:
        return _told("Header is “{column}”", column=shown)
    if known.origin == ENGLISH:
        return _told("“{column}” is a known header for {label}", known.field, column=shown)
    if known.origin in LANGUAGES:
        return _told("“{column}” is {origin} for {label}", known.field, column=shown, origin=say(known.origin))
    return _told("{origin} calls {label} “{column}”", known.field, column=shown, origin=known.origin)


def _told(template: str, field_key: str = "", **names: object) -> str:
    """The sentence in the reader's language; {label} is the field's name."""
    label = say(FIELD_BY_KEY[field_key].label) if field_key else ""
    return say(template).format(label=label, **names)


def _share_told(kind: str, share: float) -> str:
    return _told("{share} of the values are {noun}", share=_percent(share), noun=say(NOUNS[kind]))


# --- header against values ----------------------------------------------------------------------------------------


def _against_values(column: _Column, known: KnownHeader, reason: str) -> tuple[_Candidate | None, str]:
    """The candidate with the confidence that the values leave it, or None and the kind of value that speaks against it."""
    key, score = known.field, known.strength
    if not column.values:
        return _Candidate(key, score * 0.6, reason), ""
    if key not in _KINDS_OF_FIELD:
        kind = column.main_kind if key in _STRICT_TEXT else None
        return (None, kind) if kind else (_Candidate(key, score, reason), "")
    share = column.share_of(key)
    if share >= CLEAR_SHARE:
        kind = _KINDS_OF_FIELD[key][0]
        sure = score + (1 - score) * 0.6 * share
        return _Candidate(key, sure, f"{reason}; {_share_told(kind, share)}"), ""
    # A header that is not surely the field's needs values that look like it: “Emailed” holds yes and no.
    if (key == "status" and share < DOUBTFUL_SHARE) or (
        share < DOUBTFUL_SHARE and (column.main_kind or score < GOOD) and not column.digits_lost
    ):
        return None, column.main_kind or ""
    if share >= DOUBTFUL_SHARE:
        return _Candidate(key, score * 0.9, reason), ""
    few = _told("Only {share} of the values look like {noun}", share=_percent(share), noun=say(NOUNS[_KINDS_OF_FIELD[key][0]]))
    if column.digits_lost:  # its own warning says why
        return _Candidate(key, score * 0.6, reason), ""
    return _Candidate(key, score * 0.6, reason, few), ""


def _refuse(column: _Column, known: KnownHeader, kind: str) -> None:
    if kind:
        found = _share_told(kind, column.shares[kind])
        column.warning = _told("The header says {label}, but {found}", known.field, found=found)
        column.reason = _told("Not {label}, because {found}; left out unless you choose a field", known.field, found=found)
        return
    noun = say(NOUNS["status" if known.field == "status" else _KINDS_OF_FIELD[known.field][0]])
    nouns = f"{noun} ({', '.join(STATUSES)})" if known.field == "status" else noun
    column.reason = _told("The values are not {nouns}; left out unless you make it a custom field", nouns=nouns)


def _judge_values(column: _Column) -> None:
    """Adds the field that the values alone speak for, where the header named none that fits them."""
    kind = column.main_kind
    if column.candidates or kind not in _FIELD_OF_KIND or not OTHER_PERSON_WORDS.isdisjoint(column.words):
        return
    key, score = _FIELD_OF_KIND[kind]
    about = ABOUT_WORDS.get(key, frozenset())
    names_field = not FIELD_WORDS.get(key, frozenset()).isdisjoint(column.words)
    # Links and numbers stand in many columns that are neither website nor phone: a word that says so is enough.
    if not about.isdisjoint(column.words) and (names_field or key in ("website", "phone")):
        return
    if key in ("website", "phone", "status") and _key(core_words(column.words)) in OTHER_HEADERS:
        return
    share = column.shares[kind]
    column.candidates.append(
        _Candidate(
            key,
            (_NAMED_BY_HEADER if names_field else score) * share,
            _share_told(kind, share),
            column.warning,
        )
    )


def _judge_opt_out(column: _Column, cells: Iterable[str]) -> None:
    """Makes a column of yes and no say who opted out; warns where the values say something else, which only the user can read.

    All cells count: a single yes in the last row is a person who wants no mail.
    """
    if column.candidates or not column.values or column.main_kind in ("email", "url", "linkedin", "linkedin-page"):
        return
    said = {status_of(text) if opt_out_of(text) is None else opt_out_of(text) for text in count_values(cells)}
    said |= {value.lower() for value in column.values if value.lower() in STATUSES}
    if None in said:
        column.warning = say(OPTED_OUT_UNREAD)
    elif said & {"unsubscribed", "bounced"}:
        column.candidates.append(_Candidate(OPT_OUT, 0.95, say(OPTED_OUT)))


def _percent(share: float) -> str:
    """Rounded down: 199 of 200 are not “100 %”."""
    return f"{int(share * 100 + 1e-9)} %"


# --- who gets what ------------------------------------------------------------------------------------------------


def _give_out(columns: list[_Column]) -> dict[int, _Candidate]:
    """The candidate that each column gets, by its position: the surest first, the leftmost of equals."""
    claims = sorted(
        ((candidate, index) for index, column in enumerate(columns) for candidate in column.candidates),
        key=lambda claim: (-claim[0].score, claim[1]),
    )
    chosen: dict[int, _Candidate] = {}
    holder: dict[str, str] = {}
    for candidate, index in claims:
        target, column = FIELD_BY_KEY.get(candidate.field), columns[index]
        if index in chosen:
            continue
        if target and target.key in holder and not target.joins:
            taken = "{label} comes from “{holder}” already; left out unless you make it a custom field"
            column.reason = _told(taken, target.key, holder=holder[target.key])
            continue
        holder[candidate.field] = shorten(column.name, MAX_SAMPLE_LENGTH)
        chosen[index] = candidate
    return chosen


def _split_full_name(columns: list[_Column], chosen: dict[int, _Candidate]) -> None:
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
            chosen[index] = _Candidate(SPLIT_NAME, 0.6, say("Whole names, to be split into first and last name"))
        elif whole >= DOUBTFUL_SHARE:
            first, last = next(pair for pair in words if all(pair))
            example = f"{shorten(first, MAX_SAMPLE_LENGTH)} | {shorten(last, MAX_SAMPLE_LENGTH)}"
            sure = 0.6 + 0.3 * whole
            reason = _told("{share} of the values are whole names: {example}", share=_percent(whole), example=example)
            chosen[index] = _Candidate(SPLIT_NAME, sure, reason)
        else:
            few = "Only {share} of the values have a first and a last name; a single word becomes the first name"
            warning = _told(few, share=_percent(whole))
            chosen[index] = _Candidate(SPLIT_NAME, 0.5, say("Header is that of whole names"), warning)
        return


def _warn_of_swaps(columns: list[_Column], chosen: dict[int, _Candidate]) -> None:
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


def _warn_of_swapped_names(columns: list[_Column], chosen: dict[int, _Candidate]) -> None:
    """Given names are few and common, family names many: where the former stand under “Last name”, the two are swapped."""
    places = {candidate.field: index for index, candidate in chosen.items()}
    if not places.keys() >= set(SPLIT_FIELDS):
        return
    shares = {field_key: share_of_given_names(columns[places[field_key]].values) for field_key in SPLIT_FIELDS}
    if shares["last_name"] >= SWAPPED_NAMES_SHARE and shares["last_name"] >= 3 * shares["first_name"]:
        _warn_of_swap(columns, chosen, places["last_name"], "first_name", shares["last_name"], "first names")


def _warn_of_swap(
    columns: list[_Column], chosen: dict[int, _Candidate], index: int, other: str, share: float, noun: str
) -> None:
    holder = next((columns[at].name for at, held in chosen.items() if held.field == other), None)
    asked = "{share} of the values look like {noun}: does it belong to {label}?"
    if holder:
        asked = "{share} of the values look like {noun}: is it swapped with “{holder}”?"
    shown = shorten((holder or "").strip(), MAX_SAMPLE_LENGTH)
    warning = _told(asked, other, share=_percent(share), noun=say(noun), holder=shown)
    chosen[index] = replace(chosen[index], score=min(chosen[index].score, 0.6), warning=warning)


def _suggestion(column: _Column, candidate: _Candidate | None, meanings: dict[str, str]) -> Suggestion:
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


def _samples(column: _Column) -> tuple[str, ...]:
    different = islice(dict.fromkeys(" ".join(value.split()) for value in column.values), MAX_SAMPLES)
    return tuple([shorten(sample, MAX_SAMPLE_LENGTH) for sample in different])


def _digits_warning(column: _Column) -> str | None:
    if not column.digits_lost:
        return None
    lost = (
        "Digits are lost: “{value}” is a number that the spreadsheet program shortened. "
        "Format the column as text there and save the file again"
    )
    return _told(lost, value=shorten(column.digits_lost, MAX_SAMPLE_LENGTH))


def _meaning_warning(column: _Column, candidate: _Candidate | None, meanings: dict[str, str]) -> str | None:
    if candidate is None or candidate.field != "status" or not unknown_values(count_values(column.values), meanings):
        return None
    return say("Some values are unknown: say below what they mean, or their rows become errors")

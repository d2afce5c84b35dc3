"""What speaks for each field that one column could fill: its header, and its values held against it. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.column_values import NOUNS, shares_of_kinds
from core.fields import FIELD_BY_KEY, STATUSES
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
from core.mapping import OPT_OUT
from core.status_values import count_values, is_about_opting_out, opt_out_of, status_of

MAX_VALUES = 200  # enough to know what a column holds, whatever the length of the file
MAX_SHOWN_LENGTH = 40
#: From this share on, a column *is* of a kind; below the other, it does not look like what its header says.
CLEAR_SHARE = 0.8
DOUBTFUL_SHARE = 0.5
#: Headers shorter than this are never matched by similarity: “Nome” is no typing error of “Name”.
MIN_FUZZY_LENGTH = 5
FULL_NAME = "Full names, but another column fills first or last name; left out unless you make it a custom field"
OPTED_OUT = "The header says that people opted out; where it says yes, the lead becomes unsubscribed"
OPTED_OUT_UNREAD = (
    "The header says that people opted out. Choose “Opted out” and say what the values mean, or they are imported as active"
)
ABOUT_OTHERS = "About somebody else or about the record, not the lead; left out unless you make it a custom field"
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
class Candidate:
    """One field that a column could fill."""

    field: str
    score: float
    reason: str
    warning: str | None = None


@dataclass(slots=True)
class Column:
    """One column under judgement. ``shares`` are the parts (0 to 1) of its values that are of a kind."""

    name: str
    words: tuple[str, ...]
    values: list[str]
    shares: dict[str, float]
    candidates: list[Candidate] = field(default_factory=list)
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


def look_at(name: str, cells: Iterable[str]) -> Column:
    """The column, not judged yet."""
    values = list(islice((text for cell in cells if cell and (text := cell.strip())), MAX_VALUES))
    return Column(name, header_words(name), values, shares_of_kinds(values))


def header_keys(names: Iterable[str]) -> dict[str, str]:
    """All headers of a table by what they are compared by, whole and without the words that add nothing."""
    return {key: name for name in names for key in (match_key(name), _key(core_words(header_words(name))))}


def judge(column: Column, cells: Iterable[str], keys: Mapping[str, str]) -> None:
    """Adds the candidates that the column's header and values speak for; where there is none, its reason says why.

    ``cells`` are all of the column's, ``keys`` the header_keys of its table.
    """
    _judge_header(column, keys)
    if is_about_opting_out(column.name):
        _judge_opt_out(column, cells)
    _judge_values(column)


def told(template: str, field_key: str = "", **names: object) -> str:
    """The sentence in the reader's language; {label} is the field's name."""
    label = say(FIELD_BY_KEY[field_key].label) if field_key else ""
    return say(template).format(label=label, **names)


def percent(share: float) -> str:
    """Rounded down: 199 of 200 are not “100 %”."""
    return f"{int(share * 100 + 1e-9)} %"


def shown(text: str) -> str:
    """A header or a value as a sentence shows it."""
    return shorten(text, MAX_SHOWN_LENGTH)


# --- what the header says -----------------------------------------------------------------------------------------


def _judge_header(column: Column, keys: Mapping[str, str]) -> None:
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


def _exact(column: Column) -> _Named:
    return [(known, _reason(column.name, known)) for known in KNOWN_HEADERS.get(_key(column.words), ())]


def _paired(column: Column, keys: Mapping[str, str]) -> _Named:
    """The half of a name that “Nom” is beside “Prénom”."""
    beside, field_key = PAIRED_NAMES.get(_key(core_words(column.words)), (frozenset(), ""))
    other = next((name for key, name in keys.items() if key in beside), None)
    if other is None:
        return []
    reason = told("Beside “{other}”, “{column}” is {label}", field_key, other=other.strip(), column=column.name.strip())
    return [(KnownHeader(field_key, "", PAIRED, column.name), reason)]


def _about(words: tuple[str, ...]) -> str | None:
    """Why the column is not the lead's own value although its header names a field: “Email opt-out”, “Owner email”."""
    if not OTHER_PERSON_WORDS.isdisjoint(words):
        return say(ABOUT_OTHERS)
    about = "Says something about {label}, is not the value itself; left out unless you make it a custom field"
    fields = (key for key, named in FIELD_WORDS.items() if not named.isdisjoint(words) and not ABOUT_WORDS[key].isdisjoint(words))
    return next((told(about, key) for key in fields), None)


def _without_extras(column: Column) -> _Named:
    """The field of “Your work email (required)”, and of “E-mail 2 Address” with half the claim of the first one."""
    words = tuple([word for word in column.words if not word.isdecimal()])
    numbers = [word.lstrip("0") for word in column.words if word.isdecimal()]
    if len(numbers) > 1:
        return []
    factor = 0.95 if numbers in ([], [""], ["1"]) else 0.5
    found = KNOWN_HEADERS.get(_key(words)) or KNOWN_HEADERS.get(_key(core_words(words)), ())
    contains = "Header contains “{text}”"
    return [(known._replace(strength=known.strength * factor), told(contains, text=known.text)) for known in found]


def _close(column: Column) -> _Named:
    """The known header that this one is a typing error of: one slip in a short word, about one in six letters else."""
    key = _key(column.words)
    if len(key) < MIN_FUZZY_LENGTH or key in OTHER_HEADERS or key in FULL_NAMES:
        return []
    cutoff = 0.79 if len(key) == MIN_FUZZY_LENGTH else 0.83  # a hair below 4/5 and 5/6: rapidfuzz drops exact hits
    match = process.extractOne(key, _FUZZY_KEYS, scorer=OSA.normalized_similarity, score_cutoff=cutoff)
    if match is None or match[0][0] != key[0]:
        return []
    return [
        (known._replace(strength=known.strength * match[1] * 0.9), told("Header is close to “{text}”", text=known.text))
        for known in KNOWN_HEADERS[match[0]]
        if known.strength > WEAK
    ]


_FUZZY_KEYS = [key for key in KNOWN_HEADERS if len(key) >= MIN_FUZZY_LENGTH]


def _key(words: tuple[str, ...]) -> str:
    return "".join(words)


def _reason(column: str, known: KnownHeader) -> str:
    name = shown(column)
    if known.strength == EXACT:
        return told("Header is “{column}”", column=name)
    if known.origin == ENGLISH:
        return told("“{column}” is a known header for {label}", known.field, column=name)
    if known.origin in LANGUAGES:
        return told("“{column}” is {origin} for {label}", known.field, column=name, origin=say(known.origin))
    return told("{origin} calls {label} “{column}”", known.field, column=name, origin=known.origin)


def _share_told(kind: str, share: float) -> str:
    return told("{share} of the values are {noun}", share=percent(share), noun=say(NOUNS[kind]))


# --- header against values ----------------------------------------------------------------------------------------


def _against_values(column: Column, known: KnownHeader, reason: str) -> tuple[Candidate | None, str]:
    """The candidate with the confidence that the values leave it, or None and the kind of value that speaks against it."""
    key, score = known.field, known.strength
    if not column.values:
        return Candidate(key, score * 0.6, reason), ""
    if key not in _KINDS_OF_FIELD:
        kind = column.main_kind if key in _STRICT_TEXT else None
        return (None, kind) if kind else (Candidate(key, score, reason), "")
    share = column.share_of(key)
    if share >= CLEAR_SHARE:
        kind = _KINDS_OF_FIELD[key][0]
        sure = score + (1 - score) * 0.6 * share
        return Candidate(key, sure, f"{reason}; {_share_told(kind, share)}"), ""
    # A header that is not surely the field's needs values that look like it: “Emailed” holds yes and no.
    if (key == "status" and share < DOUBTFUL_SHARE) or (
        share < DOUBTFUL_SHARE and (column.main_kind or score < GOOD) and not column.digits_lost
    ):
        return None, column.main_kind or ""
    if share >= DOUBTFUL_SHARE:
        return Candidate(key, score * 0.9, reason), ""
    few = told("Only {share} of the values look like {noun}", share=percent(share), noun=say(NOUNS[_KINDS_OF_FIELD[key][0]]))
    if column.digits_lost:  # its own warning says why
        return Candidate(key, score * 0.6, reason), ""
    return Candidate(key, score * 0.6, reason, few), ""


def _refuse(column: Column, known: KnownHeader, kind: str) -> None:
    if kind:
        found = _share_told(kind, column.shares[kind])
        column.warning = told("The header says {label}, but {found}", known.field, found=found)
        column.reason = told("Not {label}, because {found}; left out unless you choose a field", known.field, found=found)
        return
    noun = say(NOUNS["status" if known.field == "status" else _KINDS_OF_FIELD[known.field][0]])
    nouns = f"{noun} ({', '.join(STATUSES)})" if known.field == "status" else noun
    column.reason = told("The values are not {nouns}; left out unless you make it a custom field", nouns=nouns)


def _judge_values(column: Column) -> None:
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
        Candidate(
            key,
            (_NAMED_BY_HEADER if names_field else score) * share,
            _share_told(kind, share),
            column.warning,
        )
    )


def _judge_opt_out(column: Column, cells: Iterable[str]) -> None:
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
        column.candidates.append(Candidate(OPT_OUT, 0.95, say(OPTED_OUT)))

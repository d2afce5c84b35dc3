"""What the wizard tidies by itself between mapping and validation, one value per change, each kind to be switched off.

The API takes what it is given. The contract's trimming (core.validation) holds for both doors; it is listed here, so that
people see it, but cannot be switched off.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from core.cleaning import INVISIBLE, clean_text
from core.emails import check_email
from core.phones import phone_form
from core.proper_names import proper_case
from core.records import Change, LeadDraft, Tidied
from core.web_addresses import linkedin_form, website_form


@dataclass(frozen=True, slots=True)
class TidyKind:
    """One kind of automatic change. ``key`` is stored with the import and never renamed.

    ``is_fixed``: part of the contract, always done. ``is_on``: done unless the user switches it off.
    """

    key: str
    label: str
    is_on: bool = True
    is_fixed: bool = False


KINDS: tuple[TidyKind, ...] = (
    TidyKind("trim", "White space around values", is_fixed=True),
    TidyKind("invisible", "Invisible characters"),
    TidyKind("spaces", "Repeated spaces and line breaks"),
    TidyKind("email", "Emails with a name or “mailto:” around them"),
    TidyKind("phone", "Phone numbers in international form"),
    TidyKind("website", "Websites in one form"),
    TidyKind("linkedin", "LinkedIn profiles in one form"),
    TidyKind("names", "Names in capitals or all lower case", is_on=False),
)
KIND_BY_KEY = {kind.key: kind for kind in KINDS}

#: Between them: what writes nothing, also deep inside a text. Phone numbers copied from an address book carry bidi marks.
_NOTHING = INVISIBLE + "\u180e\u2061\u2062\u2063\u2064\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_ODD_SPACES = "\u00a0\u2007\u202f\u205f" + "".join(chr(code) for code in range(0x2000, 0x200B) if code != 0x2007)
#: The joiners are spelling in Persian or Hindi and hold emoji together; they go only where no such letter stands before them.
_JOINERS = "\u200c\u200d"
_FIRST_JOINED = 0x0600
_find_invisible = re.compile(f"[{_NOTHING}{_ODD_SPACES}]").search
_REPEATED = re.compile(r"[ \t\r\n\f\v]{2,}|[\t\r\n\f\v]")
_may_be_wrapped = re.compile(r"""[<>()\[\]"',;:\s]|\.(?:\||$)""").search
_ADDRESS = re.compile(r"[^\s@<>()\[\]\",;:]+@[^\s@<>()\[\]\"',;:?]*[^\s@<>()\[\]\"',;:?.]")
_WRAPPED = re.compile(
    rf"(?:[^<>]*<)?[\s\"'(\[]*(?:mailto:)?\s*(?P<address>{_ADDRESS.pattern})(?:\?[^\s<>]*)?[\s.,;:>)\]\"']*", re.IGNORECASE
)

#: Position and new text of each cell that a kind would change.
Found = Iterable[tuple[int, str]]


def is_on(kind: TidyKind, choices: Mapping[str, bool]) -> bool:
    """Whether the kind is done, by the user's ``choices`` (kind's key to on or off; absent: as the kind says)."""
    return kind.is_fixed or choices.get(kind.key, kind.is_on)


def tidy_drafts(
    drafts: Sequence[LeadDraft],
    row_numbers: Sequence[int],
    columns: Mapping[str, str] | None = None,
    *,
    choices: Mapping[str, bool] | None = None,
    country: str | None = None,
) -> Tidied:
    """The drafts tidied, with every change; those of kinds that are off are only offered. Drafts given stay as they are.

    ``columns`` names the file's column of each field. ``country`` (ISO 3166) is for phones without a country code.
    """
    tidied = list(drafts)
    changes: list[Change] = []
    offers: list[Change] = []
    for field, steps in _steps(country).items():
        texts = [draft.get(field) or "" for draft in drafts]
        if not any(texts):
            continue
        changed: set[int] = set()
        for step in steps:
            on = is_on(KIND_BY_KEY[step.kind], choices or {})
            for i, after in step.find(texts):
                if not after and step.kind == "trim":
                    texts[i] = ""  # nothing but white space: an empty cell in any case
                    continue
                change = Change(row_numbers[i], (columns or {}).get(field), field, texts[i], after, step.kind)
                if on:
                    changes.append(change)
                    texts[i] = after
                    changed.add(i)
                else:
                    offers.append(change)
        for i in changed:
            if tidied[i] is drafts[i]:
                tidied[i] = drafts[i].copy()
            tidied[i][field] = texts[i]  # type: ignore[literal-required]
    phones = [phone for draft in tidied if (phone := draft.get("phone"))]
    changes.sort(key=itemgetter(0))
    offers.sort(key=itemgetter(0))
    return Tidied(tuple(tidied), tuple(changes), tuple(offers), sum(not phone.startswith("+") for phone in phones))


def count_kinds(changes: Iterable[Change]) -> Counter[str]:
    """How many cells each kind changes."""
    return Counter(change.kind for change in changes)


# --- the kinds, column by column: most columns have nothing to tidy, which one look at the joined text tells ------------


class _Step(NamedTuple):
    """What one kind does in one field."""

    kind: str
    find: Callable[[list[str]], Found]


def _steps(country: str | None) -> dict[str, tuple[_Step, ...]]:
    """By field, the kinds in the order in which they are done."""
    trim = _Step("trim", _find_untrimmed)
    line = (trim, _Step("invisible", _find_with_invisible), _Step("spaces", _find_repeated))
    plain = ("company", "title", "source", "status")
    return {
        "email": (*line, _Step("email", _find_wrapped)),
        "first_name": (*line, _Step("names", partial(_find_by, partial(proper_case, is_surname=False)))),
        "last_name": (*line, _Step("names", partial(_find_by, partial(proper_case, is_surname=True)))),
        "phone": (*line, _Step("phone", partial(_find_by, lambda text: phone_form(text, country)))),
        "website": (*line, _Step("website", partial(_find_by, website_form))),
        "linkedin_url": (*line, _Step("linkedin", partial(_find_by, linkedin_form))),
        "notes": (trim,),  # the only field of several lines: white space in it is layout
        **dict.fromkeys(plain, line),
    }


def _find_by(form: Callable[[str], str], texts: list[str]) -> Iterator[tuple[int, str]]:
    for i, text in enumerate(texts):
        if text and (after := form(text)) != text:
            yield i, after


def _find_untrimmed(texts: list[str]) -> Found:
    if "".join(texts).isascii() and [text.strip() for text in texts] == texts:
        return ()
    return _find_by(clean_text, texts)


def _find_with_invisible(texts: list[str]) -> Found:
    joined = "".join(texts)
    return () if joined.isascii() or not _find_invisible(joined) else _find_by(_without_invisible, texts)


def _without_invisible(text: str) -> str:
    if text.isascii() or not _find_invisible(text):
        return text
    kept: list[str] = []
    for letter in text:
        if letter in _ODD_SPACES:
            kept.append(" ")
        elif letter not in _NOTHING or (letter in _JOINERS and kept and ord(kept[-1]) >= _FIRST_JOINED):
            kept.append(letter)
    return clean_text("".join(kept))


def _find_repeated(texts: list[str]) -> Found:
    return _find_by(_with_single_spaces, texts) if _REPEATED.search("|".join(texts)) else ()


def _with_single_spaces(text: str) -> str:
    return _REPEATED.sub(" ", text)


def _find_wrapped(texts: list[str]) -> Found:
    return _find_by(_unwrapped, texts) if _may_be_wrapped("|".join(texts)) else ()


def _unwrapped(text: str) -> str:
    """The address in “Ada <a@b.c>”, “mailto:a@b.c?subject=x” or “a@b.c.,”; the text as it is where that is not clear."""
    match = _WRAPPED.fullmatch(text) if _may_be_wrapped(text) else None
    if match is None or match["address"] == text or (text[0] == "'" and check_email(text).key):
        return text
    address = match["address"]
    others = {other.lower().lstrip("'") for other in _ADDRESS.findall(text)} - {address.lower()}
    return address if not others and check_email(address).key else text

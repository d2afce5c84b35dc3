"""What the wizard tidies by itself between mapping and validation, one value per change, each kind to be switched off.

The API takes what it is given. The contract's trimming (core.validation) holds for both doors; it is listed here, so that
people see it, but cannot be switched off.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from operator import itemgetter
from typing import NamedTuple

from core.cleaning import INVISIBLE, clean_text
from core.emails import check_email
from core.export_columns import split_tags
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
    TidyKind("tags", "Several tags in one cell"),
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
    tag_columns: Sequence[str] = (),
    custom_columns: Mapping[str, str] | None = None,
) -> Tidied:
    """The drafts tidied, with every change; those of kinds that are off are only offered. Drafts given stay as they are.

    ``columns`` names the file's column of each field. ``country`` (ISO 3166) is for phones without a country code.
    The first tags of each draft are the cells of ``tag_columns``; ``custom_columns`` names the column of custom fields that hold text.
    """
    work = _Tidying([*drafts], drafts, row_numbers, choices or {})
    for name, steps in _steps(country).items():
        texts = [draft.get(name) or "" for draft in drafts]
        for i in work.tidy(texts, steps, name, (columns or {}).get(name)):
            work.own(i)[name] = texts[i]  # type: ignore[literal-required]
    for key, column in (custom_columns or {}).items():
        _tidy_custom(work, key, column)
    _tidy_tags(work, tag_columns)
    phones = [phone for draft in work.drafts if (phone := draft.get("phone"))]
    work.changes.sort(key=itemgetter(0))
    work.offers.sort(key=itemgetter(0))
    phones_left = sum(not phone.startswith("+") for phone in phones)
    return Tidied(tuple(work.drafts), tuple(work.changes), tuple(work.offers), phones_left)


@dataclass(frozen=True, slots=True)
class _Tidying:
    """The work on a file's drafts: what they are by now, as they were ``given``, and what was changed or could be."""

    drafts: list[LeadDraft]
    given: Sequence[LeadDraft]
    row_numbers: Sequence[int]
    choices: Mapping[str, bool]
    changes: list[Change] = field(default_factory=list)
    offers: list[Change] = field(default_factory=list)

    def tidy(self, texts: list[str], steps: Iterable["_Step"], name: str, column: str | None) -> set[int]:
        """Tidies the texts of one column in their place. Gives the positions of those that changed."""
        changed: set[int] = set()
        if not any(texts):
            return changed
        for step in steps:
            on = is_on(KIND_BY_KEY[step.kind], self.choices)
            for i, after in step.find(texts):
                if not after and step.kind == "trim":
                    texts[i] = ""  # nothing but white space: an empty cell in any case
                    continue
                change = Change(self.row_numbers[i], column, name, texts[i], after, step.kind)
                if on:
                    self.changes.append(change)
                    texts[i] = after
                    changed.add(i)
                else:
                    self.offers.append(change)
        return changed

    def own(self, i: int) -> LeadDraft:
        """The draft at this position, one that may be changed."""
        if self.drafts[i] is self.given[i]:
            self.drafts[i] = self.given[i].copy()
        return self.drafts[i]


def _tidy_custom(work: _Tidying, key: str, column: str) -> None:
    """One custom field, where it holds text. One of which nothing stays is none."""
    values = [(draft.get("custom_fields") or {}).get(key) for draft in work.given]
    texts = [value if isinstance(value, str) else "" for value in values]
    for i in work.tidy(texts, _CUSTOM, f"custom:{key}", column):
        others = {name: value for name, value in (work.drafts[i]["custom_fields"] or {}).items() if name != key}
        work.own(i)["custom_fields"] = others | ({key: texts[i]} if texts[i] else {})


def _tidy_tags(work: _Tidying, columns: Sequence[str]) -> None:
    """Each cell of tags like any other text; then several tags in one cell become several tags.

    The tags of one file repeat a lot, so each text is split once.
    """
    if not columns:
        return
    is_split = is_on(KIND_BY_KEY["tags"], work.choices)
    cells: list[list[str]] = []
    for place, column in enumerate(columns):
        texts = [(draft.get("tags") or [])[place] for draft in work.given]
        work.tidy(texts, _LINE, "tags", column)
        cells.append(texts)
        split = {text: [*dict.fromkeys(split_tags(text))] for text in set(texts)}
        told = {text: " · ".join(tags) for text, tags in split.items() if tags != [text]}
        log = work.changes if is_split else work.offers
        log.extend(
            Change(row, column, "tags", text, told[text], "tags")
            for row, text in zip(work.row_numbers, texts, strict=True)
            if text and text in told
        )
        if is_split:
            cells[-1] = [split[text] for text in texts]
    for i, found in enumerate(zip(*cells, strict=True)):
        fixed = (work.given[i]["tags"] or [])[len(columns) :]
        tags = [tag for tags in found for tag in tags] if is_split else [tag for tag in found if tag]
        work.own(i)["tags"] = tags + fixed


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
    line, trim = _LINE, _LINE[0]
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


_LINE = (_Step("trim", _find_untrimmed), _Step("invisible", _find_with_invisible), _Step("spaces", _find_repeated))
#: A custom field may have several lines; white space in such a text is layout.
_CUSTOM = (*_LINE[:2], _Step("spaces", lambda texts: _find_repeated(["" if "\n" in text else text for text in texts])))

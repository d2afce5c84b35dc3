"""The header row of a sheet, and unique names for its columns."""

import re
from collections import Counter
from collections.abc import Callable, Collection, Sequence

from core.issues import shorten
from core.safe_csv import unmark_cell

#: How many filled rows from the top may hold the header: titles, dates of export and filters stand above it.
SCANNED_ROWS = 25

#: Shares of the usual number of filled cells that make a row a header, the better one first.
SHARES_FILLED = (0.6, 0.4)

#: A column name as it is shown; longer ones are cut.
MAX_COLUMN_NAME_LENGTH = 255

#: Headers of an email column in the languages of the usual exports, in letters only.
# fmt: off
EMAIL_HEADERS = frozenset({
    "email", "emails", "mail", "emailaddress", "mailaddress", "mailadresse", "emailadresse", "primaryemail",
    "workemail", "businessemail", "personalemail", "contactemail", "leademail", "useremail", "email1",
    "email1value", "email1address", "emailaddress1", "courriel", "adressemail", "adresseemail", "adressecourriel",
    "correo", "correoelectronico", "correoelectrónico", "indirizzoemail", "postaelettronica", "emailadres",
    "epost", "epostadress", "epostadresse", "eposta", "sähköposti", "enderecodeemail", "adresemail",
    "электроннаяпочта", "почта", "メール", "メールアドレス", "邮箱", "电子邮件",
})
# fmt: on

_is_email = re.compile(r"\s*'?\s*(?:mailto:)?<?[^\s@,;<>]+@[^\s@,;<>]+\.[^\s@,;<>.]{2,}>?\s*", re.IGNORECASE).fullmatch
_invisible = re.compile("[\x00-\x1f\x7f-\x9f\ud800-\udfff\ufeff]")
_is_value = re.compile(r"\s*(?:https?://\S+|\+?[\d\s()./-]{7,}|\d{4}-\d\d-\d\d.*)\s*", re.IGNORECASE).fullmatch


def find_header(rows: Sequence[Sequence[str]]) -> int | None:
    """The index of the header row among the filled ``rows`` of a sheet; None where the sheet has no header.

    In this order, over the first SCANNED_ROWS filled rows:
    1. A row with a cell that says "email" in some language, and none with an email address, is the header if no row
       above it holds an email address, or if its "email" stands above addresses and below none (so that a line like
       "Exported by | anna@acme.com" does not count as the first lead).
    2. A row with an email address is data. If the first row is one, there is no header.
    3. Otherwise the header is the first row above the data that fills at least 60 % as many cells as rows of this
       sheet usually do, if there is none 40 %: a title fills one, a line like "Exported by | Anna" two.
    4. A row found by 3 that holds a web address, a phone number or a date is data too: there is no header.
    """
    scanned = rows[:SCANNED_ROWS]
    first_email = next((index for index, row in enumerate(scanned) if holds_email(row)), len(scanned))
    named = next((index for index, row in enumerate(scanned) if _names_email(row)), None)
    if named is not None and (named < first_email or _begins_emails(scanned, named)):
        return named
    if first_email == 0:
        return None
    usual = _usual_fill(scanned[first_email:] or scanned)
    above = scanned[:first_email]
    fills = list(map(_count_filled, above))
    found = next((index for share in SHARES_FILLED for index, fill in enumerate(fills) if fill >= share * usual), None)
    if found is None or any(map(_is_value, scanned[found])):
        return None
    return found


def holds_email(row: Sequence[str]) -> bool:
    """Whether a cell is an email address and nothing else (a quick look, not a check)."""
    return any("@" in cell and _is_email(cell) for cell in row)


def _names_email(row: Sequence[str]) -> bool:
    return _find_email_place(row) is not None and not holds_email(row)


def _find_email_place(row: Sequence[str]) -> int | None:
    letters = ("".join(filter(str.isalnum, cell.lower())) if len(cell) < 40 else "" for cell in row)
    return next((place for place, text in enumerate(letters) if text in EMAIL_HEADERS), None)


def _begins_emails(rows: Sequence[Sequence[str]], index: int) -> bool:
    place = _find_email_place(rows[index])
    above, below = (any(holds_email(row[place : place + 1]) for row in part) for part in (rows[:index], rows[index + 1 :]))
    return below and not above


def _count_filled(row: Sequence[str]) -> int:
    return sum(1 for cell in row if cell and not cell.isspace())


def _usual_fill(rows: Sequence[Sequence[str]]) -> int:
    """The most common number of filled cells; of equally common ones the largest."""
    counts = Counter(map(_count_filled, rows))
    return max(counts, key=lambda fill: (counts[fill], fill), default=0)


# --- names --------------------------------------------------------------------------------------------------------


def letter_of(index: int) -> str:
    """The letters that a spreadsheet shows above a column: 0 is A, 26 is AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def clean_header(cell: str) -> str:
    """The header text of a cell: trimmed, line breaks and runs of spaces as one space, cut where it is endless.

    Control characters, halves of characters and stray byte order marks are left out: nobody can see them, and a
    database cannot store all of them as a name.
    """
    return shorten(" ".join(_invisible.sub("", " ".join(unmark_cell(cell).split())).split()), MAX_COLUMN_NAME_LENGTH)


def name_columns(
    header: Sequence[str] | None, places: Sequence[int], add_issue: Callable[..., None]
) -> tuple[str, ...]:
    """Unique names for the columns at ``places`` (indexes into the sheet); a ``header`` of None means: there is none.

    A column without header text is named by its letter; a name that is taken gets a number. ``add_issue`` is called
    as make_issue is.
    """
    names: list[str] = []
    warned: set[str] = set()
    for place in places:
        text = clean_header(header[place]) if header and place < len(header) else ""
        name = _make_unique(text or f"Column {letter_of(place)}", names)
        if not text and header is not None:
            add_issue("header-empty", column=name, letter=letter_of(place), name=name)
        elif text and name != text and text not in warned:
            warned.add(text)
            add_issue("header-duplicate", column=text, value=text)
        names.append(name)
    return tuple(names)


def _make_unique(name: str, taken: Collection[str]) -> str:
    number = 1
    unique = name
    while unique in taken:
        number += 1
        unique = f"{name} ({number})"
    return unique

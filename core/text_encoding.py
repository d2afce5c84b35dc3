"""Bytes of a text file to text: which encoding it is, decided in the order in which one can be sure of it."""

import codecs
import io
import re

from charset_normalizer import from_bytes

from core.errors import FileRefused
from core.issues import make_issue

#: UTF-32 before UTF-16: the mark of UTF-32 LE begins with that of UTF-16 LE.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

#: Bytes that are looked at to tell encodings apart: hundreds of lines, and fast enough to forget.
SAMPLE_BYTES = 64 * 1024

#: Letters that texts in these encodings are full of. The earlier one wins a draw: the first is by far the most common;
#: a text whose only odd bytes are German umlauts of a Mac would in cp1250 have no vowel with an accent.
_WESTERN = "äöüßéèêëàâçîïôûùñáíóúãõåæøœìòÄÖÜÉÈÊÀÂÇÎÔÑÁÍÓÚÅÆØ"
LATIN_LETTERS = {
    "cp1252": _WESTERN,
    "mac_roman": _WESTERN,
    "cp1250": "ąćęłńóśźżĄĆĘŁŃÓŚŹŻčďěňřšťůýžáéíúôľČĎĚŇŘŠŤŮÝŽőűŐŰäöüßçâîăţşĂŢŞđĐ",
    "cp1254": "çğıöşüÇĞİÖŞÜâîäßéèêàáíóúñ",
    "cp850": _WESTERN,
}
#: What is left where the text is not in Latin letters.
OTHER_SCRIPTS = ["cp1251", "koi8_r", "cp932", "gb18030", "big5", "cp949", "euc_jp", "cp1253", "cp1255", "cp1256"]

_high_bytes = re.compile(rb"[\x80-\xff]+")


def decode_text(content: bytes, encoding: str | None = None) -> tuple[str, str]:
    """The text without byte order mark, and the name of the encoding that it was read with.

    In a text that is UTF-8 but for a few bytes, each of these becomes U+FFFD.

    ``encoding`` is the user's choice; None means: find it. Raises FileRefused where that choice does not fit.
    """
    chosen = encoding or find_encoding(content)
    try:
        return content.decode(chosen).removeprefix("\ufeff"), chosen
    except (UnicodeError, LookupError):
        if chosen == "utf-8" and _is_nearly_utf8(content):
            return content.decode("utf-8", "replace").removeprefix("\ufeff"), chosen
        raise FileRefused(make_issue("file-option-wrong", option="the encoding", value=chosen)) from None


def find_encoding(content: bytes) -> str:
    """The encoding of a text file, one in which decode_text reads it."""
    return (
        _find_by_mark(content)
        or _find_utf16(content)
        or _first_that_decodes(content, ["utf-8"])
        or ("utf-8" if _is_nearly_utf8(content) else None)
        or _first_that_decodes(content, [*_guess_legacy(content), "cp1252"])
        or "latin-1"  # decodes any bytes
    )


def _first_that_decodes(content: bytes, encodings: list[str]) -> str | None:
    for encoding in encodings:
        try:
            content.decode(encoding)
        except UnicodeError:
            continue
        return encoding
    return None


def _is_nearly_utf8(content: bytes) -> bool:
    """Whether there are at least as many characters of UTF-8 beyond ASCII as bytes that are none.

    In other encodings two bytes hardly ever happen to form a character of UTF-8: “Ã¤” is no text in any language.
    """
    text = content.removeprefix(codecs.BOM_UTF8).decode("utf-8", "replace")
    lost = text.count("\ufffd") - content.count("\ufffd".encode())
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return beyond_ascii - text.count("\ufffd") >= max(lost, 1)


def _find_by_mark(content: bytes) -> str | None:
    marked = [encoding for mark, encoding in BYTE_ORDER_MARKS if content.startswith(mark)]
    return _first_that_decodes(content, marked)


def _find_utf16(content: bytes) -> str | None:
    """UTF-16 without a mark: every second byte of what is mostly ASCII is NUL, and the others are not."""
    sample = content[:SAMPLE_BYTES]
    half = len(sample) // 2
    even_nuls, odd_nuls = sample[::2].count(0), sample[1::2].count(0)
    if odd_nuls > 0.3 * half and even_nuls < 0.05 * half:
        return _first_that_decodes(content, ["utf-16-le"])
    if even_nuls > 0.3 * half and odd_nuls < 0.05 * half:
        return _first_that_decodes(content, ["utf-16-be"])
    return None


def _guess_legacy(content: bytes) -> list[str]:
    """Encodings to try on text that is not Unicode, the likeliest first."""
    lines = _lines_beyond_ascii(content)
    runs = _high_bytes.findall(lines)
    if 2 * sum(len(run) for run in runs if len(run) >= 3) > sum(map(len, runs)):
        return _guess_script(lines)
    scores = {encoding: _score_latin(lines, encoding, letters) for encoding, letters in LATIN_LETTERS.items()}
    return sorted(scores, key=scores.__getitem__, reverse=True)


def _lines_beyond_ascii(content: bytes) -> bytes:
    """Up to SAMPLE_BYTES of whole lines that hold a byte beyond ASCII: the only ones that tell encodings apart."""
    lines: list[bytes] = []
    size = 0
    for line in io.BytesIO(content):
        if not line.isascii():
            lines.append(line[:SAMPLE_BYTES])
            size += len(lines[-1])
            if size >= SAMPLE_BYTES:
                break
    return b"".join(lines)


def _guess_script(lines: bytes) -> list[str]:
    """Encodings of text whose high bytes stand in long runs: no Latin language has three accents in a row."""
    best = from_bytes(lines[:8192], cp_isolation=OTHER_SCRIPTS, threshold=0.5).best()
    return [best.encoding, *OTHER_SCRIPTS] if best else OTHER_SCRIPTS


def _score_latin(lines: bytes, encoding: str, letters: str) -> float:
    """How well the text reads in that encoding: expected letters count for it, odd letters and signs in words against."""
    try:
        text = lines.decode(encoding)
    except UnicodeError:
        return float("-inf")
    score = 0.0
    for found in re.finditer(r"[^\x00-\x7f]", text):
        char, place = found.group(), found.start()
        if char in letters:
            score += -1 if char.isupper() and text[place - 1 : place].islower() else 1
        elif char.isalpha():
            score -= 0.5
        elif char != "’" and text[place - 1 : place].isalpha() and text[place + 1 : place + 2].isalpha():
            score -= 1
    return score

"""Cleaning of values before they are judged: what spreadsheets leave around a text, and tags."""

from collections.abc import Iterable

#: Invisible characters that copies from web pages and mail programs leave around a text; str.strip() keeps them.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
#: All that clean_text takes off the ends of a text.
AROUND = INVISIBLE + "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


def clean_text(text: str) -> str:
    """The text without white space and invisible characters around it (contract.md section 2: trimmed)."""
    return text.strip() if text.isascii() else text.strip(AROUND)


def clean_texts(texts: Iterable[str | None]) -> list[str]:
    """Each text as clean_text has it, "" for None. A look at all of them together spares most the look at each."""
    given = [text or "" for text in texts]
    joined = "".join(given)
    if joined.isascii() or not any(map(joined.__contains__, INVISIBLE)):
        return list(map(str.strip, given))
    return list(map(clean_text, given))


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags trimmed, empties and repeats dropped, order kept (contract.md section 2)."""
    return tuple(dict.fromkeys(tag for tag in map(clean_text, tags) if tag))

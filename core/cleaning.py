"""Cleaning of values before they are judged: what spreadsheets leave around a text, and tags."""

from collections.abc import Iterable, Sequence

#: Invisible characters that copies from web pages and mail programs leave around a text; str.strip() keeps them.
INVISIBLE = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f"
#: All that clean_text takes off the ends of a text.
AROUND = INVISIBLE + "".join(chr(code) for code in range(0x3001) if chr(code).isspace())


def clean_text(text: str) -> str:
    """The text without white space and invisible characters around it (contract.md section 2: trimmed)."""
    return text.strip() if text.isascii() else text.strip(AROUND)


def clean_texts(texts: Sequence[str], *, joined: str) -> list[str]:
    """Each text as clean_text has it. ``joined`` are all of them together: one look at it spares most the look at each."""
    if joined.isascii() or not any(map(joined.__contains__, INVISIBLE)):
        return list(map(str.strip, texts))
    return list(map(clean_text, texts))


def join_texts(texts: Sequence[str | None]) -> tuple[Sequence[str], str]:
    """The texts with "" for None, and all of them together."""
    try:
        return texts, "".join(texts)  # type: ignore[arg-type, return-value]
    except TypeError:
        given = [text or "" for text in texts]
        return given, "".join(given)


def clean_tags(tags: Iterable[str]) -> tuple[str, ...]:
    """Tags trimmed, empties and repeats dropped, order kept (contract.md section 2)."""
    return tuple(dict.fromkeys(tag for tag in map(clean_text, tags) if tag))

"""The reader's language. English sentences stand where they are used and are the keys of the other languages, as in gettext.

The HTTP API and everything stored speak English; a screen sets the language for its own run alone.
"""

from collections.abc import Callable, Mapping
from contextvars import ContextVar

from core.german import GERMAN

LANGUAGES = {"en": "English", "de": "Deutsch"}
DEFAULT = "en"

_current: ContextVar[str | None] = ContextVar("language", default=None)
_find: Callable[[], str | None] | None = None
_THOUSANDS = {"en": ",", "de": "."}
_BOOKS: dict[str, dict[str, str]] = {"de": GERMAN}


def current() -> str:
    """A key of LANGUAGES: what `use` said in this context, else what the one to `ask` knows of it, else English."""
    if (language := _current.get()) is not None:
        return language
    if _find is None or (found := _find()) is None:
        return DEFAULT
    use(found)
    return current()


def ask(find: Callable[[], str | None]) -> None:
    """Ask ``find`` in every context where nobody said what to speak, once it is known; None means that it does not know.

    Parts of a screen (a dialog, a fragment, a callback) run without the beginning of the screen that would say it.
    """
    global _find
    _find = find


def use(language: str) -> None:
    """Speak this language from now on in this context; one that we do not have means English."""
    _current.set(language if language in LANGUAGES else DEFAULT)


def fill(template: str, names: Mapping[str, object]) -> str:
    """The template in the reader's language, with its names filled in; counts as that language writes them.

    Numbers of rows are no counts: they stand as a spreadsheet shows them.
    """
    told = {
        name: say_count(value) if type(value) is int and not name.endswith("row") else value
        for name, value in names.items()
    }
    return say(template).format_map(told)


def say_count(number: int) -> str:
    """The number with its thousands marked: 50,000 in English, 50.000 in German."""
    return f"{number:,}".replace(",", _THOUSANDS[current()])


def say(text: str) -> str:
    """The sentence (or template) in the reader's language, or as it is where that has no word for it."""
    book = _BOOKS.get(current())
    return book.get(text, text) if book else text

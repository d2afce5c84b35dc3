"""The reader's language. English sentences stand where they are used and are the keys of the other languages, as in gettext.

The HTTP API and everything stored speak English; a screen sets the language for its own run alone.
"""

from contextvars import ContextVar

from core.german import GERMAN

LANGUAGES = {"en": "English", "de": "Deutsch"}
DEFAULT = "en"

_current: ContextVar[str] = ContextVar("language", default=DEFAULT)
_BOOKS: dict[str, dict[str, str]] = {"de": GERMAN}


def current() -> str:
    """A key of LANGUAGES."""
    return _current.get()


def use(language: str) -> None:
    """Speak this language from now on in this context; one that we do not have means English."""
    _current.set(language if language in LANGUAGES else DEFAULT)


def say(text: str) -> str:
    """The sentence (or template) in the reader's language, or as it is where that has no word for it."""
    book = _BOOKS.get(_current.get())
    return book.get(text, text) if book else text

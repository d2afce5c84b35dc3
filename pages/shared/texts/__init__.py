"""Every text of the screens, in one place per language: `texts.NAME` is the text in the reader's language.

`texts/en` and `texts/de` define the same names, one module per screen; what a language does not say, English says.
Nothing here comes from a file: user data is added by the widgets, escaped.
"""

from typing import Any

from core import language
from pages.shared.texts import de, en

_BOOKS = {"en": en, "de": de}


def __getattr__(name: str) -> Any:
    book = _BOOKS[language.current()]
    return getattr(book, name) if hasattr(book, name) else getattr(en, name)

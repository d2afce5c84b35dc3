"""Names of people that are all capitals or all lower case, written as one writes them: MCDONALD is McDonald.

Capitals do not tell everything (MACKEY, DE LUCA), so this is offered, never done unasked.
"""

import re

#: Small words inside a surname, in the languages that keep them small.
_PARTICLES = frozenset(
    {"van", "von", "der", "den", "de", "da", "do", "dos", "das", "ter", "ten", "te", "zu", "zum", "zur", "af", "av"}
)
#: Small only behind another small word: “de la Cruz”, but “La Fontaine”.
_AFTER_PARTICLE = frozenset({"la", "las", "los", "het"})
_BETWEEN = frozenset({"y", "e", "und", "bin", "ibn", "bint"})
_NUMERALS = frozenset({"ii", "iii", "iv"})
#: Mac is followed by a capital in these; in Mackey, Macias or Machado it is not.
_MAC_NAMES = frozenset({
    "macarthur", "macdonald", "macdougall", "macgregor", "mackenzie", "maclean", "macleod", "macmillan", "macneil",
    "macpherson",
})  # fmt: skip
_NAME = re.compile(r"['’]?[^\W\d_][^\d_@/\\|<>{}*+=%$!?:;#~^]*")
_TURKISH = frozenset("İıŞşĞğ")
_FIRST_LETTERS = re.compile(r"(?:(?<=\.)|^[^\w]*)[^\W\d_]")


def proper_case(text: str, *, is_surname: bool) -> str:
    """The name in proper case, or as it is: where it is in mixed case already, or not a name by its characters."""
    if not (text.isupper() or text.islower()) or not _NAME.fullmatch(text):
        return text
    cased = _cased(text, is_surname)
    if (cased.isupper() or cased.islower()) and _cased(cased, is_surname) != cased:
        return text  # letters whose capitals are other letters: no form that stays
    return cased


def _cased(text: str, is_surname: bool) -> str:
    is_turkish = not _TURKISH.isdisjoint(text)
    words = text.split(" ")
    result: list[str] = []
    for place, word in enumerate(words):
        small = _lower(word, is_turkish)
        is_last = place == len(words) - 1
        behind_particle = place > 0 and result[-1] in _PARTICLES
        is_particle = small in _PARTICLES or (small in _AFTER_PARTICLE and behind_particle)
        if not is_last and ((is_particle and (place > 0 or is_surname)) or (small in _BETWEEN and place > 0)):
            result.append(small)
        elif small in _NUMERALS and is_surname and place > 0:
            result.append(small.upper())
        elif not is_surname and _are_initials(small):
            result.append(word)  # JP, TJ
        else:
            result.append("-".join([_capitalised(part, is_turkish) for part in small.split("-")]))
    return " ".join(result)


def _lower(word: str, is_turkish: bool) -> str:
    """Lower case; İ is i, not i with a second dot, and beside Turkish letters I is ı."""
    word = word.replace("İ", "i")
    return (word.replace("I", "ı") if is_turkish else word).lower()


def _are_initials(small: str) -> bool:
    return len(small) == 2 and small.isascii() and small.isalpha() and not set(small) & set("aeiouy")


def _capitalised(part: str, is_turkish: bool) -> str:
    for apostrophe in "'’":
        before, found, after = part.partition(apostrophe)
        if found:
            if before == "t" or (not before and after == "t"):
                return part
            if len(before) == 1:  # O'Hara, D'Angelo
                return f"{_upper(before, is_turkish)}{apostrophe}{_capitalised(after, is_turkish)}"
    if part.startswith("mc") and len(part) > 3:
        return "Mc" + _capitalised(part[2:], is_turkish)
    if part in _MAC_NAMES:
        return "Mac" + _capitalised(part[3:], is_turkish)
    return _FIRST_LETTERS.sub(lambda match: match[0][:-1] + _upper(match[0][-1], is_turkish), part)


def _upper(letter: str, is_turkish: bool) -> str:
    return "İ" if is_turkish and letter == "i" else letter.title()

"""First and last name of a person's whole name: the usual European and American ways to write one, and no guessing beyond."""

from core.cleaning import clean_text


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


#: Words that begin the last name: “Ludwig van Beethoven”, “Maria da Silva”.
PARTICLES = _words("van von vom de da di du del della dello dos das do der den ter ten zu zum zur af av la le bin ibn")
#: Forms of address and academic titles before a name. Neither name has a place for them, so they are left off.
TITLES = _words(
    """dr prof professor mr mrs ms miss mx sir herr frau mme mlle monsieur madame señor señora señorita dhr mevr
    dr. prof. mr. mrs. ms. mx. hr. fr. mag. ing. ir. eng. rev. hon. sr. sra. srta. dra. drs. dott. dhr. mevr. med. rer.
    nat. phil. jur. h.c. dipl.-ing. dipl.-kfm. univ.-prof. priv.-doz. pd"""
)
#: Parts of the last name that stand behind it: “King Jr.”
SUFFIXES = _words("jr jr. sr sr. junior senior ii iii iv")
#: What stands behind a name and is none of it.
DEGREES = _words(
    """phd ph.d. ph.d md m.d. mba m.b.a. msc m.sc. bsc b.sc. ba b.a. ma m.a. llm ll.m. cpa esq esq. pmp cfa rn dds jd j.d.
    pe mph mpa dba edd ed.d. mcse cissp obe mbe cbe"""
)


def split_full_name(text: str) -> tuple[str, str]:
    """(first name, last name) of “First Last” or “Last, First”; a single word is a first name, after a title a last name.

    Particles go to the last name, so do “Jr.” and “III”; titles and degrees are left off. Names without a space
    (“山田太郎”) stay whole, and of several surnames without a particle between them only the last is the last name.
    """
    if "," in text or "、" in text:
        return _split_at_comma(text)
    words = clean_text(text).split()
    # Nearly all names of a file are two plain words.
    if len(words) == 2 and words[0].lower() not in TITLES and words[1].lower() not in _BEHIND:
        return words[0], words[1]
    return _split_words(words)


_BEHIND = SUFFIXES | DEGREES


def _split_words(words: list[str]) -> tuple[str, str]:
    words, behind = _without_what_is_behind(words)
    named = _without_titles(words)
    if len(named) < 2:
        name = named[0] if named else ""
        # “Dr. Smith” says the last name, “Smith” alone says nothing about itself.
        return ("", _joined([name, *behind])) if len(words) > len(named) or behind else (name, "")
    start = _start_of_last_name(named)
    return _joined(named[:start]), _joined([*named[start:], *behind])


def _split_at_comma(text: str) -> tuple[str, str]:
    parts = [words for part in text.replace("、", ",").split(",") if (words := clean_text(part).split())]
    if not parts:
        return "", ""
    behind = [part for part in parts[1:] if all(word.lower() in _BEHIND for word in part)]
    given = [word for part in parts[1:] if part not in behind for word in part]
    suffixes = [word for part in behind for word in part if word.lower() in SUFFIXES]
    if not given:
        return _split_words(parts[0] + suffixes)
    given, also_behind = _without_what_is_behind(_without_titles(given))
    first, particles = _without_particles_at_the_end(given)
    last, own_suffixes = _without_what_is_behind(_without_titles(parts[0]))
    return _joined(first), _joined([*particles, *last, *own_suffixes, *suffixes, *also_behind])


def _without_titles(words: list[str]) -> list[str]:
    start = 0
    while start < len(words) - 1 and words[start].lower() in TITLES:
        start += 1
    return words[start:]


def _without_what_is_behind(words: list[str]) -> tuple[list[str], list[str]]:
    """The words without suffixes and degrees at the end, and the suffixes."""
    end = len(words)
    while end > 1 and words[end - 1].lower() in _BEHIND:
        end -= 1
    return words[:end], [word for word in words[end:] if word.lower() in SUFFIXES]


def _without_particles_at_the_end(words: list[str]) -> tuple[list[str], list[str]]:
    """“Jan van der”, as it stands behind the comma of “Berg, Jan van der”, in its two parts."""
    end = len(words)
    while end > 1 and words[end - 1].lower() in PARTICLES:
        end -= 1
    return words[:end], words[end:]


def _start_of_last_name(words: list[str]) -> int:
    for place in range(1, len(words) - 1):
        word = words[place].lower()
        if word in PARTICLES or word.startswith(("d'", "d’")):
            return place
        if word == "y" and place > 1:  # “José Ortega y Gasset”
            return place - 1
    return len(words) - 1


def _joined(words: list[str]) -> str:
    return " ".join(words)

"""What the words of other products mean as a lead's status, and the yes and no of a column such as “Email opt-out”."""

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from core.cleaning import clean_text
from core.fields import STATUSES
from core.header_names import header_words, match_key

#: What a value means that stands for no status of its own: the cell counts as empty.
NO_STATUS = ""
MAX_SHOWN_VALUES = 50
#: A longer text is no status; it is not offered, and its rows become errors that show it.
MAX_VALUE_LENGTH = 200

# fmt: off
_CATALOGUE: dict[str, str] = {
    "unsubscribed": """Unsubscribed | Unsubscribe | Opted out | Opted-out | Opt-out | Opt out | Optout | Do not contact | Do not email
     | Do not mail | DNC | Removed | Complained | Spam complaint | Globally unsubscribed | Suppressed
     | Abgemeldet | Ausgetragen | Widersprochen | Nicht kontaktieren | Gesperrt | Désabonné | Désinscrit | Ne pas contacter
     | Dado de baja | De baja | Baja | No contactar | No suscrito | Descadastrado | Cancelou inscrição | Não contatar
     | Afgemeld | Uitgeschreven | Niet contacteren | Disiscritto""",
    "bounced": """Bounced | Bounce | Hard bounce | Hard bounced | Hardbounce | Hard-bounced | Soft bounce | Soft bounced | Cleaned
     | Undeliverable | Invalid email | Email invalid | Unzustellbar | Rückläufer | Nicht zustellbar | Rejeté | Non distribuable
     | Rebotado | Rebote | Devuelto | Devolvido | Onbestelbaar""",
    "replied": """Replied | Reply | Responded | Answered | Has replied | Geantwortet | Beantwortet | A répondu | Répondu
     | Respondió | Respondido | Contestado | Respondeu | Beantwoord | Gereageerd""",
    "active": """Active | Subscribed | Subscriber | Opted in | Opted-in | Opt-in | Opt in | Aktiv | Angemeldet | Abonniert | Actif
     | Active subscriber | Abonné | Inscrit | Activo | Suscrito | Ativo | Inscrito | Actief | Aangemeld | Ingeschreven | Iscritto""",
    NO_STATUS: """None | Unknown | N/A | Unbekannt | Keine Angabe | Inconnu | Desconocido | Desconhecido | Onbekend | –| -""",
}
_YES = "Yes | Y | True | 1 | X | ✓ | ✔ | ☑ | On | Ja | J | Wahr | Oui | O | Vrai | Sí | S | Verdadero | Sim | Verdadeiro | Waar | Opted out | Unsubscribed"
_NO = "No | N | False | 0 | Off | Nein | Falsch | Non | Faux | Falso | Não | Nee | Onwaar | – | - | ☐"
# fmt: on


def value_key(text: str) -> str:
    """What values are compared by: without case and with single spaces."""
    return " ".join(clean_text(text).casefold().split())


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _keys(bars: str) -> list[str]:
    return [value_key(word) for word in bars.split("|")]


_STATUS_OF = {key: status for status, bars in _CATALOGUE.items() for key in _keys(bars)}
_OPT_OUT_OF = dict.fromkeys(_keys(_NO), NO_STATUS) | dict.fromkeys(_keys(_YES), "unsubscribed")

_is_date = re.compile(r"(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2}))(?!\d)(?:[\st].*)?").fullmatch

_OPT_OUT_WORDS = _words(
    """optout unsubscribed unsubscribe unsubscribes abgemeldet abmeldung abbestellt desinscrit desinscription desabonne
    afgemeld afmelding uitgeschreven descadastrado disiscritto dnc"""
)
_OPT_OUT_PARTS = ("optout", "optedout", "donotcontact", "donotemail", "donotmail", "nichtkontaktieren", "nocontactar", "dadodebaja")


def status_of(value: str) -> str | None:
    """The status that a value says, NO_STATUS for “unknown”, None where nobody could say."""
    return _STATUS_OF.get(value_key(value))


def opt_out_of(value: str) -> str | None:
    """The status that a value of an opt-out column says: yes (or the day of it) is unsubscribed, no says nothing."""
    key = value_key(value)
    return "unsubscribed" if _is_date(key) else _OPT_OUT_OF.get(key)


def read_opt_out(value: str, meanings: Mapping[str, str]) -> str:
    """The status that a cell of an opt-out column gives its lead: NO_STATUS where it says that they may be written to.

    ``meanings`` are the user's (by value_key). Whatever nobody can read counts as opted out, a date or a reason too: mail
    to somebody who did not want it cannot be taken back.
    """
    key = value_key(value)
    if not key or key in meanings:
        return meanings.get(key, NO_STATUS)
    known = key if key in STATUSES else _OPT_OUT_OF.get(key, _STATUS_OF.get(key))
    if known is None:
        return "unsubscribed"
    return known if known in ("unsubscribed", "bounced") else NO_STATUS


def is_about_opting_out(header: str) -> bool:
    """Whether the header says that people marked here want no more mail: “Email Opt Out”, “HasOptedOutOfEmail”."""
    key = match_key(header)
    return not _OPT_OUT_WORDS.isdisjoint(header_words(header)) or any(part in key for part in _OPT_OUT_PARTS)


def count_values(cells: Iterable[str]) -> Counter[str]:
    """The distinct values of a column that are no status as they stand, each as first written, with its number of rows.

    Values that no mapping could be stored for are not in it: too long ones, and those that PostgreSQL cannot hold.
    """
    written: dict[str, str] = {}
    counts: Counter[str] = Counter()
    for cell, count in Counter(cells).items():
        text = " ".join(clean_text(cell).split())
        key = value_key(text)
        if key and key not in STATUSES and len(text) <= MAX_VALUE_LENGTH and text.isprintable():
            counts[written.setdefault(key, text)] += count
    return counts


def suggest_meanings(header: str, cells: Iterable[str]) -> dict[str, str]:
    """What the values of a status column mean, by value_key; values that nobody could tell are not in it."""
    is_opt_out = is_about_opting_out(header)
    meanings = {}
    for text in count_values(cells):
        status = opt_out_of(text) if is_opt_out else None
        status = status_of(text) if status is None else status
        if status is not None:
            meanings[value_key(text)] = status
    return meanings


def unknown_values(counts: Mapping[str, int], meanings: Mapping[str, str]) -> dict[str, int]:
    """The values that no status is chosen for, with their number of rows."""
    return {text: count for text, count in counts.items() if value_key(text) not in meanings}

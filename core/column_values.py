"""What the values of a column are: email addresses, web addresses, phone numbers, given names, companies, …"""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from core.fields import STATUSES
from core.given_names import GIVEN_NAMES
from core.status_values import status_of

_EMAIL = re.compile(r"(?:[^@<>]*<)?(?:mailto:)?[^\s@<>,;]+@[^\s@<>,;]+\.[^\s@<>,;.]+>?")
_URL = re.compile(r"(?:https?://)?(?:[\w-]+\.)+[^\W\d_]{2,}(?::\d+)?(?:[/?#]\S*)?")
_PROFILE = re.compile(r"linkedin\.com/(?:mwlite/)?(?:in|pub|sales/(?:people|lead)|profile)/")
_PHONE = re.compile(r"[+(]?[\d(][\d\s()./–-]*(?:(?:x|ext\.?|dw)\s*\d+)?", re.IGNORECASE)
_DATE = re.compile(r"(?:\d{4}([-/.])\d{1,2}\1\d{1,2}|\d{1,2}([-/.])\d{1,2}\2(?:\d{4}|\d{2}))(?!\d)(?:\s.*)?")
_PLAIN_NUMBER = re.compile(r"\d+(?:\.\d+)?|\d{1,3}(?:\.\d{1,3}){3}")  # integers, decimals, IP addresses
_SALUTATION = re.compile(
    r"mr|mrs|ms|miss|dr|prof|sir|herr|frau|m|mme|mlle|monsieur|madame|sr|sra|srta|don|doña|senhora?|dhr|mevr|mw|sig"
)

#: What each kind of value is called.
NOUNS = {
    "email": "email addresses",
    "linkedin": "LinkedIn profiles",
    "linkedin-page": "LinkedIn pages that are not a person’s",
    "url": "web addresses",
    "phone": "phone numbers",
    "number": "plain numbers",
    "status": "lead statuses",
    "salutation": "forms of address",
}


def shares_of_kinds(values: Sequence[str]) -> dict[str, float]:
    """The part (0 to 1) of the trimmed, non-empty values that are of each kind of NOUNS; plain text is of none."""
    counts = Counter(map(kind_of, values))
    return {kind: count / len(values) for kind, count in counts.items() if kind}


def kind_of(value: str) -> str | None:
    """The kind of one trimmed value, None where it is just text."""
    if "@" in value and "://" not in value:
        return "email" if _EMAIL.fullmatch(value) else None
    if value[0] in "+(0123456789":
        return _kind_of_number(value)
    lowered = value.lower()
    if "." in lowered:
        if "linkedin.com/" in lowered:
            return "linkedin" if _PROFILE.search(lowered) else "linkedin-page"
        if _URL.fullmatch(lowered):
            return "url"
    if lowered in STATUSES or status_of(lowered):
        return "status"
    return "salutation" if _SALUTATION.fullmatch(lowered.rstrip(".")) else None


def _kind_of_number(value: str) -> str | None:
    if _PLAIN_NUMBER.fullmatch(value):
        return "number"
    if not _PHONE.fullmatch(value):
        return "url" if _URL.fullmatch(value) else None
    digits = sum(map(str.isdigit, value))
    return "phone" if 6 <= digits <= 20 and not _DATE.fullmatch(value) else None



# --- plain text ---------------------------------------------------------------------------------------------------

# Legal forms at the end of a company's name, and words that stand in job titles and in few company names.
_COMPANY = re.compile(
    r"(?:gmbh|ag|kg|ohg|e\.?k\.?|ug|se|inc\.?|corp\.?|corporation|llc|llp|ltd\.?|limited|plc|co\.?|s\.?a\.?s?|s\.?a\.?r\.?l\.?|s\.?r\.?l\.?"
    r"|s\.?l\.?u?|b\.?v\.?|n\.?v\.?|s\.?p\.?a\.?|ltda\.?|lda\.?|oy|ab|aps|a/s|pty|gmbh & co\.? kg)"
)
_JOB = re.compile(
    r"c[efotmpird]o|vp|svp|manager(?:in)?|director|head|engineer(?:in)?|developer|founder|co-founder|cofounder|president|officer|analyst"
    r"|assistant|coordinator|representative|owner|geschäftsführer(?:in)?|leiter(?:in)?|vorstand|directeur|directrice|responsable"
    r"|gérant|director[a]?|gerente|diretor[a]?|directeur|entwickler(?:in)?|buchhalter(?:in)?|inhaber(?:in)?|accountant"
)

_SPLIT = re.compile(r"[\s,()|]+")


def share_of_jobs(values: Sequence[str]) -> float:
    """The part of the values that hold a word of job titles."""
    return _share(values, lambda words: any(map(_JOB.fullmatch, words)))


def share_of_companies(values: Sequence[str]) -> float:
    """The part of the values that end with a legal form."""
    return _share(values, lambda words: bool(words) and bool(_COMPANY.fullmatch(words[-1])))


def share_of_given_names(values: Sequence[str]) -> float:
    """The part of the values whose first word is a common given name."""
    return _share(values, lambda words: bool(words) and words[0] in GIVEN_NAMES)


def _share(values: Sequence[str], is_such: Callable[[list[str]], bool]) -> float:
    if not values:
        return 0.0
    return sum(is_such([word for word in _SPLIT.split(value[:200].lower()) if word]) for value in values) / len(values)

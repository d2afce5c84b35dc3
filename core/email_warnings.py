"""What is odd about valid email addresses: typing errors in well-known domains, roles, throw-away domains.

Warnings only: they never reject a row. A wrong guess costs trust, so a domain counts as mistyped only where it is one slip
away from a large provider, begins with the same letter (people rarely get that one wrong), and is no provider itself.
"""

from collections.abc import Iterable
from functools import lru_cache

from disposable_email_domains import blocklist
from rapidfuzz import process
from rapidfuzz.distance import OSA

from core.issues import Issue, make_issue
from core.records import CheckedRow

#: Providers whose domain is long enough that one slip leaves it recognisable.
_PROVIDERS = (
    "gmail.com", "googlemail.com", "yahoo.com", "yahoo.co.uk", "yahoo.fr", "yahoo.de", "yahoo.es", "yahoo.it", "yahoo.com.br",
    "hotmail.com", "hotmail.co.uk", "hotmail.fr", "hotmail.de", "hotmail.es", "hotmail.it", "outlook.com", "outlook.de",
    "outlook.fr", "outlook.es", "icloud.com", "protonmail.com", "fastmail.com", "rocketmail.com", "comcast.net", "verizon.net",
    "bellsouth.net", "btinternet.com", "t-online.de", "freenet.de", "wanadoo.fr", "laposte.net", "orange.fr", "libero.it",
    "rediffmail.com",
)  # fmt: skip
#: Real providers and companies that are one slip away from one of those, with the same first letter.
_REAL = frozenset({
    "ymail.com", "mail.com", "email.com", "gmx.com", "gmx.net", "gmx.de", "gmx.at", "gmx.ch", "gemail.com", "googlemail.de",
    "hotmail.ca", "hotmail.be", "hotmail.nl", "hotmail.se", "hotmail.dk", "hotmail.ch", "hotmail.at", "protonmail.ch",
    "t-online.hu", "libero.eu", "freenet.at",
})  # fmt: skip
#: Brands: with one of these before the first dot, another country's ending is no typing error.
_BRANDS = frozenset({domain.partition(".")[0] for domain in _PROVIDERS} | {"live", "msn", "aol", "gmx", "web", "proton"})
#: Endings that look like .com after one of these brands. `co`, `cm` and `om` are countries, but no provider is there.
_NEARLY_COM = frozenset({"co", "cm", "om"})
_ONLY_COM = frozenset({"gmail", "googlemail", "yahoo", "hotmail", "outlook", "icloud"})
#: Endings that do not exist, and what was meant.
_NO_ENDINGS = {
    **dict.fromkeys(("con", "cmo", "ocm", "vom", "xom", "coom", "comm", "cpm", "comn",
                     "conm", "c0m", "kom", "dom", "cim"), "com"),
    **dict.fromkeys(("nte", "nett", "ner"), "net"),
    **dict.fromkeys(("ogr", "orgg", "rog"), "org"),
}

_ROLE_NAMES = """ abuse accounting accounts admin administration administrator ads billing booking bookings careers contact
 contactus customercare customerservice do-not-reply donotreply enquiries enquiry everyone feedback finance hello
 help helpdesk hostmaster hr info information inquiries inquiry invoice invoices it jobs legal mail mailbox
 mailer-daemon marketing media news newsletter no-reply noreply office operations orders partners postmaster pr
 press privacy purchasing reception recruiting recruitment root sales security service services staff support
 sysadmin team tech webmaster anfrage bewerbung bestellung buchhaltung buero datenschutz einkauf empfang kontakt
 kundenservice personal post presse rechnung sekretariat verkauf vertrieb verwaltung zentrale accueil achats
 bonjour commercial commande compta comptabilite contacto direction facturation rh secretariat administracion
 atencion comercial compras ventas facturacion recepcion administrativo atendimento contato faturamento
 financeiro vendas administratie boekhouding inkoop verkoop klantenservice amministrazione commerciale contatti
 ordini segreteria vendite"""
_ROLES = frozenset(_ROLE_NAMES.split())


def warn_about_emails(rows: Iterable[CheckedRow], column: str | None = None) -> tuple[Issue, ...]:
    """The warnings of the valid rows, in file order. ``column`` is the file's column of the email."""
    issues: list[Issue] = []
    for row in rows:
        if row.lead is None:
            continue
        email = row.lead.email
        local, _, domain = email.rpartition("@")
        place = {"row": row.row, "column": column, "field": "email", "value": email}
        odd, fix = _look_at(domain)
        if odd:
            issues.append(make_issue(odd, **place, domain=domain, fix=fix))
        if local in _ROLES:
            issues.append(make_issue("email-role", **place))
    return tuple(issues)


def typo_fix(email: str) -> str | None:
    """The address with its domain as it was probably meant; None where it is not mistyped."""
    local, at, domain = email.rpartition("@")
    odd, fix = _look_at(domain.lower())
    return f"{local}{at}{fix}" if odd == "email-domain-typo" else None


@lru_cache(2**14)
def _look_at(domain: str) -> tuple[str | None, str]:
    """The issue code of a domain, and what a mistyped one should be."""
    if fix := _corrected(domain):
        return "email-domain-typo", fix
    return ("email-disposable" if _is_disposable(domain) else None), ""


def _corrected(domain: str) -> str | None:
    name, dot, ending = domain.rpartition(".")
    if not name or domain in _REAL or domain in _PROVIDERS:
        return None
    if meant := _NO_ENDINGS.get(ending):
        with_ending = f"{name}{dot}{meant}"
        return _nearest(with_ending) or with_ending
    if name in _ONLY_COM and ending in _NEARLY_COM:
        return f"{name}.com"
    return _nearest(domain)


def _nearest(domain: str) -> str | None:
    """The provider that is one slip (a letter more, less, other, or two swapped) away."""
    if domain.partition(".")[0] in _BRANDS or domain in _REAL:
        return None
    found = process.extractOne(domain, _PROVIDERS, scorer=OSA.distance, score_cutoff=1)
    if found is None:
        return None
    provider = found[0]
    return provider if provider[0] == domain[0] or provider[:2] == domain[1::-1] else None


def _is_disposable(domain: str) -> bool:
    """Whether the domain, or one that it is part of, is on the list."""
    while "." in domain:
        if domain in blocklist:
            return True
        domain = domain.partition(".")[2]
    return False

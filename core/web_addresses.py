"""Web addresses in one form, so that the same page is the same text: https, lower-case host, nothing that only tracks."""

import re

_ADDRESS = re.compile(
    r"(?:(?P<scheme>https?)://)?(?P<host>(?:[^\W_](?:[\w-]*[^\W_])?\.)+[^\W\d_]{2,63})"
    r"(?P<port>:\d{1,5})?(?P<path>/[^\s?#]*)?(?:\?(?P<query>[^\s#]*))?(?P<fragment>#\S*)?",
    re.IGNORECASE,
)
#: What advertising and mail programs hang on an address to see who clicked.
_TRACKING = re.compile(
    r"(?:utm_\w+|gclid|gbraid|wbraid|fbclid|msclkid|yclid|mc_cid|mc_eid|_hsenc|_hsmi|igshid|li_fat_id|trk|trackingId)",
    re.IGNORECASE,
)
#: What is in its form already costs a tenth this way: most are, in a file that a program wrote.
_is_website_form = re.compile(r"https://[a-z0-9.-]+(?:/[^?#]+)?").fullmatch
_is_profile_form = re.compile(r"https://www\.linkedin\.com/in/[^/?#\s]+").fullmatch
_PROFILE = re.compile(r"/(?:mwlite/)?in/([^/\s]+)(?:/.*)?", re.IGNORECASE)
_ORDINARY_PORTS = (None, ":80", ":443")


def website_form(text: str) -> str:
    """The address as https://host/path; the text as it is where it is no plain web address."""
    if _is_website_form(text):
        return text
    match = _ADDRESS.fullmatch(text)
    return text if match is None else _assembled(match, match["host"].lower())


def linkedin_form(text: str) -> str:
    """A profile as https://www.linkedin.com/in/<slug>, another LinkedIn page under that host; anything else as it is.

    The slug keeps its case: the short ids that LinkedIn makes itself (ACoAA…) are told apart by it.
    """
    if _is_profile_form(text):
        return text
    match = _ADDRESS.fullmatch(text)
    if match is None:
        return text
    host = match["host"].lower()
    if host != "linkedin.com" and not host.endswith(".linkedin.com"):
        return text
    if profile := _PROFILE.fullmatch(match["path"] or ""):
        return f"https://www.linkedin.com/in/{profile[1]}"
    return _assembled(match, "www.linkedin.com")


def _assembled(match: re.Match[str], host: str) -> str:
    port = "" if match["port"] in _ORDINARY_PORTS else match["port"]
    scheme = "http" if port and match["scheme"] and match["scheme"].lower() == "http" else "https"
    path = "" if match["path"] in (None, "/") else match["path"]
    kept = [part for part in (match["query"] or "").split("&") if part and not _TRACKING.fullmatch(part.partition("=")[0])]
    query = f"?{'&'.join(kept)}" if kept else ""
    if not path and (query or match["fragment"]):
        path = "/"
    return f"{scheme}://{host}{port}{path}{query}{match['fragment'] or ''}"

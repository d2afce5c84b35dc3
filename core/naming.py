"""Names that people give to what they make: a workspace, a remembered mapping, a key. Pure."""

from core.cleaning import clean_text
from core.errors import InvalidValues
from core.issues import make_issue, storable_text

MAX_NAME_LENGTH = 100


def clean_name(name: str) -> str:
    """The name, trimmed and as it can be stored. Raises InvalidValues where nothing is left of it, or it is too long."""
    name = storable_text(clean_text(name))
    if not name:
        raise InvalidValues([make_issue("value-required", field="name", label="The name")])
    if len(name) > MAX_NAME_LENGTH:
        names = {"label": "The name", "length": len(name), "limit": MAX_NAME_LENGTH}
        raise InvalidValues([make_issue("value-too-long", field="name", value=name, **names)])
    return name

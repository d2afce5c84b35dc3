"""Where a column may go, as the options of a select box."""

from core import fields, mapping
from core.language import say
from pages.shared import texts

LEAVE_OUT = ""
#: The fields in the order of the catalogue; both names together behind them, opt-outs behind the status that they set.
BEHIND = {"last_name": mapping.SPLIT_NAME, "status": mapping.OPT_OUT}
TARGETS = [key for field in fields.FIELD_BY_KEY for key in (field, BEHIND.get(field)) if key]


def options(column: str, target: str) -> list[str]:
    """What a column may go to: nothing, a field, a custom field of its own name, and whatever it goes to now."""
    usual = [LEAVE_OUT, *TARGETS, f"{mapping.CUSTOM_PREFIX}{column}"]
    return usual if target in usual else [*usual, target]


def label(target: str) -> str:
    """What a select box shows for a target."""
    if (key := mapping.custom_key(target)) is not None:
        return texts.custom_field(key)
    if target == mapping.ALL_CUSTOM:
        return texts.ALL_CUSTOM_FIELDS
    if target in mapping.LABELS:
        return say(mapping.LABELS[target])
    return say(fields.FIELD_BY_KEY[target].label) if target in fields.FIELD_BY_KEY else texts.LEAVE_OUT

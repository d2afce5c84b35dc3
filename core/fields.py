"""The catalogue of lead fields: key, wire name, label, limit, and what a field can take (contract.md section 2)."""

from dataclasses import dataclass
from typing import Any, Literal

FieldKind = Literal["email", "text", "url", "phone", "status", "tags"]

#: A cell holds at most what a spreadsheet cell can hold (Excel's own limit).
MAX_CELL_LENGTH = 32_767
MAX_TAG_LENGTH = 255
MAX_TAGS = 100
MAX_CUSTOM_FIELDS = 200
MAX_CUSTOM_KEY_LENGTH = 255

STATUSES = ("active", "bounced", "unsubscribed", "replied")
DEFAULT_STATUS = "active"
#: Nobody may write to these: a deleted lead that had one comes back through the wizard only when the user says so.
UNREACHABLE = ("bounced", "unsubscribed")

#: `source` of a lead that names none itself, by the door it came through.
DEFAULT_SOURCE = {"api": "api", "wizard": "csv_import", "manual": "manual"}


@dataclass(frozen=True, slots=True)
class LeadField:
    """One field of a lead. ``joins`` says that several columns may fill it together."""

    key: str
    json: str
    label: str
    kind: FieldKind
    max_length: int
    joins: bool = False


FIELDS: tuple[LeadField, ...] = (
    LeadField("email", "email", "Email", "email", 254),
    LeadField("first_name", "firstName", "First name", "text", 255),
    LeadField("last_name", "lastName", "Last name", "text", 255),
    LeadField("company", "company", "Company", "text", 255),
    LeadField("title", "title", "Job title", "text", 255),
    LeadField("phone", "phone", "Phone", "phone", 100),
    LeadField("linkedin_url", "linkedinUrl", "LinkedIn URL", "url", 2048),
    LeadField("website", "website", "Website", "url", 2048),
    LeadField("notes", "notes", "Notes", "text", MAX_CELL_LENGTH, joins=True),
    LeadField("source", "source", "Source", "text", 255),
    LeadField("status", "status", "Status", "status", 20),
    LeadField("tags", "tags", "Tags", "tags", MAX_CELL_LENGTH, joins=True),
)
FIELD_BY_KEY = {field.key: field for field in FIELDS}

#: The text fields in the order in which a Lead carries them (records.Lead); `status` has its own rule.
TEXT_FIELDS: tuple[LeadField, ...] = tuple(
    field for field in FIELDS if field.key not in ("email", "status", "tags")
)


def value_text(value: Any) -> str:
    """A field's value for people to read: tags with commas between them, "" for none."""
    if value is None:
        return ""
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)

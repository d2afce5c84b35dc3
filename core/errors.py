"""Broken promises, as exceptions. Bad data is a value (issues.py), never one of these.

LeadImportError
├── FileRefused              the file as a whole cannot be read; carries the Issue that says why
├── Forbidden                who acts lacks the role for this in this workspace (403)
├── NotFound                 no such workspace, import, lead or campaign in this workspace
├── DatabaseAway             the database does not answer; nothing is lost, asking again later is right
├── DatabaseFull             its server has no disk space or memory left; somebody has to make room first
├── NewerRelease             a newer release wrote this, and this one cannot read it (503)
├── QuotaExceeded            the import would pass the contact limit (contract.md section 3: 402)
├── TooManyRows              more than 1000 rows in one import (400), or none
├── StateConflict            the import is not in the state that this action needs
│   ├── FirstImportClosed    the import that a file continues is undone, or runs (409)
│   ├── AlreadyMember        the email is a member of the workspace already (409)
│   ├── LastAdmin            without this admin nobody could manage the workspace (409)
│   ├── ListChanged          another number of leads matches than was agreed to (409)
│   └── IdempotencyKeyReused the key was used before with another body (409)
├── MappingIncomplete        an import without a column for `email`, or with two columns on one field
├── KeyRefused               an API key that cannot be made: its name, or its scopes
├── EmailTaken               another lead of the workspace has the email already (409)
└── InvalidValues            values given for one thing break its rules (422); carries the Issues that say how
    ├── InvalidLead
    └── InvalidCampaign
"""

from collections.abc import Sequence

from core.issues import Issue
from core.language import fill, say


class LeadImportError(Exception):
    """Base of all. ``code`` is stable and kebab-case; ``hint`` says what to do next, both in the reader's language.

    Message and hint are templates over ``names``, where there are any.
    """

    code = "lead-import-error"
    hint = ""

    def __init__(self, message: str, *, hint: str = "", **names: object) -> None:
        told = [fill(text, names) if names else say(text) for text in (message, hint or self.hint)]
        super().__init__(told[0])
        self.message, self.hint = told


class FileRefused(LeadImportError):
    """The file cannot be read; ``issue`` says why and what to do."""

    code = "file-refused"

    def __init__(self, issue: Issue) -> None:
        super().__init__(issue.message, hint=issue.hint)
        self.issue = issue


class Forbidden(LeadImportError):
    """Who acts is nobody, no member of the workspace, or lacks the role for this (core/access.py). Nothing was written."""

    code = "not-allowed"


class NotFound(LeadImportError):
    """No such thing in this workspace. Another workspace's things are not found either."""

    code = "not-found"


class DatabaseAway(LeadImportError):
    """The database does not answer. What a person asked for was not done, as far as anybody knows."""

    code = "database-away"
    hint = "Nothing is lost. Try again in a few seconds."

    def __init__(self) -> None:
        super().__init__("The database does not answer at the moment.")


class DatabaseFull(LeadImportError):
    """The database's server has run out of disk space or memory. What a person asked for was not done."""

    code = "database-full"
    hint = "Nothing is lost. Ask whoever runs the server to make room, then try again."

    def __init__(self) -> None:
        super().__init__("The server of the database has no disk space or memory left.")


class NewerRelease(LeadImportError):
    """While two releases run side by side, the older one cannot do everything with the newer one's imports."""

    code = "newer-release"
    hint = "Reload the page in a while. If that does not help, ask whoever runs the server to upgrade it."

    def __init__(self) -> None:
        super().__init__("This import was made by a newer release of Lead Import.")


class QuotaExceeded(LeadImportError):
    """The import would pass the contact limit. Nothing was written."""

    code = "quota-exceeded"
    hint = "Raise the contact limit, delete leads, or import fewer rows."

    def __init__(self, *, limit: int, active: int, added: int) -> None:
        super().__init__(
            "Contact limit exceeded: the workspace has {active} of {limit} leads; this import would add {added}.",
            limit=limit,
            active=active,
            added=added,
        )
        self.limit = limit
        self.active = active
        self.added = added


class TooManyRows(LeadImportError):
    """An import takes 1 to 1000 rows (contract.md section 3)."""

    code = "too-many-rows"


class StateConflict(LeadImportError):
    """The import is not in the state that this action needs, e.g. it runs already."""

    code = "state-conflict"


class FirstImportClosed(StateConflict):
    """The import that a file continues is undone, or runs: nothing can be put into its books now."""

    code = "continued-import-closed"

    def __init__(self) -> None:
        super().__init__("The import that this file continues is undone, or running.")


class AlreadyMember(StateConflict):
    """The email is a member of the workspace already. Nothing was written."""

    code = "already-member"


class LastAdmin(StateConflict):
    """The only admin of the workspace would lose the role. Nothing was written."""

    code = "last-admin"


class ListChanged(StateConflict):
    """Another number of leads matches than was shown and ``agreed`` to. Nothing was written."""

    code = "list-changed"
    hint = "Look at the list again, and confirm its new number."

    def __init__(self, agreed: int) -> None:
        super().__init__("The list does not have {agreed} leads any more. Nothing was changed.", agreed=agreed)


class IdempotencyKeyReused(StateConflict):
    """The idempotency key was used before with another body (409). Nothing was written."""

    code = "idempotency-key-reused"
    hint = "Use a new key for another request."

    def __init__(self) -> None:
        super().__init__("This Idempotency-Key was used before with another body.")


class KeyRefused(LeadImportError):
    """The key cannot be made: its name is empty or too long, or a scope is unknown or missing."""

    code = "key-refused"


class MappingIncomplete(LeadImportError):
    """The mapping cannot be imported with. The message names what is missing."""

    code = "mapping-incomplete"


class EmailTaken(LeadImportError):
    """Another lead of the workspace has the email; ``is_deleted`` says that it is soft-deleted. Nothing was written."""

    code = "email-taken"
    hint = "Change the lead that has this email instead."

    def __init__(self, email: str, *, is_deleted: bool = False) -> None:
        super().__init__(
            "A deleted lead with the email “{email}” is already in the workspace."
            if is_deleted
            else "A lead with the email “{email}” is already in the workspace.",
            hint="Restore the deleted lead instead: its history must not be lost." if is_deleted else "",
            email=email,
        )
        self.email = email
        self.is_deleted = is_deleted


class InvalidValues(LeadImportError):
    """Values that were given for one thing break its rules. ``issues`` has all of them, with their field."""

    code = "values-invalid"

    def __init__(self, issues: Sequence[Issue]) -> None:
        super().__init__("; ".join(issue.message for issue in issues), hint=issues[0].hint)
        self.issues = tuple(issues)


class InvalidLead(InvalidValues):
    """The rules of contract.md section 2, for a lead that is made or changed alone."""

    code = "lead-invalid"


class InvalidCampaign(InvalidValues):
    """A campaign's name or sending settings break their rules."""

    code = "campaign-invalid"

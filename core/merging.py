"""Restore-merge: an incoming row brings a soft-deleted lead back (contract.md section 3, "Restore merge")."""

from core.records import Lead

_EMAIL, _SOURCE, _CUSTOM_FIELDS, _TAGS = map(Lead._fields.index, ("email", "source", "custom_fields", "tags"))


def merge_lead(stored: Lead, incoming: Lead) -> Lead:
    """The lead after the restore: what the row gives replaces, what it does not give stays.

    Source stays the stored one. A status of bounced or unsubscribed survives unless the row names a status itself,
    because an import must not silently re-subscribe anybody. Merging the same row twice equals merging it once.
    """
    values = [given if given is not None else kept for given, kept in zip(incoming, stored, strict=True)]
    values[_EMAIL] = stored.email
    values[_SOURCE] = stored.source
    values[_CUSTOM_FIELDS] = {**stored.custom_fields, **incoming.custom_fields}
    values[_TAGS] = tuple(dict.fromkeys((*stored.tags, *incoming.tags)))
    return Lead._make(values)

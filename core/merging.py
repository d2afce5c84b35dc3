"""Restore-merge: an incoming row brings a soft-deleted lead back (contract.md section 3, "Restore merge")."""

from core.records import Lead


def merge_lead(stored: Lead, incoming: Lead) -> Lead:
    """The lead after the restore: what the row gives replaces, what it does not give stays.

    Source stays the stored one. A status of bounced or unsubscribed survives unless the row names a status itself,
    because an import must not silently re-subscribe anybody. Merging the same row twice equals merging it once.
    """
    merged = [given if given is not None else kept for given, kept in zip(incoming, stored, strict=True)]
    return Lead(*merged)._replace(
        email=stored.email,
        source=stored.source,
        custom_fields={**stored.custom_fields, **incoming.custom_fields},
        tags=tuple(dict.fromkeys((*stored.tags, *incoming.tags))),
    )

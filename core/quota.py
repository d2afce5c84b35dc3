"""The contact limit of a workspace (contract.md section 3, judgement 5)."""

from core.errors import QuotaExceeded
from core.records import Quota


def check_quota(quota: Quota) -> None:
    """Raises QuotaExceeded where active + created + restored would pass the limit; adding nothing never does."""
    if not quota.fits:
        raise QuotaExceeded(limit=quota.limit, active=quota.active, added=quota.added)

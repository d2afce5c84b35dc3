"""contract.md section 3, judgement 5: active + created + restored must not pass the contact limit."""

import pytest

from core.errors import QuotaExceeded
from core.quota import check_quota
from core.records import Quota


@pytest.mark.parametrize(
    ("limit", "active", "added"),
    [(100, 99, 1), (100, 0, 100), (0, 0, 0), (100, 100, 0), (100, 150, 0)],
    ids=["exactly full", "all of it", "no room, nothing added", "full, nothing added", "lowered limit, nothing added"],
)
def test_an_import_that_fits_passes(limit, active, added):
    check_quota(Quota(limit, active, added))


@pytest.mark.parametrize(
    ("limit", "active", "added"),
    [(100, 100, 1), (100, 0, 101), (0, 0, 1), (100, 150, 1)],
    ids=["one over", "one over at once", "no room", "lowered limit"],
)
def test_one_over_the_limit_is_refused_with_the_three_numbers(limit, active, added):
    """402, with the limit, the active count and the number that the request would add."""
    with pytest.raises(QuotaExceeded) as caught:
        check_quota(Quota(limit, active, added))
    error = caught.value
    assert (error.limit, error.active, error.added) == (limit, active, added)
    assert error.code == "quota-exceeded"
    assert error.hint


def test_the_message_names_the_three_numbers_for_people():
    message = QuotaExceeded(limit=10_000, active=9_999, added=1_000).message
    assert "10,000" in message
    assert "9,999" in message
    assert "1,000" in message


def test_the_free_places_are_never_negative():
    """A limit that was lowered below the active leads only stops new ones."""
    assert Quota(100, 40).free == 60
    assert Quota(100, 150).free == 0

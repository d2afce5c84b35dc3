"""What the product runs on: each direct dependency pinned and with its reason, each licence known and accepted."""

import re

import pytest

from tools import licences


def test_every_direct_dependency_is_pinned_and_says_why_it_is_here():
    for file in ("requirements.txt", "requirements-dev.txt"):
        lines = (licences.ROOT / file).read_text(encoding="utf-8").splitlines()
        for line in lines:
            if line.strip() and not line.strip().startswith(("#", "-r ")):
                assert re.fullmatch(r"[\w.-]+(\[[\w,]+\])?==[\w.]+ +# \S.*", line), line
    reasons = {requirement.name: why for requirement, why in licences.read_requirements()}
    assert [name for name, why in reasons.items() if len(why) < 10] == []


def test_every_licence_is_of_an_accepted_kind():
    refused = {one.name: one.licence for one in licences.list_dependencies() if not licences.is_accepted(one.licence)}
    assert refused == {}


def test_the_paper_lists_every_direct_dependency_with_its_reason():
    """Those that they bring change with their releases and with the machine; a direct one is ours to name."""
    paper = licences.PAPER.read_text(encoding="utf-8")
    direct = [one for one in licences.list_dependencies() if one.why]
    missing = [one.name for one in direct if f"| {one.name} | {one.licence} | {one.why} |" not in paper]
    assert missing == [], "write docs/licences.md anew: make licences"
    told = re.findall(r"^\| ([\w.-]+) \| [^|]+ \| [^|]+ \|$", paper, re.MULTILINE)
    assert sorted(set(told) - {"Package"}) == sorted(one.name for one in direct)


@pytest.mark.parametrize(
    ("licence", "accepted"),
    [
        ("MIT", True),
        ("BSD-3-Clause", True),
        ("Apache Software License AND MIT License", True),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", True),
        ("LGPL-3.0-only", True),
        ("GPL-3.0-only", False),
        ("GNU General Public License v3", False),
        ("AGPL-3.0-or-later", False),
        ("MIT AND GPL-2.0-only", False),
        ("SSPL-1.0", False),
        ("Proprietary", False),
        ("", False),
    ],
)
def test_a_licence_is_judged_by_its_parts(licence, accepted):
    assert licences.is_accepted(licence) == accepted

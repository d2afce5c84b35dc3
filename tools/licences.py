"""Lists what the product runs on, with licences, as docs/licences.md: `make licences` writes it.

Direct dependencies are those of requirements.txt, with its line on why each is there; indirect ones are those that they
bring on this machine. A licence that is not among the accepted kinds, or not told, ends the command with 1.
"""

import re
import sys
from collections.abc import Iterator
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path
from typing import NamedTuple

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PAPER = ROOT / "docs" / "licences.md"

#: Kinds under which the product may be run, changed and passed on. LGPL and MPL: used as they are, unchanged and replaceable.
ACCEPTED = re.compile(
    r"(MIT(-CMU|-0)?|0?BSD([ -][23]-Clause)?|[23]-Clause BSD|Apache([ -](Software )?(License )?2\.0)?|Apache Software|ISC|PSF-2\.0|Unlicense"
    r"|Zlib|CC0-1\.0|MPL-2\.0|Mozilla Public License 2\.0|LGPL-(2\.1|3\.0)-(only|or-later))( Licen[sc]e)?",
    re.IGNORECASE,
)

HEADER = """# What the product runs on

Written by `make licences`; a test keeps it complete. All licences allow running, changing and passing the product on. psycopg (LGPL) and
certifi, orjson (MPL) are used as they are published, as packages that anybody can replace.

"""


class Dependency(NamedTuple):
    """A package. ``why`` is requirements.txt's reason, "" for an indirect one."""

    name: str
    licence: str
    why: str


def main() -> int:
    """Write the paper; 1 where a licence is not accepted."""
    dependencies = list_dependencies()
    PAPER.parent.mkdir(exist_ok=True)
    PAPER.write_text(render(dependencies), encoding="utf-8")
    refused = [one for one in dependencies if not is_accepted(one.licence)]
    for one in refused:
        print(f"{one.name}: the licence “{one.licence or 'none told'}” is not among the accepted ones", file=sys.stderr)
    print(f"{PAPER.relative_to(ROOT)}: {len(dependencies)} packages")
    return 1 if refused else 0


def render(dependencies: list[Dependency]) -> str:
    """The paper."""
    direct = [f"| {one.name} | {one.licence} | {one.why} |" for one in dependencies if one.why]
    indirect = [f"| {one.name} | {one.licence} |" for one in dependencies if not one.why]
    return (
        HEADER
        + "## Direct dependencies\n\n| Package | Licence | Why it is here |\n|---|---|---|\n"
        + "\n".join(direct)
        + "\n\n## What they bring\n\n| Package | Licence |\n|---|---|\n"
        + "\n".join(indirect)
        + "\n"
    )


def list_dependencies() -> list[Dependency]:
    """All packages that requirements.txt asks for, directly or through others, on this machine; by name."""
    reasons = {canonicalize_name(requirement.name): why for requirement, why in read_requirements()}
    waiting = [requirement for requirement, _ in read_requirements()]
    found: dict[str, Distribution] = {}
    looked_at: set[tuple[str, str]] = set()
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue  # for another system, or an extra of one
        for extra in requirement.extras | {""}:
            if (name, extra) not in looked_at:
                looked_at.add((name, extra))
                waiting += brought_by(found[name], extra)
    return [Dependency(name, licence_of(found[name]), reasons.get(name, "")) for name in sorted(found)]


def read_requirements() -> Iterator[tuple[Requirement, str]]:
    """Each line of requirements.txt with its comment."""
    for line in (ROOT / "requirements.txt").read_text(encoding="utf-8").splitlines():
        text, _, comment = line.partition("#")
        if text.strip():
            yield Requirement(text.strip()), comment.strip()


def brought_by(package: Distribution, extra: str) -> Iterator[Requirement]:
    """What a package needs here, with one of its extras."""
    for text in package.requires or ():
        requirement = Requirement(text)
        if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
            yield requirement


def licence_of(package: Distribution) -> str:
    """The licence as the package's metadata tells it; "" where it does not."""
    metadata = package.metadata
    if expression := metadata.get("License-Expression"):
        return expression
    classified = [line.split(" :: ")[-1] for line in metadata.get_all("Classifier") or () if line.startswith("License ::")]
    if told := [re.sub(r" \(.*\)$", "", one) for one in classified]:
        return " AND ".join(sorted(set(told)))
    told_freely = (metadata.get("License") or "").strip()
    return told_freely if len(told_freely) < 60 else ""


def is_accepted(licence: str) -> bool:
    """Whether every part of a licence expression is of an accepted kind."""
    parts = [part.strip() for part in re.split(r"\bAND\b|\bOR\b|[()]", licence) if part.strip()]
    return bool(parts) and all(ACCEPTED.fullmatch(part.removeprefix("The ")) for part in parts)


if __name__ == "__main__":
    sys.exit(main())

"""The papers tell the truth: what they name is there, and what a user can set is in them."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAPERS = [*(ROOT / name for name in ("README.md", "ARCHITECTURE.md", "CHANGELOG.md")), *sorted((ROOT / "docs").glob("*.md"))]


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: path.name)
def test_files_that_a_paper_names_are_there(paper):
    text = paper.read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)#:\s]+)\)|src=\"([^\":]+)\"", text)
    quoted = re.findall(r"`([\w.-]+(?:/[\w.-]+)+\.(?:py|md|toml|sql|csv|sh))`", text)
    assert [link or image for link, image in linked if not (paper.parent / (link or image)).exists()] == []
    assert [name for name in quoted if not (ROOT / name).exists()] == []


def test_make_knows_every_command_that_the_papers_name():
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for paper in PAPERS:
        named = set(re.findall(r"\bmake ([a-z-]+)\b(?=[`\s])", "\n".join(code_in(paper))))
        assert named <= targets, f"{paper.name} names make targets that do not exist"


def test_nothing_in_the_project_names_a_folder_of_somebodys_machine():
    private = re.compile(r"(?<![\w.$}/])/(?:root|work|home/\w+|Users/\w+)/")
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True)
    if listed.returncode != 0:
        pytest.skip("not a git checkout")
    found = []
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if path.suffix in {".py", ".md", ".toml", ".sh", ".css"} and path.exists():
            found += [f"{name}: {match}" for match in private.findall(path.read_text(encoding="utf-8"))]
    assert found == []


def code_in(paper: Path) -> list[str]:
    """What a paper prints as code, in the line and in blocks."""
    text = paper.read_text(encoding="utf-8")
    return re.findall(r"```.*?```|`[^`]+`", text, re.DOTALL)

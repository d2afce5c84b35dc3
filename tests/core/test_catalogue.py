"""The catalogue of issues is complete: texts for every code, and a test that produces it (style.md section 7)."""

import re
import string
from pathlib import Path

import pytest

from core import errors
from core.issues import KIND_BY_CODE, KINDS, MAX_SHOWN_VALUE, IssueKind, make_issue, shorten, storable_text

ROOT = Path(__file__).resolve().parents[2]
OWN_NAME = Path(__file__).name
each_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)


def names_in(template: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(template) if name is not None}


def sources(folder: str) -> dict[Path, str]:
    return {
        path: path.read_text(encoding="utf-8")
        for path in sorted((ROOT / folder).rglob("*.py"))
        if path.name != OWN_NAME
    }


def test_no_code_is_there_twice():
    assert len(KIND_BY_CODE) == len(KINDS)


@each_kind
def test_a_code_is_kebab_case(kind: IssueKind):
    assert re.fullmatch(r"[a-z]+(-[a-z]+)+", kind.code)


@each_kind
def test_a_kind_has_title_message_and_hint(kind: IssueKind):
    assert kind.title.strip() == kind.title != ""
    assert kind.message.strip() == kind.message != ""
    assert kind.title[0].isupper()
    assert kind.hint.endswith("."), "a hint is an imperative sentence"


@each_kind
def test_the_templates_are_filled_by_plain_names(kind: IssueKind):
    names = names_in(kind.message) | names_in(kind.hint)
    assert all(name.isidentifier() for name in names)
    values = dict.fromkeys(names - {"value"}, "7")
    issue = make_issue(kind.code, value="seven", row=3, column="Email", **values)
    assert "{" not in issue.message + issue.hint
    assert (issue.code, issue.severity, issue.row, issue.column) == (kind.code, kind.severity, 3, "Email")


@each_kind
def test_a_missing_name_is_a_fault_of_ours(kind: IssueKind):
    names = (names_in(kind.message) | names_in(kind.hint)) - {"value"}
    if names:
        with pytest.raises(KeyError):
            _ = make_issue(kind.code, value="seven").message + make_issue(kind.code, value="seven").hint


@each_kind
def test_the_product_uses_the_code(kind: IssueKind):
    users = [path for path, source in sources("core").items() if f'"{kind.code}"' in source and path.name != "issues.py"]
    assert users, f"nothing in core makes {kind.code}"


@each_kind
def test_some_test_produces_the_code(kind: IssueKind):
    users = [path for path, source in sources("tests").items() if f'"{kind.code}"' in source]
    assert users, f"no test produces {kind.code}"


def test_only_codes_of_the_catalogue_are_made():
    made = {
        code
        for source in sources("core").values()
        for code in re.findall(r'(?:make_issue|_failure|[Ll]og\.add|name_columns)\(\s*"([^"]+)"', source)
    }
    assert made
    assert made <= set(KIND_BY_CODE)


# --- values in texts ----------------------------------------------------------------------------------------------------


def test_a_long_value_is_cut_with_an_ellipsis():
    assert shorten("x" * MAX_SHOWN_VALUE) == "x" * MAX_SHOWN_VALUE
    assert shorten("x" * (MAX_SHOWN_VALUE + 1)) == "x" * (MAX_SHOWN_VALUE - 1) + "…"
    issue = make_issue("status-unknown", value="y" * 5000)
    assert len(issue.value) == MAX_SHOWN_VALUE
    assert len(issue.message) < 200


def test_a_value_with_braces_is_shown_as_it_is():
    assert "{why} {0}" in make_issue("status-unknown", value="{why} {0}").message


@pytest.mark.parametrize("text", ["\x00", "a\ud800b", "\udfff"])
def test_what_cannot_be_stored_is_shown_as_a_replacement_character(text):
    shown = storable_text(text)
    assert "\ufffd" in shown
    assert "\x00" not in shown
    shown.encode()


@pytest.mark.parametrize("text", ["", "plain", "Zoë", "👩\u200d💻", "\U0010ffff"])
def test_what_can_be_stored_is_shown_as_it_is(text):
    assert storable_text(text) == text


# --- broken promises ----------------------------------------------------------------------------------------------------


def all_errors() -> list[type[errors.LeadImportError]]:
    return [errors.LeadImportError, *errors.LeadImportError.__subclasses__()]


def test_every_error_has_a_code_of_its_own():
    codes = [error.code for error in all_errors()]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)+", code) for code in codes)


def test_every_error_is_drawn_in_the_tree():
    drawn = re.findall(r"^(?:├── |└── )?(\w+)", errors.__doc__.split("\n\n", 1)[1], re.MULTILINE)
    assert set(drawn) == {error.__name__ for error in all_errors()}

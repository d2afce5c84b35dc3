"""Everything that core can say is said in German too: a new issue, field or table column without it fails here."""

import ast
from pathlib import Path

import pytest

from core import access, errors, tidying
from core.fields import FIELDS
from core.german import GERMAN
from core.issues import KINDS, make_issue
from tests.core.test_language import in_german

CORE = Path(__file__).resolve().parents[2] / "core"


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.code)
def test_every_issue_is_told_in_german(kind):
    assert [text for text in (kind.title, kind.message, kind.hint) if text not in GERMAN] == []


def test_fields_and_kinds_of_tidying_have_their_german_words():
    labels = [field.label for field in FIELDS] + [kind.label for kind in tidying.KINDS]
    assert [label for label in labels if label not in GERMAN] == []


def said() -> dict[str, str]:
    """Every plain sentence in core that an exception or `say` is given, and where it stands."""
    raised = {name for name, kind in vars(errors).items() if isinstance(kind, type) and issubclass(kind, Exception)}
    found = {}
    for path in sorted(CORE.glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            texts = [*node.args[:1], *(keyword.value for keyword in node.keywords if keyword.arg == "hint")]
            if name in raised or name == "say":
                for text in texts:
                    assert not isinstance(text, ast.JoinedStr), f"{path.name}:{text.lineno} is no template"
                    if isinstance(text, ast.Constant) and isinstance(text.value, str) and text.value:
                        found[text.value] = f"{path.name}:{text.lineno}"
    return found


def test_every_sentence_of_an_error_has_its_german():
    assert {text: place for text, place in said().items() if text not in GERMAN} == {}


def test_refusals_are_told_in_german():
    assert [text for text in access._REFUSALS.values() if text not in GERMAN] == []


def test_what_fills_a_sentence_is_german_too():
    issue = make_issue("email-invalid", why="The email address contains unsafe characters: '(', SPACE.")
    assert in_german(lambda: issue.message) == (
        "E-Mail-Adresse ungültig: Die Adresse enthält Zeichen, die nicht erlaubt sind: '(', Leerzeichen."
    )


def test_an_error_is_told_in_the_language_of_the_run_that_raises_it():
    error = in_german(lambda: errors.QuotaExceeded(limit=100, active=90, added=1_500))
    assert str(error) == error.message
    assert "90 von 100 Leads" in error.message
    assert error.hint.startswith("Erhöhen Sie")

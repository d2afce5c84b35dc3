"""Rules that hold for every screen: keys, texts in one place, and the sentences that count."""

import ast
from pathlib import Path

import pytest

from core.records import OUTCOMES, Quota
from pages.shared import keys, stepbar, texts
from pages.shared.session import STEPS, STEPS_OF_STATE

PAGES = Path(__file__).resolve().parents[2] / "pages"
FILES = sorted(PAGES.rglob("*.py"))
WIDGETS = {
    "button", "checkbox", "data_editor", "download_button", "file_uploader", "form_submit_button", "multiselect",
    "number_input", "pagination", "pills", "radio", "segmented_control", "selectbox", "tabs", "text_area", "text_input",
    "toggle",
}  # fmt: skip


def calls(path):
    return [node for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))) if isinstance(node, ast.Call)]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PAGES).as_posix())
def test_every_widget_has_a_key(path):
    """style.md section 4."""
    bare = [
        node.lineno
        for node in calls(path)
        if isinstance(node.func, ast.Attribute)
        and node.func.attr in WIDGETS
        and not {"key", None} & {keyword.arg for keyword in node.keywords}  # None: ** may bring it
    ]
    assert bare == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PAGES).as_posix())
def test_nothing_may_run_html_past_the_escape(path):
    unsafe = [node.lineno for node in calls(path) for keyword in node.keywords if keyword.arg == "unsafe_allow_html"]
    assert unsafe == []


def test_no_two_keys_are_the_same():
    names = [value for name, value in vars(keys).items() if name.isupper()]
    assert len(names) == len(set(names))


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_text_is_defined_once(language):
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in (PAGES / "shared" / "texts" / language).glob("*.py")]
    nodes = [node for tree in trees for node in tree.body]
    names = [node.name for node in nodes if isinstance(node, ast.FunctionDef)]
    names += [target.id for node in nodes if isinstance(node, ast.Assign) for target in node.targets]
    assert sorted(names) == sorted(set(names))


def test_german_says_nothing_that_english_does_not():
    names = [name for name in vars(texts.de) if not name.startswith("_")]
    assert [name for name in names if not hasattr(texts.en, name)] == []


def test_every_state_and_outcome_has_its_words():
    assert set(texts.STATE_LABELS) == set(texts.STATE_COLOURS) == set(STEPS_OF_STATE)
    assert set(texts.OUTCOME_LABELS) == set(OUTCOMES)
    assert set(texts.STEP_LABELS) == set(STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_the_step_bar_says_where_one_is(step):
    bar = stepbar.stepbar_html(step)
    assert bar.count("aria-current=step") == 1
    assert f"Step {STEPS.index(step) + 1} of 5 · {texts.STEP_LABELS[step]}" in bar
    assert bar.count("✓") == STEPS.index(step)


@pytest.mark.parametrize(
    ("quota", "sentence"),
    [
        (Quota(100, 40, 10), "40 of 100 leads are in use. This import adds 10; 50 stay free."),
        (Quota(100, 120, 0), "120 of 100 leads are in use. This import adds 0; 0 stay free."),
        (
            Quota(100, 95, 10),
            "This import would add 10 leads, and the workspace has room for 5: 5 too many. "
            "Choose which rows go in, delete leads, or raise the contact limit of 100.",
        ),
    ],
)
def test_the_contact_limit_in_a_sentence(quota, sentence):
    assert texts.quota_sentence(quota) == sentence


@pytest.mark.parametrize(("share", "text"), [(0, "0.0 %"), (0.0002, "< 0.1 %"), (0.3333, "33.3 %"), (1, "100.0 %")])
def test_a_small_share_is_never_shown_as_nothing(share, text):
    assert texts.percent(share) == text


def test_numbers_have_their_noun():
    assert [texts.plural(number, "row") for number in (0, 1, 2340)] == ["0 rows", "1 row", "2,340 rows"]
    assert [texts.import_button(number) for number in (0, 1, 315)] == [
        "Finish: nothing to add", "Import 1 lead", "Import 315 leads",
    ]  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PAGES).as_posix())
def test_a_download_is_made_in_the_visitor_s_name(path):
    """It is made in another thread, where core knows nobody: hand it `session.carried(function, …)`."""
    nameless = [
        node.lineno
        for node in calls(path)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "download_button"
        for data in [*node.args[1:2], *(keyword.value for keyword in node.keywords if keyword.arg == "data")]
        if isinstance(data, ast.Lambda) or (isinstance(data, ast.Call) and ast.unparse(data.func).endswith("partial"))
    ]
    assert nameless == []

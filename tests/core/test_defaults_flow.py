"""What new imports of a workspace begin with."""

import pytest

from core import defaults_flow, draft_flow
from core.defaults_flow import Defaults
from core.errors import InvalidValues, NotFound
from tests.factories import emails_csv, make_ready


def test_a_new_workspace_has_ours(engine, workspace_id):
    assert defaults_flow.get_defaults(engine, workspace_id=workspace_id) == Defaults(None, "csv_import", True)


def test_new_imports_begin_with_them_and_those_there_keep_theirs(engine, workspace_id):
    before = make_ready(engine, workspace_id, emails_csv(["a@example.com"]))
    chosen = Defaults("DE", "fair", False)
    assert defaults_flow.set_defaults(engine, workspace_id=workspace_id, defaults=chosen) == chosen
    assert defaults_flow.get_defaults(engine, workspace_id=workspace_id) == chosen
    options = make_ready(engine, workspace_id, emails_csv(["a@example.com"])).options
    assert (options.country, options.default_source, options.restore_soft_deleted) == ("DE", "fair", False)
    kept = draft_flow.preview(engine, workspace_id=workspace_id, import_id=before.id).record.options
    assert (kept.country, kept.default_source, kept.restore_soft_deleted) == (None, "csv_import", True)


@pytest.mark.parametrize(("source", "code"), [(" ", "value-required"), ("x" * 256, "value-too-long")])
def test_a_source_has_its_rules(engine, workspace_id, source, code):
    with pytest.raises(InvalidValues) as caught:
        defaults_flow.set_defaults(engine, workspace_id=workspace_id, defaults=Defaults(None, source, True))
    assert [issue.code for issue in caught.value.issues] == [code]


def test_an_unknown_workspace_is_not_found(engine):
    with pytest.raises(NotFound):
        defaults_flow.get_defaults(engine, workspace_id="nowhere")

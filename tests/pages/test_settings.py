"""The contact limit, and the API keys: made, shown once, revoked."""

from core import key_flow, workspace_flow
from pages.shared import keys
from tests.factories import make_workspace


def open_settings(screen):
    return screen.open().go_to("settings.py")


def known_keys(screen):
    return key_flow.list_keys(screen.engine, workspace_id=screen.workspace_id)


def make_key(screen, name):
    screen.at.text_input(key=keys.KEY_NAME).set_value(name)
    return screen.press(keys.KEY_CREATE)


def test_the_contact_limit_is_shown_and_changed(screen):
    open_settings(screen)
    assert "0 of 10,000 leads are in use; 10,000 are free." in screen.text
    screen.at.number_input(key=keys.SETTINGS_LIMIT).set_value(250)
    screen.press(keys.SETTINGS_LIMIT_SAVE)
    quota = workspace_flow.get_quota(screen.engine, workspace_id=screen.workspace_id)
    assert quota.limit == 250
    assert "0 of 250 leads are in use; 250 are free." in screen.text


def test_without_keys_the_page_says_what_they_are_for(screen):
    assert "No API keys" in open_settings(screen).text


def test_a_key_is_made_and_its_text_is_shown_once(screen):
    """contract.md section 4: keys are made in the app, shown once, stored only as a hash."""
    make_key(open_settings(screen), "nightly sync")
    [secret] = [one.value for one in screen.at.code]
    [known] = known_keys(screen)
    assert secret.startswith("otr_")
    assert secret.endswith(known.hint)
    assert (known.name, known.scopes) == ("nightly sync", {"read", "write"})
    assert "nightly sync" in screen.text
    screen.run()
    assert list(screen.at.code) == []
    assert secret not in screen.text


def test_a_key_may_have_less_than_all_scopes(screen):
    open_settings(screen).at.selectbox(key=keys.KEY_SCOPES).select("read")
    make_key(screen, "dashboard")
    assert known_keys(screen)[0].scopes == {"read"}


def test_a_key_without_a_name_is_refused_in_a_sentence(screen):
    make_key(open_settings(screen), "  ")
    assert known_keys(screen) == []
    assert len(screen.alerts) == 1
    assert list(screen.at.code) == []


def test_a_key_is_revoked(screen):
    make_key(open_settings(screen), "old")
    [known] = known_keys(screen)
    button = f"{keys.KEY_REVOKE}_{known.id.hex}"
    screen.press(button)
    assert known_keys(screen)[0].revoked_at is not None
    assert "Revoked" in screen.text
    assert not screen.has_button(button)


def test_another_workspaces_keys_are_not_shown(screen, engine):
    key_flow.create_key(engine, workspace_id=make_workspace(engine), name="theirs", scopes=["read"])
    assert "theirs" not in open_settings(screen).text

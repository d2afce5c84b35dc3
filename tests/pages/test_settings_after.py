"""Settings: what new imports begin with, and the webhook."""

from core import defaults_flow, webhook_flow
from core.defaults_flow import Defaults
from pages.shared import keys


def settings(screen):
    return screen.run().go_to("settings.py")


def test_defaults_are_kept(screen, engine, workspace_id):
    settings(screen)
    screen.at.selectbox(key=keys.DEFAULTS_COUNTRY).set_value("AT")
    screen.at.text_input(key=keys.DEFAULTS_SOURCE).set_value("fair")
    screen.at.toggle(key=keys.DEFAULTS_RESTORE).set_value(False)
    screen.press(keys.DEFAULTS_SAVE)
    assert defaults_flow.get_defaults(engine, workspace_id=workspace_id) == Defaults("AT", "fair", False)
    assert screen.at.selectbox(key=keys.DEFAULTS_COUNTRY).value == "AT"


def test_an_empty_source_is_refused_with_what_to_do(screen, engine, workspace_id):
    settings(screen)
    screen.at.text_input(key=keys.DEFAULTS_SOURCE).set_value(" ")
    screen.press(keys.DEFAULTS_SAVE)
    assert "Source cannot be empty" in screen.text.replace("\\", "")
    assert defaults_flow.get_defaults(engine, workspace_id=workspace_id) == Defaults()


def test_a_webhook_shows_its_secret_once_and_goes_when_it_is_removed(screen, engine, workspace_id):
    settings(screen)
    screen.at.text_input(key=keys.WEBHOOK_URL).set_value("https://hooks.example.com/x")
    screen.press(keys.WEBHOOK_SAVE)
    [secret] = [code.value for code in screen.at.code if code.value.startswith("whs_")]
    assert len(secret) == 68
    assert "Not called yet." in screen.text
    screen.run()
    assert not [code for code in screen.at.code if code.value.startswith("whs_")]
    screen.press(keys.WEBHOOK_REMOVE)
    assert webhook_flow.get_webhook(engine, workspace_id=workspace_id) is None
    assert not screen.has_button(keys.WEBHOOK_TRY)


def test_an_address_that_cannot_be_is_refused(screen, engine, workspace_id):
    settings(screen)
    screen.at.text_input(key=keys.WEBHOOK_URL).set_value("http://hooks.example.com/x")
    screen.press(keys.WEBHOOK_SAVE)
    assert "it must begin with https" in screen.text.replace("\\", "")
    assert webhook_flow.get_webhook(engine, workspace_id=workspace_id) is None

"""The screens as people meet them, through the entry script, on the test's own workspace."""

import html
import re
from collections.abc import Callable, Iterator
from contextvars import copy_context
from pathlib import Path

import pandas as pd
import pytest
from sqlalchemy import Engine
from streamlit.testing.v1 import AppTest

from core import access, language, report_flow, run_flow
from core.ids import import_id_text, parse_import_id
from core.records import ImportRecord
from db import engine as database
from pages.shared import keys, visitor
from tests.factories import make_ready

#: Where every visitor comes from.
ADDRESS = "192.0.2.7"
MAIN = Path(__file__).resolve().parents[2] / "pages" / "main.py"


@pytest.fixture(autouse=True)
def visitors_come_through_the_door(doors_only: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen runs in a thread of its own, where nobody acts before the session has said who: here, without a login,
    the person at this computer.
    """
    monkeypatch.setattr(access, "_is_local_open", True)
    monkeypatch.setattr(visitor, "address", lambda: ADDRESS)  # AppTest has no connection that would come from somewhere


class Screen:
    """One visitor's page. Every step waits until the page has run, and fails where it broke down."""

    def __init__(self, engine: Engine, workspace_id: str) -> None:
        self.engine = engine
        self.workspace_id = workspace_id
        self.at = AppTest.from_file(str(MAIN), default_timeout=60)

    def run(self) -> "Screen":
        copy_context().run(self._run_in_the_visitor_s_language)
        assert not self.at.exception, self.at.exception
        return self

    def _run_in_the_visitor_s_language(self) -> None:
        # AppTest asks a widget what its options are called, in this thread: by the names that the page has given them.
        if keys.LANGUAGE in self.at.session_state:
            language.use(self.at.session_state[keys.LANGUAGE])
        self.at.run()

    def open(self, record: ImportRecord | None = None, *, step: str | None = None) -> "Screen":
        """The wizard, at this import's address."""
        if record is not None:
            self.at.query_params[keys.QUERY_IMPORT] = import_id_text(record.id)
        if step is not None:
            self.at.query_params[keys.QUERY_STEP] = step
        return self.run()

    def go_to(self, page: str) -> "Screen":
        """Another page of the navigation, by its file."""
        self.at.switch_page(page)
        return self.run()

    def upload(self, content: bytes, name: str = "leads.csv") -> "Screen":
        self.at.file_uploader(key=keys.UPLOAD_FILE).upload(name, content, "text/csv")
        return self.run()

    def press(self, key: str) -> "Screen":
        self.at.button(key=key).click()
        return self.run()

    def has_button(self, key: str) -> bool:
        return key in [button.key for button in self.at.button]

    @property
    def text(self) -> str:
        """Everything that is written on the page, without its markup."""
        return "\n".join([*self.html_texts, *self.markdown, *self.alerts, *(tab.label for tab in self.at.tabs)])

    @property
    def bodies(self) -> list[str]:
        """What the page writes as HTML, as it is sent to the browser."""
        return [one.proto.body for one in self.at.get("html")]

    @property
    def html_texts(self) -> list[str]:
        return [html.unescape(re.sub(r"<[^>]*>", " ", body)) for body in self.bodies if "<style>" not in body]

    @property
    def markdown(self) -> list[str]:
        """What the page writes as markdown, as it is sent to the browser."""
        return [one.value for one in (*self.at.markdown, *self.at.caption)]

    @property
    def alerts(self) -> list[str]:
        kinds = (self.at.error, self.at.warning, self.at.info, self.at.success)
        return [one.value for kind in kinds for one in kind]

    @property
    def heading(self) -> str:
        """What the page calls itself."""
        [found] = [match[1] for body in self.bodies if (match := re.search(r"<h1[^>]*>(.*?)</h1>", body))]
        return found

    @property
    def step(self) -> str:
        """The step that the wizard says it is in."""
        [found] = [match[1] for body in self.bodies if (match := re.search(r"<b>(Step [^<]*)</b>", body))]
        return found

    @property
    def totals(self) -> dict[str, str]:
        """The cards: label to number."""
        return {card.label: card.value for card in self.at.metric}

    @property
    def tabs(self) -> list[str]:
        return [tab.label for tab in self.at.tabs]

    def table(self, tab: str) -> pd.DataFrame:
        """The first table of the tab that begins with this word."""
        [found] = [one for one in self.at.tabs if one.label.startswith(tab)]
        return found.dataframe[0].value

    def sentences(self, tab: str) -> list[list[str]]:
        """The lines of the table of sentences in the tab that begins with this word."""
        [found] = [one for one in self.at.tabs if one.label.startswith(tab)]
        return [line for one in found.get("html") for line in lines_of(one.proto.body)]

    def rows(self, tab: str) -> list[int]:
        """The row numbers in the first table of a tab."""
        return [int(line[0]) for line in self.sentences(tab)] or [int(number) for number in self.table(tab)["Row"]]

    @property
    def record(self) -> ImportRecord:
        """The open import, as it is stored."""
        address = self.at.query_params[keys.QUERY_IMPORT]
        text = address if isinstance(address, str) else address[0]
        return report_flow.get_import(self.engine, workspace_id=self.workspace_id, import_id=parse_import_id(text))

    def do_the_job(self) -> "Screen":
        """What the worker does after the button was pressed; then the page looks again."""
        run_flow.run_import(self.engine, workspace_id=self.workspace_id, import_id=self.record.id)
        return self.run()


def lines_of(body: str) -> list[list[str]]:
    """The lines of a table of sentences, if the HTML is one: the text of each cell."""
    rows = re.findall(r"<tr>(.*?)</tr>", body.partition("<tbody>")[2])
    return [[html.unescape(re.sub(r"<[^>]*>", "", cell)) for cell in re.findall(r"<td.*?</td>", row)] for row in rows]


@pytest.fixture
def new_screen(engine: Engine, workspace_id: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], Screen]]:
    """A visitor's page each time; all visitors work in the test's workspace."""
    monkeypatch.setattr(database, "_engine", engine)
    monkeypatch.setenv("LEAD_IMPORT_WORKSPACE", workspace_id)
    return lambda: Screen(engine, workspace_id)


@pytest.fixture
def screen(new_screen: Callable[[], Screen]) -> Screen:
    return new_screen()


@pytest.fixture
def open_review(request, engine, workspace_id, monkeypatch):
    """Opens the review of the test module's FILE, or of another file; gives the page and what reads its record."""
    monkeypatch.setattr(database, "_engine", engine)
    monkeypatch.setenv("LEAD_IMPORT_WORKSPACE", workspace_id)

    def open_it(content=request.module.FILE, mapping=request.module.MAPPING, **choices):
        record = make_ready(engine, workspace_id, content, mapping, **choices)
        app = AppTest.from_file(str(MAIN), default_timeout=60)
        app.query_params["import"] = import_id_text(record.id)
        app.run()
        assert not app.exception
        return app, lambda: report_flow.get_import(engine, workspace_id=workspace_id, import_id=record.id)

    return open_it

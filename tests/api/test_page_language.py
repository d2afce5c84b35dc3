"""The language that a page says it is in."""

import httpx
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import FileResponse, JSONResponse
from starlette.routing import Route

from api.page_language import PageLanguage
from api.settings import PREFIX
from pages.shared import keys
from tests.api.conftest import serve

PAGE = '<!doctype html><html lang="en"><p>' + "x" * 2000
AS_A_BROWSER = {"Accept": "text/html,*/*"}


@pytest.fixture
def client(tmp_path):
    (tmp_path / "index.html").write_text(PAGE)
    routes = [
        Route("/", lambda _: FileResponse(tmp_path / "index.html")),
        Route("/api/v1/leads", lambda _: JSONResponse({"page": PAGE})),
        Route("/data", lambda _: JSONResponse({"page": '<html lang="en">'})),
    ]
    app = Starlette(routes=routes, middleware=[Middleware(PageLanguage), Middleware(GZipMiddleware)])
    with serve(app) as url, httpx.Client(base_url=url.removesuffix(PREFIX)) as client:
        yield client


@pytest.mark.parametrize(
    ("accepted", "query", "said"),
    [
        ("de-DE,de;q=0.9,en;q=0.8", "", "de"), ("DE", "", "de"), ("en-US,de", "", "en"), ("fr", "", "en"), ("", "", "en"),
        ("en-US", f"?{keys.QUERY_LANGUAGE}=de", "de"), ("de", f"?{keys.QUERY_LANGUAGE}=en", "en"), ("de", "?lang=tlh", "de"),
    ],
)  # fmt: skip
def test_a_page_says_the_visitor_s_language(client, accepted, query, said):
    answer = client.get(f"/{query}", headers={**AS_A_BROWSER, "Accept-Language": accepted})
    assert answer.text == PAGE.replace('"en"', f'"{said}"')
    assert int(answer.headers["content-length"]) == len(answer.content) or "content-encoding" in answer.headers


def test_a_page_in_one_language_is_not_kept_for_another(client):
    english = client.get("/", headers={**AS_A_BROWSER, "Accept-Language": "en"})
    german = client.get("/", headers={**AS_A_BROWSER, "Accept-Language": "de", "If-None-Match": english.headers["etag"]})
    assert (german.status_code, "etag" in german.headers) == (200, False)
    assert "Accept-Language" in german.headers["vary"]


def test_data_and_the_api_stay_as_they_are(client):
    for path in ("/api/v1/leads", "/data"):
        answer = client.get(path, headers={"Accept": "application/json", "Accept-Language": "de"})
        assert '<html lang=\\"en\\">' in answer.text
    assert '<html lang=\\"en\\">' in client.get("/api/v1/leads", headers={**AS_A_BROWSER, "Accept-Language": "de"}).text

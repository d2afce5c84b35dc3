"""Health, OpenAPI document and documentation page: what answers without a key."""

import re
from collections.abc import Iterator
from typing import Any

import httpx
import jsonschema_rs
import pytest

from api.routes.docs import POLICY
from api.security import HEADERS, content_security_policy
from core.fields import FIELDS
from db import migrate


@pytest.fixture
def anyone(base_url: str) -> Iterator[httpx.Client]:
    """A client without a key."""
    with httpx.Client(base_url=base_url) as client:
        yield client


@pytest.fixture(scope="module")
def document(base_url: str) -> dict[str, Any]:
    return httpx.get(f"{base_url}/openapi.json").json()


def operations(document: dict[str, Any]) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            yield method.upper(), path, operation


def test_health_needs_no_key(anyone):
    """`GET /api/v1/health` (alive, database reachable, migration state), no key needed."""
    answer = anyone.get("/health")
    newest = migrate.newest_revision()
    assert answer.status_code == 200
    assert answer.json() == {
        "status": "ok", "database": "reachable", "migration": {"current": newest, "needed": newest},
    }  # fmt: skip


def test_health_ignores_any_key(anyone):
    assert anyone.get("/health", headers={"X-API-Key": "otr_wrong"}).status_code == 200


def test_the_openapi_document_names_where_it_is_served(document):
    assert document["openapi"].startswith("3.1")
    assert document["servers"] == [{"url": "/api/v1"}]


def test_the_openapi_document_has_every_endpoint_of_the_contract(document):
    assert {(method, path) for method, path, _ in operations(document)} == {
        ("GET", "/health"),
        ("POST", "/leads/import"),
        ("GET", "/imports"),
        ("GET", "/imports/{import_id}"),
        ("GET", "/imports/{import_id}/report.csv"),
        ("POST", "/imports/{import_id}/undo"),
        ("POST", "/imports/{import_id}/redo"),
        ("POST", "/leads"),
        ("GET", "/leads"),
        ("GET", "/leads/export"),
        ("POST", "/leads/delete"),
        ("POST", "/leads/restore"),
        ("POST", "/leads/{lead_id}/restore"),
        ("GET", "/leads/{lead_id}"),
        ("PATCH", "/leads/{lead_id}"),
        ("DELETE", "/leads/{lead_id}"),
        ("GET", "/leads/{lead_id}/activity"),
        ("GET", "/campaigns"),
        ("POST", "/campaigns"),
        ("GET", "/campaigns/{campaign_id}"),
        ("PATCH", "/campaigns/{campaign_id}"),
        ("DELETE", "/campaigns/{campaign_id}"),
        ("POST", "/campaigns/{campaign_id}/leads"),
        ("DELETE", "/campaigns/{campaign_id}/leads/{lead_id}"),
    }


def test_every_answer_has_an_example_that_fits_its_schema(document):
    """OpenAPI with examples for every answer."""
    for method, path, operation in operations(document):
        for status, answer in operation["responses"].items():
            for media_type, content in answer["content"].items():
                place = f"{method} {path} {status} {media_type}"
                assert "example" in content, place
                schema = {**content["schema"], "components": document["components"]}
                errors = list(jsonschema_rs.validator_for(schema).iter_errors(content["example"]))
                assert not errors, f"{place}: {errors}"


def test_every_call_with_a_key_says_what_any_call_can_answer(document):
    for method, path, operation in operations(document):
        if path != "/health":
            assert {"403", "422", "429", "500", "503"} <= operation["responses"].keys(), (method, path)


def test_the_imports_body_has_every_field_of_a_lead(document):
    fields = document["components"]["schemas"]["ImportedLead"]["properties"]
    assert fields.keys() == {field.json for field in FIELDS} | {"customFields"}


def test_the_body_example_of_the_import_is_answered_as_its_answer_example_says(document, http):
    operation = document["paths"]["/leads/import"]["post"]
    body = operation["requestBody"]["content"]["application/json"]["example"]
    example = operation["responses"]["200"]["content"]["application/json"]["example"]["data"]
    data = http.post("/leads/import", json=body).json()["data"]
    assert data.keys() == example.keys()
    for name in data.keys() - {"importId", "remaining"}:
        assert data[name] == example[name], name


def test_the_page_of_the_documentation_asks_nobody_else(anyone):
    """`/api/v1/docs` must work without internet (assets served by us); no inline script."""
    page = anyone.get("/docs")
    assert page.status_code == 200
    assert page.headers["content-type"].startswith("text/html")
    assert "script-src 'self';" in page.headers["content-security-policy"]
    assert not re.findall(r"<script(?![^>]*\bsrc=)", page.text)
    assets = re.findall(r'(?:src|href)="([^"]+)"', page.text)
    assert len(assets) == 4
    for asset in assets:
        assert "//" not in asset
        answer = anyone.get(f"/{asset}")
        assert answer.status_code == 200
        assert answer.content
    assert 'url: "openapi.json"' in anyone.get("/docs/start.js").text


def test_answers_tell_a_browser_what_it_may_do_where_the_api_stands_alone_too(anyone):
    """A file that was imported must not become a page by being opened: no sniffing, no frame, no script."""
    for path in ("/health", "/leads", "/openapi.json"):
        headers = anyone.get(path).headers
        assert {name: headers.get(name) for name in HEADERS} == HEADERS
        assert headers["content-security-policy"] == content_security_policy()
    assert anyone.get("/docs").headers.get_list("content-security-policy") == [POLICY]


@pytest.mark.parametrize("name", ["x", "redoc.standalone.js", "..%2f..%2fcore.py", "../core.py", "%00", "swagger-ui.css/"])
def test_nothing_else_is_served_below_it(anyone, name):
    assert anyone.get(f"/docs/{name}").status_code in (403, 404)

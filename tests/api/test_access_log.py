"""uvicorn's access log names the path that was asked for, and nothing of what stood behind it."""

import logging

import pytest

from api import access_log


@pytest.fixture
def lines(caplog: pytest.LogCaptureFixture):
    log = logging.getLogger("uvicorn.access")
    before = list(log.filters)
    caplog.set_level(logging.INFO, logger=log.name)
    log.addHandler(caplog.handler)  # uvicorn's logger does not hand its lines on
    access_log.hide_queries()
    access_log.hide_queries()
    yield caplog
    log.removeHandler(caplog.handler)
    log.filters[:] = before


def test_an_email_in_a_query_is_not_logged(lines):
    log = logging.getLogger("uvicorn.access")
    log.info('%s - "%s %s HTTP/%s" %d', "192.0.2.7:0", "GET", "/api/v1/leads?email=ada@example.com&page=2", "1.1", 200)
    log.info('%s - "%s %s HTTP/%s" %d', "192.0.2.7:0", "GET", "/api/v1/imports", "1.1", 200)
    log.info("another line altogether")
    assert "ada" not in lines.text
    assert '192.0.2.7:0 - "GET /api/v1/leads HTTP/1.1" 200' in lines.text
    assert '"GET /api/v1/imports HTTP/1.1" 200' in lines.text
    assert "another line altogether" in lines.text


def test_it_is_put_on_once(lines):
    filters = logging.getLogger("uvicorn.access").filters
    assert [type(one) for one in filters].count(access_log.PathAlone) == 1

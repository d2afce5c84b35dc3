"""The nginx configuration of docs/deployment.md, before two processes: TLS, websockets, uploads, and who stays where."""

import os
import re
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import httpx
import pytest
from playwright.sync_api import Browser

from tests.browser import driving, files
from tests.browser.conftest import CHROMIUM_FLAGS, TIMEOUT_MS
from tests.browser.serving import ROOT, free_port, running_app
from tests.factories import wait_until

NAME = "leads.example.com"
COOKIE = "lead_import_server"


class Site(NamedTuple):
    """The product behind nginx: the port that stands for 443, the addresses of its two processes, nginx's log."""

    port: int
    servers: tuple[str, str]
    log: Path


def programs() -> tuple[str, str]:
    """nginx and openssl; the test is skipped, with the reason, where they are not installed."""
    path = f"{os.environ.get('PATH', '')}:/usr/sbin"
    nginx, openssl = shutil.which("nginx", path=path), shutil.which("openssl", path=path)
    if not nginx or not openssl:
        pytest.skip("nginx and openssl are not installed (Debian: apt-get install nginx-light openssl)")
    return nginx, openssl


@pytest.fixture(scope="module")
def site(chromium_path: str) -> Iterator[Site]:
    nginx, openssl = programs()
    variables = {"LEAD_IMPORT_PUBLIC_URL": f"https://{NAME}"}
    with running_app(**variables) as first, tempfile.TemporaryDirectory() as name:
        url = first.database.get_uri(database="lead_import")
        with running_app(DATABASE_URL=url, **variables) as second:
            folder = Path(name)
            folder.chmod(0o755)
            make_certificate(openssl, folder)
            port = free_port()
            addresses = [app.url.removeprefix("http://") for app in (first, second)]
            configure(folder, port, addresses)
            server = subprocess.Popen(
                [nginx, "-c", str(folder / "nginx.conf"), "-p", str(folder)], stderr=subprocess.PIPE, text=True
            )
            try:
                wait_for(port, server)
                yield Site(port, (addresses[0], addresses[1]), folder / "access.log")
            finally:
                server.terminate()
                server.communicate()


def make_certificate(openssl: str, folder: Path) -> None:
    """A certificate that nobody vouches for: the browser is told to take it."""
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}",
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")],
        check=True, capture_output=True,
    )  # fmt: skip


def configure(folder: Path, port: int, addresses: list[str]) -> None:
    """The paper's configuration, with this machine's ports and files."""
    paper = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    [site] = re.findall(r"```nginx\n(.*?)```", paper, re.DOTALL)
    for old, new in (
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("listen 443 ssl", f"listen 127.0.0.1:{port} ssl"),
        (f"/etc/ssl/certs/{NAME}.pem", str(folder / "certificate.pem")),
        (f"/etc/ssl/private/{NAME}.key", str(folder / "key.pem")),
        ("/var/log/nginx/lead-import.log", str(folder / "access.log")),
        ("127.0.0.1:8501", addresses[0]),
        ("127.0.0.1:8502", addresses[1]),
        ("127.0.0.1:8601", addresses[1]),  # the processes with screens answer the API, too
    ):
        assert old in site, old
        site = site.replace(old, new)
    temporary = "\n".join(
        f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    (folder / "nginx.conf").write_text(
        f"daemon off; pid {folder}/pid; error_log stderr;\n{'user root;' if os.geteuid() == 0 else ''}\n"
        f"events {{}}\nhttp {{ access_log off; {temporary}\n{site} }}",
        encoding="utf-8",
    )


def wait_for(port: int, server: subprocess.Popen) -> None:
    while server.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
            return
    raise AssertionError(f"nginx ended:\n{server.communicate()[1]}")


@pytest.fixture
def visitors(browser: Browser, chromium_path: str, site: Site) -> Iterator[Browser]:
    """A browser that finds the site under its name."""
    with_name = [*CHROMIUM_FLAGS, f"--host-resolver-rules=MAP {NAME}:443 127.0.0.1:{site.port}"]
    started = browser.browser_type.launch(executable_path=chromium_path, args=with_name)
    yield started
    started.close()


def test_visitors_import_through_it_each_with_their_process(visitors: Browser, site: Site, domain: str):
    servers = set()
    for number in range(2):  # which process each gets is for the cookie's hash to choose: both with one is no fault
        context = visitors.new_context(base_url=f"https://{NAME}", ignore_https_errors=True)
        context.set_default_timeout(TIMEOUT_MS)
        page = context.new_page()
        sockets: list[str] = []
        page.on("websocket", lambda one, sockets=sockets: sockets.append(one.url))
        driving.open_page(page)
        driving.go_to_review(page, f"{number}.csv", files.many_leads(f"{number}.{domain}", 1_000))
        driving.run_import(page)
        driving.expect_totals(page, Created=1_000)
        assert all(url.startswith(f"wss://{NAME}/") for url in sockets)
        assert sockets
        [cookie] = [one for one in context.cookies() if one["name"] == COOKIE]
        assert cookie["secure"]
        assert cookie["httpOnly"]
        servers.add(cookie["value"])
        context.close()
    assert len(servers) == 2, "each visitor has a cookie of their own"


def ask(site: Site, path: str, **headers: str) -> httpx.Response:
    with httpx.Client(verify=False, base_url=f"https://127.0.0.1:{site.port}") as client:
        return client.get(path, headers={"Host": NAME, **headers})


def test_the_api_answers_through_it_and_metrics_do_not(site: Site):
    assert ask(site, "/api/v1/health").json()["status"] == "ok"
    assert ask(site, "/api/v1/leads").status_code == 403
    assert ask(site, "/api/v1/metrics").status_code == 404
    assert ask(site, "/_stcore/health").status_code == 200


def test_answers_are_for_https_alone(site: Site):
    for path in ("/", "/api/v1/health"):
        assert ask(site, path).headers["strict-transport-security"] == "max-age=31536000"


def test_a_visitor_keeps_the_cookie_and_with_it_the_process(site: Site):
    first = ask(site, "/")
    cookie = first.headers["set-cookie"].split(";")[0]
    again = httpx.get(f"https://127.0.0.1:{site.port}/", headers={"Host": NAME, "Cookie": cookie}, verify=False)
    assert again.headers["set-cookie"].split(";")[0] == cookie


def test_what_was_looked_for_is_not_in_its_log(site: Site):
    ask(site, "/api/v1/leads?email=ada@example.com")
    ask(site, "/leads?search=ada@example.com", Referer=f"https://{NAME}/leads?search=ada@example.com")
    wait_until(lambda: '"GET /leads" ' in site.log.read_text())  # it writes after it has answered
    assert '"GET /api/v1/leads" 403' in site.log.read_text()
    assert "ada" not in site.log.read_text()

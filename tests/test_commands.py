"""The two commands on machines that lack something: each says plainly what is missing, or gets it."""

import errno
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from tools import chromium, serve

ROOT = Path(__file__).resolve().parents[1]


def make_command(folder: Path, name: str, script: str) -> str:
    """The path of a small shell script that stands for a program of the machine."""
    path = folder / name
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@pytest.fixture
def bare_machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only folder on the PATH: a machine without a browser, whose user is not root."""
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.delenv("CHROMIUM", raising=False)
    monkeypatch.setattr(chromium, "MAC_APPLICATIONS", ())
    monkeypatch.setattr(chromium, "playwright_path", lambda: None)
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    return tmp_path


def test_a_browser_on_the_path_is_found(bare_machine):
    path = make_command(bare_machine, "google-chrome", "echo Google Chrome 150")
    assert chromium.find() == path


def test_a_browser_that_does_not_run_is_passed_over(bare_machine):
    make_command(bare_machine, "chromium-browser", "echo 'requires the chromium snap' >&2; exit 1")
    path = make_command(bare_machine, "google-chrome", "echo Google Chrome 150")
    assert chromium.find() == path


def test_the_browser_that_is_named_is_taken_before_all_others(bare_machine, monkeypatch):
    make_command(bare_machine, "chromium", "echo Chromium 150")
    named = make_command(bare_machine, "my-browser", "echo Chromium 151")
    monkeypatch.setenv("CHROMIUM", named)
    assert chromium.find() == named


def test_root_gets_debians_browser_where_there_is_none(bare_machine, monkeypatch, capsys):
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    browser = bare_machine / "chromium"
    steps = bare_machine / "steps"
    make_command(
        bare_machine,
        "apt-get",
        f"""echo "$@" >> {steps}
        [ "$1" = update ] || {{ echo '#!/bin/sh' > {browser}; /bin/chmod +x {browser}; }}""",
    )
    assert chromium.main(["--install"]) == 0
    assert capsys.readouterr().out.strip() == str(browser)
    assert steps.read_text().splitlines() == ["update", "install -y chromium"]


def test_a_machine_where_no_browser_can_be_had_says_so(bare_machine, monkeypatch, capsys):
    monkeypatch.setattr(sys, "executable", make_command(bare_machine, "python", "echo 'no route to host'; exit 1"))
    assert chromium.main(["--install"]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert "no route to host" in said.err
    assert chromium.NONE_FOUND in said.err


def make_venv(tmp_path: Path, python: str) -> subprocess.CompletedProcess[str]:
    """What the script that makes the virtual environment does with this Python."""
    return subprocess.run(
        ["/bin/sh", "tools/make_venv.sh", str(tmp_path / "venv")],
        cwd=ROOT,
        env={**os.environ, "PYTHON": python},
        capture_output=True,
        text=True,
    )


def test_a_python_that_is_too_old_is_named_with_what_is_needed(tmp_path):
    old = make_command(tmp_path, "python3.9", '[ "$1" = --version ] && echo Python 3.9.2')
    done = make_venv(tmp_path, old)
    assert done.returncode == 1
    assert "Lead Import needs Python 3.11 or newer. Found: Python 3.9.2." in done.stderr


def test_a_python_without_venv_is_told_which_package_brings_it(tmp_path):
    script = 'case "$2" in *print*) echo 3.12 ;; *ensurepip*) exit 1 ;; *) exit 0 ;; esac'
    done = make_venv(tmp_path, make_command(tmp_path, "python3", script))
    assert done.returncode == 1
    assert "apt-get install python3.12-venv" in done.stderr
    assert not (tmp_path / "venv").exists()


def test_a_taken_port_is_said_in_a_sentence(taken_port):
    done = subprocess.run(
        [sys.executable, "-m", "tools.serve", "--port", str(taken_port)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert done.stderr.strip() == (
        f"Port {taken_port} is taken, perhaps by another Lead Import. Take another one: make run PORT={taken_port + 1}"
    )


@pytest.mark.parametrize("port", ["65536", "-1", "http"])
def test_a_port_that_is_none_is_said_in_a_sentence(port, capsys):
    with pytest.raises(SystemExit):
        serve.parse_arguments([f"--port={port}"])
    assert f"{port} is no number from 1 to 65535" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [["--workers", "2"], ["--api", "--workers", "0"]])
def test_screens_are_never_served_by_several_workers(arguments, capsys):
    with pytest.raises(SystemExit):
        serve.parse_arguments(arguments)
    assert "a page lives in one process" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("error", "says"),
    [
        (PermissionError(errno.EACCES, ""), "Port 80 needs rights that this user does not have"),
        (OSError(errno.EADDRNOTAVAIL, ""), "STREAMLIT_SERVER_ADDRESS: 127.0.0.1 is no address of this machine."),
    ],
)
def test_a_port_that_cannot_be_had_is_said_in_a_sentence(error, says, monkeypatch):
    def refuse(self, where):
        raise error

    monkeypatch.setattr(serve.socket, "socket", type("Refusing", (socket.socket,), {"bind": refuse}))
    assert serve.find_fault_of_address(80, is_api=False).startswith(says)


@pytest.fixture
def taken_port():
    """A port that somebody else listens on."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        yield other.getsockname()[1]

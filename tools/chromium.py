"""Finds a Chromium or Chrome for the browser tests, and gets one where there is none.

`python -m tools.chromium` prints the path of a browser that runs. Looked for, in this order: what CHROMIUM names, the
usual commands on the PATH, the usual places of macOS, what Playwright has downloaded. With `--install`, where nothing
is found, Debian's package (as root, by apt-get) and then Playwright's own download are tried. Exit code 1: none to be had.
"""

import argparse
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

COMMANDS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MAC_APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)
INSTALL_TIMEOUT_S = 900  # a slow line, not a hanging one
NONE_FOUND = "no Chromium or Chrome was found (CHROMIUM=/path/to/it names one, `make test` tries to install one)"


def main(arguments: list[str] | None = None) -> int:
    """The exit code: 0 with the path printed, 1 with the reason on stderr."""
    parser = argparse.ArgumentParser(description="Find a Chromium or Chrome.")
    parser.add_argument("--install", action="store_true", help="get one where there is none")
    options = parser.parse_args(arguments)
    path = find() or (install() if options.install else None)
    if path is None:
        say(f"Browser tests: {NONE_FOUND}.")
        return 1
    print(path)
    return 0


def find() -> str | None:
    """The path of a browser that runs, or None."""
    return next((path for path in candidates() if runs(path)), None)


def candidates() -> Iterator[str]:
    """Where a browser could be, best first. A browser that CHROMIUM names is the only candidate: it was asked for."""
    if named := os.environ.get("CHROMIUM"):
        yield shutil.which(named) or named
        return
    yield from filter(None, map(shutil.which, COMMANDS))
    yield from MAC_APPLICATIONS
    if downloaded := playwright_path():
        yield downloaded


def playwright_path() -> str | None:
    """Where Playwright's own download is or would be; None without Playwright."""
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        return None
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


def runs(path: str) -> bool:
    """Whether it can be started. Ubuntu's `chromium-browser` is a stub that only says where the real one would be."""
    if not Path(path).exists():
        return False
    try:
        return subprocess.run([path, "--version"], capture_output=True, timeout=60).returncode == 0
    except (OSError, subprocess.TimeoutExpired):
        return False


def install() -> str | None:
    """The path of a browser installed just now, or None when no way led to one."""
    ways: list[tuple[str, Callable[[], bool], list[list[str]]]] = [
        ("Debian's chromium", can_use_apt, [["apt-get", "update"], ["apt-get", "install", "-y", "chromium"]]),
        ("Playwright's Chromium", lambda: True, [[sys.executable, "-m", "playwright", "install", "chromium"]]),
    ]
    for name, is_possible, commands in ways:
        if not is_possible():
            continue
        say(f"Browser tests: no Chromium here; installing {name} …")
        if all(succeeds(command) for command in commands) and (path := find()):
            return path
    return None


def can_use_apt() -> bool:
    """Whether Debian packages can be installed without asking anybody."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def succeeds(command: list[str]) -> bool:
    """Whether the command ended well; its last lines are shown when not."""
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    try:
        done = subprocess.run(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            env=environment,
            timeout=INSTALL_TIMEOUT_S,
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        say(f"  {error}")
        return False
    if done.returncode != 0:
        say("\n".join(f"  {line}" for line in done.stdout.splitlines()[-5:]))
    return done.returncode == 0


def say(text: str) -> None:
    """For people; stdout carries the path and nothing else."""
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())

"""Starts the product and says once where it is, at the moment when it answers.

`python -m tools.serve --port 8501` is `streamlit run app.py`, and `--api` is `uvicorn api.main:api`, with two things added: what
is wrong with the settings, the port or the database is said in a sentence before anything starts, and the address is
printed when the database is up and the first request would be answered.
"""

import argparse
import contextlib
import difflib
import errno
import http.client
import os
import signal
import socket
import sys
import threading
import time
import warnings

from authlib.deprecate import AuthlibDeprecationWarning
from pydantic import ValidationError

from api import settings as api_settings
from core import entrance
from db import engine as database
from db import settings as database_settings
from db import starting
from db.settings import told

# What .streamlit/config.toml binds to; the variable is Streamlit's own and wins over the file.
ADDRESS = os.environ.get("STREAMLIT_SERVER_ADDRESS") or "127.0.0.1"
#: Every variable of ours by its first letters; another one is a slip of the pen.
OURS = "LEAD_IMPORT_"
VARIABLES = frozenset(
    [
        *database_settings.VARIABLES.values(),
        *entrance.VARIABLES.values(),
        *api_settings.VARIABLES.values(),
        "LEAD_IMPORT_WEBHOOK_ALLOW_PRIVATE",
    ]
)


def main(arguments: list[str] | None = None) -> None:
    """Serves until it is stopped; ends the process with the server's exit code, or with 1 and a sentence where it cannot start."""
    options = parse_arguments(arguments)
    # Authlib's word to its maintainers. Authlib switches it on when it is loaded, so it is switched off after that.
    warnings.filterwarnings("ignore", category=AuthlibDeprecationWarning)
    if fault := find_fault_of_address(options.port, is_api=options.api):
        sys.exit(fault)
    check_settings()
    if not options.api:
        check_entrance()
    try:
        starting.start(starting.read_settings())
    except starting.CannotStart as error:
        sys.exit(str(error))
    # The server hands the signal back to Python when it has shut down; Python's own answer would be to die on the spot,
    # without the clean-up at exit that stops the embedded database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    threading.Thread(target=announce, args=(options.port, options.api), daemon=True).start()
    if options.api:
        serve_api(options.port, options.workers)
    else:
        serve(options.app, options.port)


def check_settings() -> None:
    """Ends with a line for each setting that is wrong; a variable that looks like ours and is none is only told."""
    faults = []
    for settings, variables in (
        (entrance.EntranceSettings, entrance.VARIABLES),
        (api_settings.ApiSettings, api_settings.VARIABLES),
    ):
        try:
            settings.from_environment(os.environ)
        except ValidationError as error:
            faults.append(told(error, variables, otherwise="Login"))
    if faults:
        sys.exit("\n".join(faults))
    for name in sorted(name for name in os.environ if name.startswith(OURS) and name not in VARIABLES):
        near = difflib.get_close_matches(name, VARIABLES, n=1)
        print(f"{name} is no setting and does nothing.{f' Is {near[0]} meant?' if near else ''}", file=sys.stderr)


def check_entrance() -> None:
    """Ends with a sentence where a server without a login would be open to others."""
    if not entrance.is_loopback(ADDRESS):
        from api.entrance import Refused, check_addresses  # Streamlit takes a second to load

        try:
            check_addresses([ADDRESS])
        except Refused as error:
            sys.exit(str(error))


def serve(app: str, port: int) -> None:
    """Runs Streamlit's own command in this process until a signal ends it. Ctrl-C is the way to stop, not a mishap."""
    import click  # both here, because they take a second and the port is checked before it
    from streamlit.web import cli

    arguments = ["run", app, "--server.port", str(port), "--logger.hideWelcomeMessage", "true"]
    with contextlib.suppress(KeyboardInterrupt, click.Abort):
        cli.main(arguments, prog_name="streamlit", standalone_mode=False)


def serve_api(port: int, workers: int) -> None:
    """Runs uvicorn on the API alone until a signal ends it."""
    import uvicorn

    database.stop()  # it was only looked at: every worker opens its own
    uvicorn.run("api.main:api", host=ADDRESS, port=port, workers=workers)


def parse_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """The port, and what to serve there."""
    parser = argparse.ArgumentParser(prog="python -m tools.serve", description="Start Lead Import.")
    parser.add_argument("--port", type=port_number, default=8501, help="where to listen (default: 8501)")
    parser.add_argument("--app", default="app.py", help="the ASGI application with the screens, a Python file")
    parser.add_argument("--api", action="store_true", help="serve the API alone, without screens and without a worker for imports")
    parser.add_argument("--workers", type=int, default=1, help="with --api: how many processes (default: 1)")
    options = parser.parse_args(arguments)
    if options.workers < 1 or (options.workers > 1 and not options.api):
        parser.error("--workers is a number from 1, and goes with --api: a page lives in one process")
    return options


def port_number(text: str) -> int:
    """The number of a port; 0 is any that is free."""
    if not (text.isdecimal() and int(text) <= 65535):
        raise argparse.ArgumentTypeError(f"{text} is no number from 1 to 65535")
    return int(text)


def find_fault_of_address(port: int, *, is_api: bool) -> str | None:
    """Why nobody could listen there, and what to do; None where nothing is in the way."""
    try:
        family, *_, where = socket.getaddrinfo(ADDRESS, port, type=socket.SOCK_STREAM)[0]
    except OSError:
        return f"STREAMLIT_SERVER_ADDRESS: there is no address {ADDRESS}. Name one of this machine's, or leave it out."
    other = f"--port {port + 1}" if is_api else f"make run PORT={port + 1}"
    taken = f"Port {port} is taken, perhaps by another Lead Import. Take another one: {other}"
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does
        try:
            probe.bind(where)
        except PermissionError:
            return f"Port {port} needs rights that this user does not have. Take one from 1024 on, and a proxy before it."
        except OSError as error:
            if error.errno == errno.EADDRNOTAVAIL:
                return f"STREAMLIT_SERVER_ADDRESS: {ADDRESS} is no address of this machine."
            return taken
    with socket.socket(family) as probe:  # macOS lets several bind one port
        probe.settimeout(1)
        return taken if port and probe.connect_ex(where) == 0 else None


def announce(port: int, is_api: bool) -> None:
    """Prints the address when the application answers; waits for that as long as the process lives."""
    path = "/api/v1" if is_api else ""
    while not answers(port, f"{path}/health" if is_api else "/_stcore/health"):
        time.sleep(0.1)
    host = f"[{ADDRESS}]" if ":" in ADDRESS else ADDRESS
    address = entrance.EntranceSettings.from_environment().public_url or f"http://{host}:{port}"
    print(f"Lead Import is ready: {address}{path}   (Ctrl-C stops it)", flush=True)


def answers(port: int, path: str) -> bool:
    """Whether the application says that it is healthy. Not by urllib, which would ask a proxy where one is set."""
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=60)
    try:
        # By a name that is always answered to; that of an address for all comers, 0.0.0.0, is not.
        connection.request("GET", path, headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    main()

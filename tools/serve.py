"""Starts the product and says once where it is, at the moment when it answers.

`python -m tools.serve --port 8501` is `streamlit run app.py` with two things added: a port that is taken is said in a
sentence before anything starts, and the address is printed when the database is up and the first page would be served.
Streamlit's own banner comes before that, and Python's traceback instead of it when the port is taken.
"""

import argparse
import contextlib
import http.client
import os
import signal
import socket
import sys
import threading
import time
import warnings

import psycopg
from pydantic import ValidationError
from sqlalchemy.exc import OperationalError

from core import entrance
from db import engine as database
from db.settings import DatabaseSettings

# What .streamlit/config.toml binds to; the variable is Streamlit's own and wins over the file.
ADDRESS = os.environ.get("STREAMLIT_SERVER_ADDRESS", "127.0.0.1")


def main(arguments: list[str] | None = None) -> None:
    """Serves until it is stopped; ends the process with Streamlit's exit code."""
    options = parse_arguments(arguments)
    if is_taken(options.port):
        sys.exit(
            f"Port {options.port} is taken, perhaps by another Lead Import. Take another one: make run PORT={options.port + 1}"
        )
    # Where a service or a container has no such folder, the embedded database takes another one: nothing to tell anybody.
    warnings.filterwarnings("ignore", message="XDG_RUNTIME_DIR is not set")
    warnings.filterwarnings("ignore", message="The httpx module is deprecated")  # Authlib's word to its maintainers
    check_entrance()
    start_database()
    # The server hands the signal back to Python when it has shut down; Python's own answer would be to die on the spot,
    # without the clean-up at exit that stops the embedded database.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    threading.Thread(target=announce, args=(options.port,), daemon=True).start()
    serve(options.app, options.port)


def check_entrance() -> None:
    """Ends with a sentence where the login is configured wrong, or a server without one would be open to others."""
    try:
        entrance.EntranceSettings.from_environment()
        if not entrance.is_loopback(ADDRESS):
            from api.entrance import Refused, check_addresses  # Streamlit takes a second to load

            try:
                check_addresses([ADDRESS])
            except Refused as error:
                sys.exit(str(error))
    except ValidationError as error:
        sys.exit(entrance.told(error))


def start_database() -> None:
    """Starts the process's database engine; the application finds it started. What is wrong is said in a sentence."""
    try:
        database.start(DatabaseSettings.from_environment())
    except ValidationError as error:
        sys.exit("\n".join(f"Setting {problem['loc'][0]}: {problem['msg']}" for problem in error.errors()))
    except (OperationalError, psycopg.OperationalError) as error:
        cause = str(getattr(error, "orig", error)).strip().splitlines()[0]
        sys.exit(f"The database does not answer: {cause}\nStart it, or check DATABASE_URL, and try again.")


def serve(app: str, port: int) -> None:
    """Runs Streamlit's own command in this process until a signal ends it. Ctrl-C is the way to stop, not a mishap."""
    import click  # both here, because they take a second and the port is checked before it
    from streamlit.web import cli

    arguments = ["run", app, "--server.port", str(port), "--logger.hideWelcomeMessage", "true"]
    with contextlib.suppress(KeyboardInterrupt, click.Abort):
        cli.main(arguments, prog_name="streamlit", standalone_mode=False)


def parse_arguments(arguments: list[str] | None) -> argparse.Namespace:
    """The port and the application to serve."""
    parser = argparse.ArgumentParser(description="Start Lead Import.")
    parser.add_argument("--port", type=int, default=8501)
    parser.add_argument("--app", default="app.py", help="the ASGI application, a Python file")
    return parser.parse_args(arguments)


def is_taken(port: int) -> bool:
    """Whether somebody answers on this port already."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((ADDRESS, port)) == 0


def announce(port: int) -> None:
    """Prints the address when the application answers; waits for that as long as the process lives."""
    while not answers(port):
        time.sleep(0.1)
    address = entrance.EntranceSettings.from_environment().public_url or f"http://{ADDRESS}:{port}"
    print(f"Lead Import is ready: {address}   (Ctrl-C stops it)", flush=True)


def answers(port: int) -> bool:
    """Whether the application says that it is healthy. Not by urllib, which would ask a proxy where one is set."""
    connection = http.client.HTTPConnection(ADDRESS, port, timeout=60)
    try:
        # By a name that is always answered to; that of an address for all comers, 0.0.0.0, is not.
        connection.request("GET", "/_stcore/health", headers={"Host": "localhost"})
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


if __name__ == "__main__":
    main()

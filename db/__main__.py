"""Commands on the database.

``python -m db migrate | demo | check | distribute | workspace set-limit NAME LIMIT | workspace show NAME``
"""

import argparse
import sys

from sqlalchemy import Engine

from core import workspace_flow
from core.access import COMMAND_LINE, declare_process
from core.errors import NotFound
from core.workspace_flow import MAX_CONTACT_LIMIT
from db import check, demo, distribute, engine, starting, workspaces
from db.settings import DatabaseSettings
from db.transaction import without_time_limit


def main(arguments: list[str] | None = None) -> int:
    """0 where the command did its work, 1 where it found something wrong or could not begin.

    Which database it is goes to standard error: without the server's environment it is another one than the server's.
    """
    declare_process(COMMAND_LINE)
    options = make_parser().parse_args(arguments)
    try:
        settings = starting.read_settings()
        print(f"Database: {starting.describe(settings)}", file=sys.stderr)
        database = starting.start(settings)
    except starting.CannotStart as error:
        print(error, file=sys.stderr)
        return 1
    try:
        return options.command(database, settings, options)
    finally:
        engine.stop()


def make_parser() -> argparse.ArgumentParser:
    """The commands and their arguments; each sets ``command`` to its function."""
    parser = argparse.ArgumentParser(prog="python -m db", description="Commands on Lead Import's database.")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    starting.add_command(commands, "migrate", "bring the schema up to date, which every start does, too", run_migrate)
    starting.add_command(commands, "demo", "fill the workspace with practice leads, where it has none", run_demo)
    starting.add_command(commands, "check", "compare every counter with the truth; 1 where one is wrong", run_check)
    starting.add_command(commands, "distribute", "spread the tables over the nodes of a Citus cluster", run_distribute)
    workspace = commands.add_parser("workspace", help="show or change a workspace", description="Show or change a workspace.")
    acts = workspace.add_subparsers(required=True, metavar="COMMAND")
    show = starting.add_command(acts, "show", "show a workspace's active leads and its contact limit", run_show)
    set_limit = starting.add_command(acts, "set-limit", "set a workspace's contact limit", run_set_limit)
    for command in (show, set_limit):
        command.add_argument("name", metavar="NAME", help="the workspace")
    set_limit.add_argument("limit", metavar="LIMIT", type=int, help="how many active leads it may have")
    return parser


def run_migrate(database: Engine, settings: DatabaseSettings, options: argparse.Namespace) -> int:
    print("The schema is up to date.")  # engine.start() has done it
    return 0


def run_demo(database: Engine, settings: DatabaseSettings, options: argparse.Namespace) -> int:
    with database.begin() as conn:
        made = demo.fill(conn, workspace_id=settings.workspace)
    if made is None:
        print(f"The workspace “{settings.workspace}” has leads already; nothing was changed.")
        return 1
    print(
        f"The workspace “{settings.workspace}” now has {made.active} active leads, {made.deleted} soft-deleted ones, "
        f"and {made.campaigns} campaigns with {made.memberships} memberships."
    )
    return 0


def run_check(database: Engine, settings: DatabaseSettings, options: argparse.Namespace) -> int:
    with database.begin() as conn, without_time_limit(conn):  # it counts every lead
        faults = check.find_faults(conn)
    for fault in faults:
        print(fault, file=sys.stderr)
    print(f"{len(faults)} counters are wrong." if faults else "Every counter agrees with the truth.")
    return 1 if faults else 0


def run_distribute(database: Engine, settings: DatabaseSettings, options: argparse.Namespace) -> int:
    spread = distribute.distribute(database)
    if spread is None:
        print("This database has no Citus extension: one PostgreSQL holds everything, and nothing was changed.")
        return 0
    for placement in spread:
        print(f"{placement.table} is distributed by {placement.column}.")
    print(f"{len(spread)} tables were distributed." if spread else "Every table is distributed already.")
    return 0


def run_show(database: Engine, settings: DatabaseSettings, options: argparse.Namespace) -> int:
    with database.connect() as conn:
        row = workspaces.get_workspace(conn, workspace_id=options.name)
    if row is None:
        return say_unknown(options.name)
    print(f"{options.name}: {row.active_leads} active leads, contact limit {row.contact_limit}")
    return 0


def run_set_limit(database: Engine, settings: DatabaseSettings, options: argparse.Namespace) -> int:
    if not 0 <= options.limit <= MAX_CONTACT_LIMIT:
        print(f"The contact limit is a number from 0 to {MAX_CONTACT_LIMIT}.", file=sys.stderr)
        return 1
    try:
        workspace_flow.set_contact_limit(database, workspace_id=options.name, contact_limit=options.limit)
    except NotFound:
        return say_unknown(options.name)
    print(f"The contact limit of “{options.name}” is {options.limit}.")
    return 0


def say_unknown(name: str) -> int:
    print(f"There is no workspace “{name}”.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

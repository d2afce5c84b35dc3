"""Commands on the database.

``python -m db migrate | demo | check | distribute | workspace set-limit NAME LIMIT | workspace show NAME``
"""

import argparse
import sys

from sqlalchemy import Engine

from db import check, demo, distribute, engine, workspaces
from db.settings import DatabaseSettings


def main(arguments: list[str] | None = None) -> int:
    """0 where the command did its work, 1 where it found something wrong."""
    options = make_parser().parse_args(arguments)
    settings = DatabaseSettings.from_environment()
    database = engine.start(settings)
    try:
        return options.command(database, settings, options)
    finally:
        engine.stop()


def make_parser() -> argparse.ArgumentParser:
    """The commands and their arguments; each sets ``command`` to its function."""
    parser = argparse.ArgumentParser(prog="python -m db", description="Commands on Lead Import's database.")
    commands = parser.add_subparsers(required=True)
    commands.add_parser("migrate", help="bring the schema up to date").set_defaults(command=run_migrate)
    commands.add_parser("demo", help="fill the workspace with practice leads").set_defaults(command=run_demo)
    commands.add_parser("check", help="compare every counter with the truth").set_defaults(command=run_check)
    spread = commands.add_parser("distribute", help="spread the tables over the nodes of a Citus cluster")
    spread.set_defaults(command=run_distribute)
    workspace = commands.add_parser("workspace", help="show or change a workspace").add_subparsers(required=True)
    show = workspace.add_parser("show")
    show.add_argument("name")
    show.set_defaults(command=run_show)
    set_limit = workspace.add_parser("set-limit", help="set the contact limit")
    set_limit.add_argument("name")
    set_limit.add_argument("limit", type=int)
    set_limit.set_defaults(command=run_set_limit)
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
    with database.connect() as conn:
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
    if options.limit < 0:
        print("The contact limit cannot be negative.", file=sys.stderr)
        return 1
    with database.begin() as conn:
        if not workspaces.set_contact_limit(conn, workspace_id=options.name, contact_limit=options.limit):
            return say_unknown(options.name)
    print(f"The contact limit of “{options.name}” is {options.limit}.")
    return 0


def say_unknown(name: str) -> int:
    print(f"There is no workspace “{name}”.", file=sys.stderr)
    return 1


if __name__ == "__main__":
    sys.exit(main())

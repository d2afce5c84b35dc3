"""Commands on API keys: ``python -m api.keys create --name NAME | list | revoke ID_OR_NAME``.

`create` prints the new key alone on standard output, so that a script can take it; everything else goes to standard error.
"""

import argparse
import sys
from datetime import datetime

from sqlalchemy import Engine

from core.access import COMMAND_LINE, declare_process
from core.errors import LeadImportError
from core.key_flow import SCOPES, KeyRecord, create_key, list_keys, revoke_key
from core.workspace_flow import get_quota
from db import engine, starting


def main(arguments: list[str] | None = None) -> int:
    """0 where the command did its work, 1 where it could not."""
    declare_process(COMMAND_LINE)
    try:
        settings = starting.read_settings()
        options = make_parser(settings.workspace).parse_args(arguments)
        database = starting.start(settings)
    except starting.CannotStart as error:
        return fail(str(error))
    try:
        return options.command(database, options)
    except LeadImportError as error:
        return fail(error.message)
    finally:
        engine.stop()


def make_parser(workspace: str) -> argparse.ArgumentParser:
    """The commands and their arguments; each sets ``command`` to its function."""
    parser = argparse.ArgumentParser(prog="python -m api.keys", description="Make, list and revoke API keys.")
    parser.set_defaults(workspace=workspace)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    create = starting.add_command(commands, "create", "make a key and print it, once", run_create)
    create.add_argument("--name", required=True, help="what the key is for")
    create.add_argument("--scopes", default=",".join(SCOPES), help=f"some of {','.join(SCOPES)} (default: all)")
    show = starting.add_command(commands, "list", "list the keys, without their text", run_list)
    revoke = starting.add_command(commands, "revoke", "make a key useless, at once and for good", run_revoke)
    revoke.add_argument("key", metavar="ID_OR_NAME", help="its id (key_…), or its name where no other has it")
    for command in (create, show, revoke):
        command.add_argument("--workspace", default=argparse.SUPPRESS, help=f"default: {workspace}")
    return parser


def run_create(database: Engine, options: argparse.Namespace) -> int:
    scopes = [scope.strip() for scope in options.scopes.split(",") if scope.strip()]
    new = create_key(database, workspace_id=options.workspace, name=options.name, scopes=scopes)
    print(new.secret)
    print(
        f"Key “{new.record.name}” ({_id_text(new.record)}) of workspace “{options.workspace}” is made. "
        "It is shown this once; keep it safe.",
        file=sys.stderr,
    )
    return 0


def run_list(database: Engine, options: argparse.Namespace) -> int:
    get_quota(database, workspace_id=options.workspace)  # raises NotFound: an empty list would look like a workspace without keys
    print("id\tname\tkey\tscopes\tmade\tlast used\tstate")
    for key in list_keys(database, workspace_id=options.workspace):
        print(*_columns(key), sep="\t")
    return 0


def run_revoke(database: Engine, options: argparse.Namespace) -> int:
    keys = [
        key
        for key in list_keys(database, workspace_id=options.workspace)
        if options.key == _id_text(key) or (options.key == key.name and key.revoked_at is None)
    ]
    if not keys:
        return fail(f"There is no key “{options.key}” in workspace “{options.workspace}”.")
    if len(keys) > 1:
        ids = ", ".join(_id_text(key) for key in keys)
        return fail(f"{len(keys)} keys have the name “{options.key}”; give the id of one: {ids}")
    revoke_key(database, workspace_id=options.workspace, key_id=keys[0].id)
    print(f"Key “{keys[0].name}” ({_id_text(keys[0])}) is revoked.", file=sys.stderr)
    return 0


def fail(message: str) -> int:
    print(message, file=sys.stderr)
    return 1


def _id_text(key: KeyRecord) -> str:
    return f"key_{key.id.hex}"


def _columns(key: KeyRecord) -> tuple[str, ...]:
    return (
        _id_text(key),
        key.name,
        f"otr_…{key.hint}",
        ",".join(sorted(key.scopes)),
        _day_and_time(key.created_at),
        _day_and_time(key.last_used_at),
        "revoked" if key.revoked_at else "active",
    )


def _day_and_time(moment: datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else "never"


if __name__ == "__main__":
    sys.exit(main())

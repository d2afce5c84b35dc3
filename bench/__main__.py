"""``make bench``: measure what the claims of README and ARCHITECTURE rest on. Uses a database of its own.

Without a subject the quick ones: core, http, peers.
"""

import argparse
import shutil
import tempfile
from pathlib import Path

from bench import concurrency, core_import, growth, http_import, lead_pages, peers, results, screens
from core.access import COMMAND_LINE, declare_process
from core.process import tune_garbage_collector
from db import engine as db_engine
from db.settings import DatabaseSettings

#: Each has TITLE, and measure(engine, options), which returns a Table.
SUBJECTS = {
    "core": core_import,
    "http": http_import,
    "peers": peers,
    "growth": growth,
    "concurrency": concurrency,
    "screens": screens,
}
QUICK = ("core", "http", "peers")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("subjects", nargs="*", metavar="SUBJECT", help=f"some of {', '.join(SUBJECTS)}, leads")
    parser.add_argument("--rounds", type=int, default=30, help="rounds that count (default 30)")
    parser.add_argument("--large", action="store_true", help="growth up to five million leads: minutes, and 5 GB of disk")
    parser.add_argument("--save", action="store_true", help="keep the results in bench/RESULTS.md")
    options = parser.parse_args()
    if unknown := {*options.subjects} - {*SUBJECTS, "leads"}:
        parser.error(f"unknown: {', '.join(sorted(unknown))}")
    for subject in options.subjects or QUICK:
        run(subject, options)


def run(subject: str, options: argparse.Namespace) -> None:
    """Measure one subject in a new database, so that none inherits the tables of another."""
    home = Path(tempfile.mkdtemp(prefix="lead-import-bench-"))
    declare_process(COMMAND_LINE)
    try:
        engine = db_engine.start(DatabaseSettings(home=home, database_url=None))
        tune_garbage_collector()
        if subject == "leads":
            lead_pages.run(engine)
            return
        module = SUBJECTS[subject]
        table = module.measure(engine, options)
        results.show(module.TITLE, table)
        if options.save:
            results.save(subject, module.TITLE, table, results.describe_machine(engine))
    finally:
        db_engine.stop()
        shutil.rmtree(home, ignore_errors=True)


if __name__ == "__main__":
    main()

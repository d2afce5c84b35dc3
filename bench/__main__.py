"""``make bench``: print what the claims of README and ARCHITECTURE rest on. Uses a database of its own."""

import argparse
import shutil
import tempfile
from pathlib import Path

from bench import core_import, http_import, lead_pages
from core.access import COMMAND_LINE, declare_process
from core.process import tune_garbage_collector
from db import engine as db_engine
from db.settings import DatabaseSettings


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=30, help="rounds that count (default 30)")
    parser.add_argument("subject", nargs="?", choices=["imports", "leads"], default="imports", help="what is measured (default imports)")
    arguments = parser.parse_args()
    rounds = arguments.rounds
    home = Path(tempfile.mkdtemp(prefix="lead-import-bench-"))
    declare_process(COMMAND_LINE)
    try:
        engine = db_engine.start(DatabaseSettings(home=home, database_url=None))
        tune_garbage_collector()
        if arguments.subject == "leads":
            lead_pages.run(engine)
            return
        for subject in (core_import, http_import):
            print_ratios(f"{subject.TITLE}; medians of {rounds} interleaved rounds", subject.measure(engine, rounds=rounds), subject.GOALS)
    finally:
        db_engine.stop()
        shutil.rmtree(home, ignore_errors=True)


def print_ratios(title: str, ratios: dict[str, float], goals: dict[str, float]) -> None:
    """One line per scenario: ratio to a bare COPY of the same rows, and the goal."""
    bare_ms = ratios.pop("bare COPY, ms")
    print(title)
    print(f"  {'bare COPY of 1000 rows':<32} 1.00   ({bare_ms:.1f} ms)")
    for name, ratio in ratios.items():
        print(f"  {name:<32} {ratio:.2f}   goal {goals[name]}", flush=True)


if __name__ == "__main__":
    main()

"""``make bench``: print what the claims of README and ARCHITECTURE rest on. Uses a database of its own."""

import argparse
import shutil
import tempfile
from pathlib import Path

from bench import core_import
from core.process import tune_garbage_collector
from db import engine as db_engine
from db.settings import DatabaseSettings


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--rounds", type=int, default=30, help="rounds that count (default 30)")
    rounds = parser.parse_args().rounds
    home = Path(tempfile.mkdtemp(prefix="lead-import-bench-"))
    try:
        engine = db_engine.start(DatabaseSettings(home=home, database_url=None))
        tune_garbage_collector()
        print_core_import(core_import.measure(engine, rounds=rounds), rounds)
    finally:
        db_engine.stop()
        shutil.rmtree(home, ignore_errors=True)


def print_core_import(ratios: dict[str, float], rounds: int) -> None:
    """One line per scenario: ratio to a bare COPY of the same rows, and the goal."""
    bare_ms = ratios.pop("bare COPY, ms")
    print(f"core import of 1000 rows, ledger included; medians of {rounds} interleaved rounds")
    print(f"  {'bare COPY of 1000 rows':<32} 1.00   ({bare_ms:.1f} ms)")
    for name, ratio in ratios.items():
        print(f"  {name:<32} {ratio:.2f}   goal {core_import.GOALS[name]}")


if __name__ == "__main__":
    main()

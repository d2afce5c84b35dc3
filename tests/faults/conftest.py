"""How often each fault comes, from which seed, and the table of what came of them.

`make faults` runs the long form (FAULTS=long), `make test` a short one. A round is named by its kind and number; together
with FAULT_SEED they choose its moment, so `FAULTS=long pytest tests/faults -k "backend-killed-17"` meets it again.
"""

import os
import random
import statistics
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

import pytest

from tests.faults.house import House
from tests.faults.scenario import Damage

IS_LONG = os.environ.get("FAULTS", "short") == "long"
SEED = os.environ.get("FAULT_SEED", "lead-import")

_PROPERTY = "fault"


@dataclass(frozen=True, slots=True)
class Outcome:
    """One line of the results: what one injected fault did, and how long until the import was complete."""

    kind: str
    lost: int
    doubled: int
    half_written: int
    recovery_s: float


@dataclass(slots=True)
class Round:
    """One fault to inject: its kind, its number, and the generator that chooses its moment."""

    kind: str
    number: int
    rng: random.Random
    report: Callable[[Outcome], None]

    def note(self, damage: Damage, recovery_s: float) -> None:
        """Enter the fault in the table, then fail where it did any harm."""
        counts = {name: len(found) for name, found in asdict(damage).items()}
        self.report(Outcome(self.kind, **counts, recovery_s=recovery_s))
        assert not damage, damage


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "rounds(kind, short, long): how often this fault is injected")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    marker = metafunc.definition.get_closest_marker("rounds")
    if marker:
        kind, short, long = marker.args
        numbers = range(1, (long if IS_LONG else short) + 1)
        metafunc.parametrize("fault", [(kind, number) for number in numbers], indirect=True, ids=lambda at: f"{at[0]}-{at[1]}")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Rounds of which this form has none are not there; pytest would report them as skipped."""
    left_out = [
        item for item in items
        if (marker := item.get_closest_marker("rounds")) and not marker.args[2 if IS_LONG else 1]
    ]  # fmt: skip
    items[:] = [item for item in items if item not in left_out]
    config.hook.pytest_deselected(items=left_out)


@pytest.fixture
def fault(request: pytest.FixtureRequest) -> Round:
    """The round of this test."""
    kind, number = request.param

    def report(outcome: Outcome) -> None:
        request.node.user_properties.append((_PROPERTY, asdict(outcome)))

    return Round(kind, number, random.Random(f"{SEED}/{kind}/{number}"), report)


@pytest.fixture(scope="session")
def house() -> Iterator[House]:
    """A PostgreSQL, a proxy before it, and the product behind the proxy; for faults alone."""
    house = House()
    yield house
    house.close()


def pytest_report_header() -> str:
    return f"faults: {'long' if IS_LONG else 'short'} form, FAULT_SEED={SEED}"


def pytest_terminal_summary(terminalreporter: Any) -> None:
    outcomes = [
        Outcome(**value)
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, value in report.user_properties
        if name == _PROPERTY
    ]
    if outcomes and IS_LONG:
        terminalreporter.section("faults")
        terminalreporter.write_line(f"FAULT_SEED={SEED}")
        for line in table(outcomes):
            terminalreporter.write_line(line)


def table(outcomes: list[Outcome]) -> list[str]:
    """The results as lines of a Markdown table, with their sum."""
    kinds = sorted({outcome.kind for outcome in outcomes})
    header = ["fault", "injected", "lost", "doubled", "half-written", "p50", "p95", "max"]
    lines = [header, ["---", *["---:"] * 7]]
    lines += [_line(kind, [outcome for outcome in outcomes if outcome.kind == kind]) for kind in kinds]
    lines.append(_line("all", outcomes))
    widths = [max(len(line[i]) for line in lines) for i in range(len(header))]
    return ["| " + " | ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)) + " |" for line in lines]


def _line(name: str, outcomes: list[Outcome]) -> list[str]:
    times = sorted(outcome.recovery_s for outcome in outcomes)
    p95 = statistics.quantiles(times, n=20, method="inclusive")[-1] if len(times) > 1 else times[0]
    sums = [sum(getattr(outcome, column) for outcome in outcomes) for column in ("lost", "doubled", "half_written")]
    seconds = (statistics.median(times), p95, times[-1])
    return [name, str(len(outcomes)), *map(str, sums), *[f"{second:.2f} s" for second in seconds]]

"""The wizard's steps on the server, from the upload to the report: time, and memory above that of an idle process.

Each case runs in a process of its own on a database of its own server, with everything loaded before it begins. The memory is
the most that the process had in use (its peak resident size) up to the end of the step, less what it had idle.
"""

import io
import json
import resource
import subprocess
import sys
import time
from argparse import Namespace
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any

from openpyxl import Workbook
from sqlalchemy import Engine

from bench.core_import import make_workspace
from bench.people import make_drafts
from bench.results import Table
from core import draft_flow, report_flow, run_flow
from core.access import COMMAND_LINE, declare_process
from core.process import tune_garbage_collector
from core.records import Preview
from db.engine import make_engine
from db.jobs import driver_url

TITLE = "screens: server time and memory of the wizard's steps"
SIZES = (1000, 50_000)
KINDS = ("csv", "xlsx")
STEPS = ("upload", "map", "preview", "preview again", "import", "report", "report as CSV")
#: What 50,000 rows of CSV may take above an idle process, from the upload to the report.
GOAL_MB = 400
NOTE = f"Goal: {GOAL_MB} MB for 50,000 rows of CSV. The workbook is read in a process of its own, whose memory is not in these figures."
ROOT = Path(__file__).resolve().parents[1]


def measure(engine: Engine, options: Namespace) -> Table:
    """Milliseconds of each step and peak megabytes, by kind and size of the file."""
    rows = []
    for kind in KINDS:
        for size in SIZES:
            with NamedTemporaryFile(suffix=f".{kind}") as file:
                # Made here: what making it leaves behind in a process would pass for idle memory there.
                Path(file.name).write_bytes(make_file(kind, size))
                steps = measure_apart(engine, file.name)
            peak = max(mb for _, mb in steps.values())
            rows.append([f"{size:,} rows, {kind.upper()}", *(f"{steps[step][0]:,.0f} ms" for step in STEPS), f"{peak:,.0f} MB"])
    return Table(["", *STEPS, "memory"], rows, NOTE)


def measure_apart(engine: Engine, path: str) -> dict[str, tuple[float, float]]:
    """run_case in a process of its own."""
    command = [sys.executable, "-W", "ignore", "-m", "bench.screens", driver_url(engine), make_workspace(engine), path]
    answer = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    return json.loads(answer.splitlines()[-1])


def run_case(url: str, workspace_id: str, path: str) -> dict[str, tuple[float, float]]:
    """Milliseconds of each step, and the peak of memory up to its end in MB above idle."""
    declare_process(COMMAND_LINE)
    engine = make_engine(url)
    kind, content = Path(path).suffix[1:], Path(path).read_bytes()
    walk_through(engine, make_workspace(engine), kind, make_file(kind, 10), lambda _, work: work())  # loads everything
    tune_garbage_collector()
    idle = current_mb()
    forget_peak()
    steps = {}

    def timed(step: str, work: Callable[[], Any]) -> Any:
        start = time.perf_counter()
        result = work()
        steps[step] = ((time.perf_counter() - start) * 1000, peak_mb() - idle)
        return result

    walk_through(engine, workspace_id, kind, content, timed)
    return steps


def walk_through(engine: Engine, workspace_id: str, kind: str, content: bytes, step: Callable[[str, Callable[[], Any]], Any]) -> None:
    """What the screens ask of core, from the upload to the report."""
    record = step(
        "upload",
        lambda: draft_flow.create_draft(
            engine, workspace_id=workspace_id, file_name=f"leads.{kind}", content=content, created_by="bench"
        ),
    )
    place = {"workspace_id": workspace_id, "import_id": record.id}

    def map_columns() -> None:
        draft_flow.save_mapping(engine, **place, mapping=draft_flow.propose(engine, **place).mapping)

    def run() -> None:
        run_flow.start_import(engine, **place, in_parts=True)
        run_flow.run_import(engine, **place)

    def preview() -> Preview:
        return draft_flow.preview(engine, **place)

    step("map", map_columns)
    step("preview", preview)
    step("preview again", preview)
    step("import", run)
    report = step("report", lambda: report_flow.load_report(engine, **place))
    if report.record.counts["created"] != record.row_count:
        raise RuntimeError(f"not all was imported: {report.record.counts}")
    step("report as CSV", lambda: report_flow.report_csv(engine, **place))


def make_file(kind: str, size: int) -> bytes:
    """A file of ``size`` leads with a header row."""
    lines = [*_lines(size)]
    if kind == "csv":
        return "\n".join([",".join([f'"{cell}"' for cell in line]) for line in lines]).encode()
    workbook = Workbook(write_only=True)
    sheet = workbook.create_sheet("Leads")
    for line in lines:
        sheet.append(line)
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def _lines(size: int) -> Iterator[list[str]]:
    yield ["Email", "First name", "Last name", "Company", "Job title", "Phone", "LinkedIn", "Website", "Notes", "Budget"]
    names = ("email", "first_name", "last_name", "company", "title", "phone", "linkedin_url", "website", "notes")
    for i, draft in enumerate(make_drafts(size, "bench")):
        yield [*(str(draft[name]) for name in names), str(i * 10)]


def current_mb() -> float:
    """Memory in use now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def forget_peak() -> None:
    """Linux counts the peak anew from here."""
    Path("/proc/self/clear_refs").write_text("5")


def peak_mb() -> float:
    """The most memory in use since forget_peak."""
    [line] = [line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 2**10


if __name__ == "__main__":
    print(json.dumps(run_case(*sys.argv[1:])))

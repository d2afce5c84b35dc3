"""Reads a workbook in a process of its own, so that one that brings down the reader does not bring down the app.

``python -m core.workbook_process`` takes a line of JSON, ``[kind, sheet name]``, and then the workbook on its standard
input, and answers with JSON: ``{"sheet": …}`` or ``{"issue": …}``.
"""

import json
import os
import subprocess
import sys
from contextlib import suppress
from dataclasses import asdict, fields
from pathlib import Path

from core.errors import FileRefused
from core.issues import Issue, make_issue
from core.raw_sheet import RawSheet, WorkbookKind
from core.records import Sheet
from core.workbook_reading import read_sheet

ROOT = Path(__file__).parent.parent

#: The largest file of any kind takes a few seconds.
TIME_LIMIT_S = 30

#: The largest sheet takes half of it, the program itself included.
MEMORY_LIMIT_BYTES = 1536 * 1024 * 1024

#: The process needs nothing else of the surroundings, least of all the secrets.
PASSED_VARIABLES = ("PATH", "SYSTEMROOT", "LD_LIBRARY_PATH", "TMPDIR", "TEMP")


def read_sheet_apart(kind: WorkbookKind, content: bytes, sheet_name: str | None = None) -> RawSheet:
    """As workbook_reading.read_sheet. A process that dies, or is not done in time, means a damaged file."""
    try:
        done = subprocess.run(
            [sys.executable, "-m", "core.workbook_process"],
            input=json.dumps([kind, sheet_name]).encode() + b"\n" + content,
            capture_output=True,
            cwd=ROOT,
            env={name: os.environ[name] for name in PASSED_VARIABLES if name in os.environ},
            timeout=TIME_LIMIT_S,
            check=True,
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        raise FileRefused(make_issue("file-damaged")) from None
    answer = json.loads(done.stdout)
    if "issue" in answer:
        raise FileRefused(Issue(**answer["issue"]))
    return _unpack(answer["sheet"])


def answer_request(request: bytes) -> bytes:
    """What the process answers."""
    head, _, content = request.partition(b"\n")
    kind, sheet_name = json.loads(head)
    try:
        answer = {"sheet": _pack(read_sheet(kind, content, sheet_name))}
    except FileRefused as refused:
        answer = {"issue": asdict(refused.issue)}
    return json.dumps(answer).encode()


def _pack(sheet: RawSheet) -> dict:
    packed = {field.name: getattr(sheet, field.name) for field in fields(sheet)}  # asdict would copy every cell
    packed["sheets"] = [asdict(entry) for entry in sheet.sheets]
    for name in ("error_values", "inexact_numbers"):
        packed[name] = [[*place, text] for place, text in packed[name].items()]
    return packed


def _unpack(packed: dict) -> RawSheet:
    for name in ("error_values", "inexact_numbers"):
        packed[name] = {(row, place): text for row, place, text in packed[name]}
    for name in ("uncalculated", "merged"):
        packed[name] = [tuple(places) for places in packed[name]]
    packed["sheets"] = tuple(Sheet(**sheet) for sheet in packed["sheets"])
    return RawSheet(**packed)


def _limit_memory() -> None:
    with suppress(ImportError, ValueError, OSError):  # not every system has such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_LIMIT_BYTES, MEMORY_LIMIT_BYTES))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    _limit_memory()
    sys.stdout.buffer.write(answer_request(sys.stdin.buffer.read()))

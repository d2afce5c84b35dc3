"""The files that the browser tests upload. Each test brings a domain of its own, so that tests can share a product."""

import io
from collections.abc import Iterable, Sequence

import openpyxl

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def csv_bytes(rows: Iterable[Sequence[str]], *, delimiter: str = ",", encoding: str = "utf-8") -> bytes:
    """The rows as a text file. No cell here needs quotes."""
    return "".join(delimiter.join(row) + "\n" for row in rows).encode(encoding)


def xlsx_bytes(sheets: dict[str, Iterable[Sequence[object]]]) -> bytes:
    """A workbook with these sheets, in this order."""
    workbook = openpyxl.Workbook()
    workbook.remove(workbook.active)
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    file = io.BytesIO()
    workbook.save(file)
    return file.getvalue()


def many_leads(domain: str, count: int) -> bytes:
    """A clean file of that many different leads, as CSV. The first one stands in row 2."""
    header = [("Email", "First Name", "Company")]
    return csv_bytes(header + [(f"lead{n}@{domain}", f"Name {n}", f"Company {n % 97}") for n in range(count)])

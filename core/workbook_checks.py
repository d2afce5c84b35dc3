"""What is checked about a workbook before the reader opens it, and what the reader cannot see."""


def check_workbook(kind: str, content: bytes) -> None:
    """Raises FileRefused where opening the workbook would cost more than the limits allow."""


def find_error_values(kind: str, content: bytes, sheet_name: str) -> dict[tuple[int, int], str]:
    """Formula errors by (row number, index of the column); the reader gives them as empty cells."""
    return {}

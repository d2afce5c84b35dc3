"""How much of a file an earlier file held: each row as eight bytes, kept with the file. Pure.

A row is its filled cells, trimmed, in any order of the columns; so a file that was saved again, in another format or with
its columns moved, is still the same. Eight bytes of a good hash meet by chance once in 10^19 pairs.
"""

from collections.abc import Sequence
from hashlib import blake2b

from core.records import Table

HASH_BYTES = 8
#: From this share of its rows on, a file is worth a word.
MIN_SHARE = 0.5


def hash_rows(table: Table) -> bytes:
    """The hashes of all rows, HASH_BYTES each, ascending. The header and the order of the rows do not matter."""
    return b"".join(sorted([_hash_row(row) for row in table.rows]))


def shared_part(hashes: bytes, earlier: bytes) -> float:
    """The share, 0 to 1, of the rows of a file that are among those of an earlier file."""
    known = {*_numbers(earlier)}
    rows = _numbers(hashes)
    return sum(map(known.__contains__, rows)) / len(rows) if len(rows) else 0.0


def _hash_row(row: Sequence[str]) -> bytes:
    cells = sorted(filter(None, map(str.strip, row)))
    return blake2b("\x1f".join(cells).encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES).digest()


def _numbers(hashes: bytes) -> memoryview:
    return memoryview(hashes).cast("Q")

"""The parts of a zipped workbook, unpacked bit by bit and never further than the limits allow.

The sizes that an archive declares can lie, and the workbook reader believes the data, not the declaration. So each
part is unpacked once here, in pieces, and counted; a part that is larger than declared is damage or a trap.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator

from core.errors import FileRefused
from core.file_limits import LARGE_UNPACKED_BYTES, MAX_PACKING, MAX_UNPACKED_BYTES, MAX_ZIP_ENTRIES
from core.issues import make_issue

PIECE_BYTES = 1024 * 1024
_LOCAL_HEADER = struct.Struct("<4s22xHH")


class ZipParts:
    """The parts of an archive by name. Raises FileRefused where the archive is damaged, encrypted or declares too much."""

    def __init__(self, content: bytes) -> None:
        self._content = memoryview(content)
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                self._entries = archive.infolist()
        except Exception:  # whatever zipfile makes of a broken archive: BadZipFile, OSError, struct.error, ...
            raise FileRefused(make_issue("file-damaged")) from None
        if any(entry.flag_bits & 1 for entry in self._entries):
            raise FileRefused(make_issue("file-encrypted"))
        if len(self._entries) > MAX_ZIP_ENTRIES:
            raise FileRefused(make_issue("file-unsafe", what=f"{len(self._entries):,} parts"))
        unpacked = sum(entry.file_size for entry in self._entries)
        if unpacked > MAX_UNPACKED_BYTES:
            raise refuse_unpacked_size()
        if unpacked > max(LARGE_UNPACKED_BYTES, MAX_PACKING * len(content)):
            raise FileRefused(make_issue("file-unsafe", what=f"data packed {unpacked // len(content):,} times smaller"))

    def names(self) -> list[str]:
        """The names as they stand in the archive; one may stand there twice."""
        return [entry.filename for entry in self._entries]

    def read(self, name: str) -> bytes:
        """One part as a whole, b"" where there is none."""
        return b"".join(piece for entry in self._entries if entry.filename == name for piece in self._unpack(entry))

    def pieces(self) -> Iterator[tuple[str, Iterator[bytes]]]:
        """Each part with its pieces of at most PIECE_BYTES; doubles of a name come as often as they are there."""
        for entry in self._entries:
            yield entry.filename, self._unpack(entry)

    def _unpack(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        packed = self._packed_data(entry)
        size = 0
        for piece in _inflate(packed) if entry.compress_type == zipfile.ZIP_DEFLATED else [bytes(packed)]:
            size += len(piece)
            if size > entry.file_size:
                raise FileRefused(make_issue("file-damaged"))
            yield piece

    def _packed_data(self, entry: zipfile.ZipInfo) -> memoryview:
        header = self._content[entry.header_offset : entry.header_offset + _LOCAL_HEADER.size]
        if len(header) < _LOCAL_HEADER.size or entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise FileRefused(make_issue("file-damaged"))
        magic, name_length, extra_length = _LOCAL_HEADER.unpack(header)
        start = entry.header_offset + _LOCAL_HEADER.size + name_length + extra_length
        if magic != b"PK\x03\x04" or start + entry.compress_size > len(self._content):
            raise FileRefused(make_issue("file-damaged"))
        return self._content[start : start + entry.compress_size]


def _inflate(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    rest: bytes | memoryview = packed
    try:
        while not inflater.eof:
            piece = inflater.decompress(rest, PIECE_BYTES)
            rest = inflater.unconsumed_tail
            if not piece and not rest:
                break
            yield piece
    except zlib.error:
        raise FileRefused(make_issue("file-damaged")) from None


def refuse_unpacked_size() -> FileRefused:
    """The exception for a workbook that unpacks to more than the limit."""
    return FileRefused(make_issue("file-unpacks-too-large", limit_mb=MAX_UNPACKED_BYTES // 1024 // 1024))

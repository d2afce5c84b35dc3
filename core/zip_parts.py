"""The parts of a zipped workbook, unpacked bit by bit and never further than the limits allow.

The sizes that an archive declares can lie, and the workbook reader believes the data, not the declaration. So each
part that the reader is to see is unpacked once here, in pieces, and counted; a part that is larger than declared is
damage or a trap. The reader then gets an archive of those parts alone (``repack``).
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping

from core.errors import FileRefused
from core.file_limits import (
    LARGE_UNPACKED_BYTES,
    MAX_PACKING,
    MAX_PART_PACKING,
    MAX_UNPACKED_BYTES,
    MAX_ZIP_ENTRIES,
)
from core.issues import make_issue

PIECE_BYTES = 1024 * 1024
#: An empty part of a repacked archive; zipfile rewrites the directory only where something was written.
CHECKED_MARK = "checked"
_LOCAL_HEADER = struct.Struct("<4s22xHH")


class ZipParts:
    """The parts of an archive by name. Raises FileRefused where the archive is damaged, encrypted or declares too much.

    Names are compared without case and with “/” between folders, as workbook readers do; of doubles the last one counts.
    """

    def __init__(self, content: bytes) -> None:
        self._content = memoryview(content)
        try:
            with zipfile.ZipFile(io.BytesIO(content)) as archive:
                entries = archive.infolist()
        except Exception:  # whatever zipfile makes of a broken archive: BadZipFile, OSError, struct.error, ...
            raise FileRefused(make_issue("file-damaged")) from None
        if any(entry.flag_bits & 1 for entry in entries):
            raise FileRefused(make_issue("file-encrypted"))
        if len(entries) > MAX_ZIP_ENTRIES:
            raise FileRefused(make_issue("file-unsafe", what=f"{len(entries):,} parts"))
        unpacked = sum(entry.file_size for entry in entries)
        if unpacked > MAX_UNPACKED_BYTES:
            raise refuse_unpacked_size()
        _check_packing(unpacked, len(content), MAX_PACKING)
        self._entries = {_plain(entry.filename): entry for entry in entries}

    def names(self) -> list[str]:
        """The names as they stand in the archive."""
        return [entry.filename for entry in self._entries.values()]

    def read(self, name: str) -> bytes:
        """One part as a whole, b"" where there is none."""
        return b"".join(self.pieces(name))

    def pieces(self, name: str) -> Iterator[bytes]:
        """One part in pieces of at most PIECE_BYTES; nothing where there is none."""
        entry = self._entries.get(_plain(name))
        return iter(()) if entry is None else self._unpack(entry)

    def repack(self, names: Iterable[str], replaced: Mapping[str, bytes] | None = None) -> bytes:
        """An archive in which nothing but the named parts is to be found; ``replaced`` are parts with other contents."""
        wanted = {_plain(name) for name in names if name not in (replaced or ())}
        stream = io.BytesIO(self._content)
        with zipfile.ZipFile(stream, "a") as archive:  # rewrites the directory behind the parts; they stay packed
            archive.filelist[:] = [entry for name, entry in self._entries.items() if name in wanted]
            archive.NameToInfo.clear()
            for name, data in {CHECKED_MARK: b"", **(replaced or {})}.items():
                archive.writestr(name, data, zipfile.ZIP_DEFLATED, compresslevel=1)
        return stream.getvalue()

    def _unpack(self, entry: zipfile.ZipInfo) -> Iterator[bytes]:
        packed = self._packed_data(entry)
        _check_packing(entry.file_size, entry.compress_size, MAX_PART_PACKING)
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


def _plain(name: str) -> str:
    return name.replace("\\", "/").lower().lstrip("/")


def _check_packing(unpacked: int, packed: int, limit: int) -> None:
    if unpacked > max(LARGE_UNPACKED_BYTES, limit * packed):
        times = unpacked // max(packed, 1)
        raise FileRefused(make_issue("file-unsafe", what=f"data packed {times:,} times smaller"))


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

"""What a file is, judged by its content. Its name is not asked: an XLSX named .csv is read as what it is."""

import io
import re
import zipfile
from typing import Literal

from core.errors import FileRefused
from core.issues import make_issue

FileKind = Literal["csv", "xlsx", "xlsb", "xls", "ods"]

OLE2_MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP_MAGICS = (b"PK\x03\x04", b"PK\x05\x06")

#: Other files by their first bytes. Two-letter beginnings could be text, so they count only together with a NUL.
_MAGICS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "a PDF document"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF8", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ\x00", "a compressed file (xz)"),
    (b"\x28\xb5\x2f\xfd", "a compressed file (zstd)"),
    (b"7z\xbc\xaf\x27\x1c", "a 7-Zip archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"{\\rtf", "a text document (RTF)"),
    (b"SQLite format 3\x00", "a database (SQLite)"),
    (b"PAR1", "a Parquet file"),
    (b"\x7fELF", "a program"),
    (b"ID3", "a sound file"),
    (b"OggS", "a sound file"),
    (b"\x00\x01\x00\x00Standard", "a database (Access)"),
)
_MAGICS_WITH_NUL: tuple[tuple[bytes, str], ...] = ((b"MZ", "a program"), (b"BM", "a picture"), (b"RIFF", "a media file"))

#: Texts that are no tables, by how they begin (white space and letter case aside).
_TEXT_STARTS: tuple[tuple[re.Pattern[bytes], str], ...] = (
    (re.compile(rb"<!doctype html|<html|<table|<head|<body", re.I), "a web page"),
    (re.compile(rb"<\?xml|<!doctype|<svg", re.I), "an XML document"),
    (re.compile(rb'\{\s*("|\})|\[\s*(\{|\[|\])'), "a JSON document"),
    (re.compile(rb"begin:vcard", re.I), "a contact card (vCard)"),
)

#: Zip archives by an entry that only they have.
_ZIP_PARTS: tuple[tuple[str, str], ...] = (
    ("word/document.xml", "a Word document"),
    ("ppt/presentation.xml", "a PowerPoint presentation"),
    ("index/document.iwa", "a Numbers or Pages document"),
    ("meta-inf/manifest.mf", "a program (Java)"),
    ("androidmanifest.xml", "a program (Android)"),
)
_MIMETYPES: tuple[tuple[bytes, str], ...] = (
    (b"application/vnd.oasis.opendocument.text", "a text document (ODT)"),
    (b"application/vnd.oasis.opendocument.presentation", "a presentation (ODP)"),
    (b"application/vnd.oasis.opendocument", "an OpenDocument file"),
    (b"application/epub", "an e-book"),
)
ODS_MIMETYPE = b"application/vnd.oasis.opendocument.spreadsheet"

#: OLE2 files by the name of a stream in their directory.
_OLE2_STREAMS: tuple[tuple[str, str], ...] = (
    ("WordDocument", "a Word document"),
    ("PowerPoint Document", "a PowerPoint presentation"),
    ("__substg1.0_", "an Outlook message"),
)

_control_bytes = bytes([*range(9), 11, *range(14, 26), *range(28, 32)])
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff", b"\x00\x00\xfe\xff")


def find_kind(content: bytes) -> FileKind:
    """The kind of a file that we can read; raises FileRefused with the plain name of what it is otherwise."""
    if content.startswith(ZIP_MAGICS):
        return _find_zip_kind(content)
    if content.startswith(OLE2_MAGIC):
        return _find_ole2_kind(content)
    _refuse_other_files(content)
    return "csv"


def refuse_type(found: str) -> FileRefused:
    """The exception that says what the file is instead of a spreadsheet."""
    return FileRefused(make_issue("file-type-unknown", found=found))


def _find_zip_kind(content: bytes) -> FileKind:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = {name.replace("\\", "/").lower().lstrip("/") for name in archive.namelist()}
            is_encrypted = any(entry.flag_bits & 1 for entry in archive.infolist())
            mimetype = _read_start(archive, "mimetype")
    except Exception:  # whatever zipfile makes of a broken archive: OSError, BadZipFile, struct.error, ...
        raise FileRefused(make_issue("file-damaged")) from None
    if is_encrypted or "encrypted-package" in names:
        raise FileRefused(make_issue("file-encrypted"))
    if "xl/workbook.xml" in names:
        return "xlsx"
    if "xl/workbook.bin" in names:
        return "xlsb"
    if mimetype.startswith(ODS_MIMETYPE):
        return "ods"
    for start, found in _MIMETYPES:
        if mimetype.startswith(start):
            raise refuse_type(found)
    raise refuse_type(next((found for part, found in _ZIP_PARTS if part in names), "a ZIP archive"))


def _read_start(archive: zipfile.ZipFile, name: str) -> bytes:
    if name not in archive.namelist() or archive.getinfo(name).flag_bits & 1:
        return b""
    with archive.open(name) as stream:
        return stream.read(200).strip()


def _find_ole2_kind(content: bytes) -> FileKind:
    def has_stream(name: str) -> bool:
        return name.encode("utf-16-le") in content

    if has_stream("EncryptedPackage"):
        raise FileRefused(make_issue("file-encrypted"))
    for name, found in _OLE2_STREAMS:
        if has_stream(name):
            raise refuse_type(found)
    if has_stream("Workbook") or has_stream("Book"):
        return "xls"
    raise FileRefused(make_issue("file-damaged"))


def _refuse_other_files(content: bytes) -> None:
    sample = content[:65536]
    has_nul = b"\x00" in sample
    for magic, found in _MAGICS + (_MAGICS_WITH_NUL if has_nul else ()):
        if content.startswith(magic):
            raise refuse_type(found)
    if has_nul and content[4:8] == b"ftyp":
        raise refuse_type("a film or a picture")
    start = sample.removeprefix(b"\xef\xbb\xbf").lstrip()[:200]
    if start.startswith((b"\xff\xfe", b"\xfe\xff")):
        start = start[2:].replace(b"\x00", b"")
    for pattern, found in _TEXT_STARTS:
        if pattern.match(start):
            raise refuse_type(found)
    if _is_binary(sample):
        raise refuse_type("a binary file")


def _is_binary(sample: bytes) -> bool:
    """Whether there are more control characters than strays. The NULs of UTF-16 and UTF-32 do not count."""
    if sample.startswith(_WIDE_MARKS):
        return False
    even, odd = sample[::2], sample[1::2]
    if odd and (_share_of_nuls(odd) > 0.3) != (_share_of_nuls(even) > 0.3):
        sample = odd if _share_of_nuls(even) > 0.3 else even
    controls = len(sample) - len(sample.translate(None, _control_bytes))
    return controls > 3 and controls > 0.01 * len(sample)


def _share_of_nuls(data: bytes) -> float:
    return data.count(0) / len(data) if data else 0.0

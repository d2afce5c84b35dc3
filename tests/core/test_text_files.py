"""CSV, TSV and TXT: one sample file per oddity, and what it must give."""

from pathlib import Path

import pytest

from core.errors import FileRefused
from core.parsing import parse_file
from core.text_encoding import find_encoding
from core.text_files import find_delimiter
from tests.factories import brief

DATA = Path(__file__).parent.parent / "data"


def parse(name, options=None):
    return parse_file(name, (DATA / name).read_bytes(), options)


@pytest.mark.parametrize(
    ("name", "encoding", "delimiter", "words"),
    [
        ("simple.csv", "utf-8", ",", "Anna Ben"),
        ("utf8-bom.csv", "utf-8", ";", "Änne Müller Köln Jörg Groß Düsseldorf"),
        ("utf16-le-bom.txt", "utf-16-le", "\t", "Änne Müller Köln Jörg Groß Düsseldorf"),
        ("utf16-be-no-bom.csv", "utf-16-be", ";", "Änne Müller Köln Jörg Groß Düsseldorf"),
        ("utf32.csv", "utf-32-le", ";", "Änne Müller Köln Jörg Groß Düsseldorf"),
        ("german-cp1252.csv", "cp1252", ";", "Änne Müller Köln Jörg Groß Düsseldorf"),
        ("french-cp1252.csv", "cp1252", ";", "Zoé L’Été à Nîmes Loïc Forêt où ça"),
        ("german-mac.csv", "mac_roman", ";", "Änne Müller Köln Jörg Groß Düsseldorf"),
        ("german-dos.csv", "cp850", ";", "Änne Müller Köln Jörg Groß Düsseldorf"),
        ("polish-cp1250.csv", "cp1250", ";", "Małgorzata Łódź Święty Gdańsk"),
        ("russian-cp1251.csv", "cp1251", ";", "Анна Иванова Москва Борис Новосибирск"),
        ("chinese-gb18030.csv", "gb18030", ",", "王伟 上海阿克米有限公司 李芳 北京测试股份有限公司"),
        ("japanese-sjis.csv", "cp932", ",", "山田花子 株式会社アクメ 鈴木太郎 東京テスト株式会社"),
    ],
)
def test_encoding_and_delimiter_are_found(name, encoding, delimiter, words):
    table = parse(name)
    assert (table.format.encoding, table.format.delimiter, table.format.header_row) == (encoding, delimiter, 1)
    assert " ".join(cell for row in table.rows for cell in row[1:]) == words
    assert table.issues == ()


@pytest.mark.parametrize(
    ("name", "columns", "rows"),
    [
        (
            "sep-line.csv",
            ("Email", "Note"),
            {3: ("anna@acme.com", "a;b;c")},
        ),
        (
            "tabs.tsv",
            ("Email", "Name", "Tags"),
            {2: ("anna@acme.com", "Miller, Anna", "a;b"), 3: ("ben@acme.com", "Smith, Ben", "c;d")},
        ),
        (
            "tags-with-semicolons.csv",
            ("email", "tags"),
            {2: ("anna@acme.com", "a;b;c"), 3: ("ben@acme.com", "d;e;f"), 4: ("cid@acme.com", "g;h;i")},
        ),
        (
            "one-column.txt",
            ("Column A",),
            {1: ("anna@acme.com",), 2: ("ben@acme.com",), 4: ("cid@acme.com",)},
        ),
        (
            "no-header.csv",
            ("Column A", "Column B", "Column C"),
            {1: ("anna@acme.com", "Anna", "Acme"), 2: ("ben@acme.com", "Ben", "")},
        ),
        (
            "quoted-breaks.csv",
            ("Email", "Note"),
            {2: ("anna@acme.com", "one\ntwo"), 4: ("ben@acme.com", "three")},
        ),
        (
            "stray-quotes.csv",
            ("Email", "Size"),
            {2: ("anna@acme.com", '17" screen'), 3: ("ben@acme.com", 'say "hi"')},
        ),
        (
            "marked.csv",
            ("Email", "Note"),
            {2: ("anna@acme.com", "=1+1"), 3: ("ben@acme.com", "'-x"), 4: ("cid@acme.com", "'tis")},
        ),
        ("nul-in-cell.csv", ("Email", "Name"), {2: ("anna@acme.com", "An\x00na")}),
    ],
)
def test_odd_files_are_read_without_complaint(name, columns, rows):
    table = parse(name)
    assert table.columns == columns
    assert dict(zip(table.row_numbers, table.rows, strict=True)) == rows
    assert table.issues == ()


@pytest.mark.parametrize(
    ("name", "rows", "issues"),
    [
        (
            "titles-above.csv",
            {5: ("ben@acme.com", "Ben", "Rome"), 6: ("cid@acme.com", "Cid", "Bonn")},
            [(None, None, "header-not-first")],
        ),
        (
            "header-breaks.csv",
            {2: ("anna@acme.com", "Anna", "Smith", "x")},
            [(None, "Name", "header-duplicate"), (None, "Column D", "header-empty")],
        ),
        (
            "ragged.csv",
            {2: ("anna@acme.com", "Anna", ""), 3: ("ben@acme.com", "Ben", "Rome"), 4: ("cid@acme.com", "Cid", "Bonn")},
            [(2, None, "row-too-short"), (3, None, "row-too-long")],
        ),
        (
            "open-quote.csv",
            {2: ("anna@acme.com", '"Anna', "Rome"), 3: ("ben@acme.com", "Ben", "Bonn"), 4: ("cid@acme.com", "Cid", "Oslo")},
            [(2, None, "row-quote-open")],
        ),
        (
            "open-quote-at-end.csv",
            {2: ("anna@acme.com", '"Anna'), 3: ("ben@acme.com", "Ben"), 4: ("cid@acme.com", "Cid")},
            [(2, None, "row-quote-open")],
        ),
        (
            "digits-lost.csv",
            {2: ("anna@acme.com", "4.91512E+11", "NA"), 3: ("ben@acme.com", "+49 170 1234567", "null")},
            [(2, "Phone", "cell-digits-lost")],
        ),
        (
            "error-values.csv",
            {2: ("anna@acme.com", ""), 3: ("ben@acme.com", "#1 Plumbing")},
            [(2, "Company", "cell-error-value")],
        ),
    ],
)
def test_what_is_odd_is_told_with_its_place(name, rows, issues):
    table = parse(name)
    assert dict(zip(table.row_numbers, table.rows, strict=True)) == rows
    assert brief(table.issues) == issues


def test_extra_cells_are_named():
    assert "extra, more" in parse("ragged.csv").issues[1].message


@pytest.mark.parametrize(
    ("options", "code"),
    [
        ({"encoding": "utf-8"}, "file-option-wrong"),
        ({"encoding": "no such thing"}, "file-option-wrong"),
        ({"encoding": "base64"}, "file-option-wrong"),
        ({"delimiter": ""}, "file-option-wrong"),
        ({"delimiter": ";;"}, "file-option-wrong"),
        ({"delimiter": '"'}, "file-option-wrong"),
        ({"header_row": 9}, "header-row-empty"),
        ({"header_row": 3}, "file-header-only"),
    ],
)
def test_choices_that_do_not_fit_are_refused(options, code):
    with pytest.raises(FileRefused) as refused:
        parse("german-cp1252.csv", options)
    assert refused.value.issue.code == code


def test_choices_are_followed():
    table = parse("german-cp1252.csv", {"encoding": "latin-1", "delimiter": ",", "header_row": 0})
    assert table.columns == ("Column A",)
    assert table.rows[1] == ("anna@acme.de;Änne;Müller;Köln",)


@pytest.mark.parametrize(
    ("text", "delimiter"),
    [
        ("a;b\n1,5;2,5\n3,5;4,5\n", ";"),
        ("Email|Name\na@b.co|A, B\n", "|"),
        ("Name\nMiller, Inc\nFoo\nBar\nBaz\n", ";"),
        ("Email;Note\na@b.co;\"x, y, z\"\nb@b.co;\"p, q, r\"\n", ";"),
        ("Email,Name\na@b.co\nb@b.co,Bob,x,y\n", ","),
        ("Export of 3 leads; all\n\nEmail,Name,City\na@b.co,A,B\nc@b.co,C,D\n", ","),
        ("Last, First\tEmail\nMiller, Ann\ta@b.co\n", "\t"),
    ],
)
def test_the_delimiter_is_found(text, delimiter):
    assert find_delimiter(text.splitlines(keepends=True)) == delimiter


def test_a_long_file_in_one_encoding_is_judged_by_its_odd_lines():
    assert find_encoding(b"anna@acme.com,Anna\n" * 20_000 + "jörg@acme.de,Jörg Müller\n".encode("cp1252")) == "cp1252"


def test_every_line_with_a_stray_quote_is_kept():
    content = "Email,Name\n" + "".join(f'p{number}@acme.com,"Ann\n' for number in range(500))
    table = parse_file("stray.csv", content.encode())
    assert len(table.rows) == 500
    assert {issue.code for issue in table.issues} == {"row-quote-open"}


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("Jörg Müller,Köln\nZoé,Orléans", "mac_roman"), ("Jörg,Müller", "cp1252"), ("Małgorzata,Łódź", "cp1250")],
)
def test_a_few_accents_are_enough_to_tell_an_encoding(text, encoding):
    assert find_encoding(text.encode(encoding)) == encoding


def test_a_few_broken_bytes_do_not_make_a_file_another_encoding():
    table = parse("nearly-utf8.csv")
    assert table.format.encoding == "utf-8"
    assert [row[2] for row in table.rows] == ["Müller", "Gro\ufffd"]
    assert brief(table.issues) == [(3, "Nachname", "cell-characters-lost")]
    assert parse("nearly-utf8.csv", {"encoding": "utf-8"}) == table


def test_broken_bytes_in_a_header_are_told_with_its_row():
    content = "Email,Straße,Größe,Länge\na@b.co,x,y,z\n".encode().replace("Straße".encode(), b"Stra\xdfe")
    table = parse_file("h.csv", content)
    assert brief(table.issues) == [(1, "Stra\ufffde", "cell-characters-lost")]


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "cp932", "euc_jp", "cp949"])
def test_no_other_script_is_taken_for_nearly_utf8(encoding):
    texts = {"gb18030": "你好世界，上海市浦东新区张三李四王五", "big5": "臺灣公司電子郵件地址王小明", "cp932": "山田花子株式会社アクメ",
             "euc_jp": "山田花子株式会社東京都港区六本木", "cp949": "서울특별시 강남구 홍길동"}  # fmt: skip
    assert find_encoding(f"Email,Name\na@b.co,{texts[encoding]}\n".encode(encoding)) != "utf-8"

"""Number formats that put zeros before a number: “00000” shows 1234 as 01234. The file holds the number, people see the zeros."""

import re

#: A piece of a format: a text in quotes, a character that stands for itself, a width or a fill, a bracket, or one sign.
_find_pieces = re.compile(r'"([^"]*)"|\\(.)|_.|\*.|\[[^\]]*\]|(.)', re.DOTALL).findall
_is_condition = re.compile(r"\[[<>=]").search

#: Signs that stand for themselves without quotes (ECMA-376 part 1, 18.8.31).
_LITERALS = frozenset(" $-+/():!^&'~{}<>=")
MAX_FORMAT_LENGTH = 255


def zero_pattern(format_code: str) -> str | None:
    """The part of a format for positive numbers as “0” for a digit and U+0000 before a sign that stands for itself.

    None for a format that shows a number without zeros before it, with a fraction, in groups, as a date, or depending on
    its size: such numbers are read as they are.
    """
    code = format_code[:MAX_FORMAT_LENGTH]
    if _is_condition(code):
        return None
    pattern = []
    for quoted, escaped, sign in _find_pieces(_first_section(code)):
        if sign == "0":
            pattern.append("0")
        elif sign and sign not in _LITERALS:
            return None
        else:
            pattern += [f"\0{letter}" for letter in quoted or escaped or sign]
    digits = pattern.count("0")
    return "".join(pattern) if digits > 1 or (digits and "\0+" in pattern) else None


def show_zeros(value: float, pattern: str) -> str | None:
    """The number as the spreadsheet shows it; None for one that the pattern is not for (a fraction, a negative one)."""
    if value < 0 or not float(value).is_integer() or value >= 10**15:
        return None
    marks = re.findall("\0.|0", pattern, re.DOTALL)
    places = marks.count("0")
    digits = str(int(value)).zfill(places)
    shown, taken = "", 0
    for mark in marks:
        if mark != "0":
            shown += mark[1]
            continue
        places -= 1
        end = len(digits) - places  # the first place takes the digits that there is no place for
        shown += digits[taken:end]
        taken = end
    return shown


def _first_section(code: str) -> str:
    is_quoted = False
    for place, sign in enumerate(code):
        if sign == '"':
            is_quoted = not is_quoted
        elif sign == ";" and not is_quoted:
            return code[:place]
    return code

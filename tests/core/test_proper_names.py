"""Names as one writes them."""

import pytest

from core.proper_names import proper_case


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("MCDONALD", "McDonald"), ("mcdonald", "McDonald"), ("MACDONALD", "MacDonald"), ("MACKEY", "Mackey"),
        ("MACHADO", "Machado"), ("O'HARA", "O'Hara"), ("o’hara", "O’Hara"), ("D'ANGELO", "D'Angelo"),
        ("VAN DER BERG", "van der Berg"), ("von neumann", "von Neumann"), ("DE LA CRUZ", "de la Cruz"),
        ("LA FONTAINE", "La Fontaine"), ("'T HART", "'t Hart"), ("VAN", "Van"), ("MÜLLER-LÜDENSCHEIDT", "Müller-Lüdenscheidt"),
        ("ÇELİK", "Çelik"), ("IŞIK", "Işık"), ("iğdir", "İğdir"), ("SMITH III", "Smith III"), ("ORTEGA Y GASSET", "Ortega y Gasset"),
        ("NG", "Ng"), ("ŁUKASIEWICZ", "Łukasiewicz"), ("ПУШКИН", "Пушкин"), ("lovelace", "Lovelace"),
    ],
)  # fmt: skip
def test_a_surname(text, name):
    assert proper_case(text, is_surname=True) == name
    assert proper_case(name, is_surname=True) == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("JEAN-LUC", "Jean-Luc"), ("jean luc", "Jean Luc"), ("ADA", "Ada"), ("MARIA DE LOS ANGELES", "Maria de los Angeles"),
        ("DE", "De"), ("J.R.R.", "J.R.R."), ("j. r.", "J. R."), ("JP", "JP"), ("BO", "Bo"), ("DR. ADA", "Dr. Ada"), ("a", "A"),
    ],
)  # fmt: skip
def test_a_first_name(text, name):
    assert proper_case(text, is_surname=False) == name


@pytest.mark.parametrize("text", ["", "McDonald", "van der Berg", "deVries", "N/A", "A1", "ada@b.co", "李", "?", "-", "123"])
def test_what_is_in_mixed_case_or_no_name_is_left_alone(text):
    assert proper_case(text, is_surname=True) == text

"""Whole names and their two halves."""

import pytest

from core.full_names import split_full_name


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("Ada Lovelace", "Ada", "Lovelace"),
        ("  Ada \t Lovelace ", "Ada", "Lovelace"),
        ("Mary Ann Smith", "Mary Ann", "Smith"),
        ("Ada", "Ada", ""),
        ("", "", ""),
        (" , ", "", ""),
        ("山田太郎", "山田太郎", ""),
        ("Lovelace, Ada", "Ada", "Lovelace"),
        ("King Noel, Ada Augusta", "Ada Augusta", "King Noel"),
        ("Lovelace,", "Lovelace", ""),
        # particles
        ("Ludwig van Beethoven", "Ludwig", "van Beethoven"),
        ("Maria Anna von der Leyen", "Maria Anna", "von der Leyen"),
        ("Juan de la Cruz", "Juan", "de la Cruz"),
        ("Ana da Silva Santos", "Ana", "da Silva Santos"),
        ("Van Morrison", "Van", "Morrison"),
        ("Jean d'Alembert", "Jean", "d'Alembert"),
        ("José Ortega y Gasset", "José", "Ortega y Gasset"),
        ("van der Berg, Jan", "Jan", "van der Berg"),
        ("Berg, Jan van der", "Jan", "van der Berg"),
        ("Anna De", "Anna", "De"),
        # titles and degrees are left off, suffixes stay
        ("Dr. Ada Lovelace", "Ada", "Lovelace"),
        ("Prof. Dr. Karl von Frisch", "Karl", "von Frisch"),
        ("Herr Müller", "", "Müller"),
        ("Lovelace, Dr. Ada", "Ada", "Lovelace"),
        ("Dr.", "Dr.", ""),
        ("Martin Luther King Jr.", "Martin Luther", "King Jr."),
        ("Martin King, Jr.", "Martin", "King Jr."),
        ("King, Martin Luther, Jr.", "Martin Luther", "King Jr."),
        ("King Jr., Martin", "Martin", "King Jr."),
        ("Henry Ford III", "Henry", "Ford III"),
        ("Jane Doe, PhD", "Jane", "Doe"),
        ("Jane Doe MBA", "Jane", "Doe"),
    ],
)
def test_a_name_is_split(text, first, last):
    assert split_full_name(text) == (first, last)


@pytest.mark.parametrize(
    "text", ["Ada, Lovelace, King, Byron", "y y y y", "de de de", "Jr. Jr.", "a b, III, PhD", "Dr. PhD", "x" * 9000]
)
def test_odd_texts_are_no_fault_and_lose_no_plain_word(text):
    words = " ".join(split_full_name(text)).split()
    assert words
    assert set(words) <= set(text.replace(",", " ").split())

import pytest

from mosty.nominations.queries.imports.vocabulary import answer, units_in


@pytest.mark.parametrize(
    ("text", "unit"),
    (
        ("education", "education"),
        ("Wydział Edukacji", "education"),
        ("Wydział Oświaty i Szkolnictwa", "education"),
        ("kultura", "culture"),
        ("Wydział Kultury i Dziedzictwa Narodowego", "culture"),
        ("polityka społeczna", "social_policy"),
        ("Wydział Spraw Społecznych", "social_policy"),
        ("pomoc społeczna", "social_policy"),
        ("MOPS", "social_work"),
        ("Miejski Ośrodek Pomocy Społecznej", "social_work"),
        ("pracownik socjalny", "social_work"),
        ("NGO", "ngo"),
        ("Biuro ds. współpracy z organizacjami pozarządowymi", "ngo"),
        ("Wydział Komunikacji Społecznej", "information"),
        ("Biuro Prasowe", "information"),
        ("Pełnomocniczka ds. równego traktowania", "equality"),
        ("Straż Miejska", "police"),
        ("municipal police", "police"),
        ("asystentka międzykulturowa", "assistant"),
        ("inna", "other"),
        ("Centrum Integracji Cudzoziemców", "other"),
        ("Biuro Edukacji i Integracji", "education"),
        ("Wydział Kultury Fizycznej", None),
        ("Wydział Kultury i Edukacji", None),
        ("Wydział Komunikacji Miejskiej", None),
        ("Wydział Geodezji", None),
    ),
)
def test_kinds_of_units(text, unit):
    assert answer("department", text) == unit


def test_a_unit_with_two_fields_names_both():
    assert units_in("Wydział Kultury i Edukacji") == ["education", "culture"]


@pytest.mark.parametrize(
    ("text", "level"),
    (
        ("kierownicze", "senior"),
        ("Dyrektor", "senior"),
        ("średni", "middle"),
        ("szczebel średni", "middle"),
        ("główny specjalista", "middle"),
        ("specjalista", "junior"),
        ("Junior", "junior"),
        ("middle level", "middle"),
        ("inny", None),
    ),
)
def test_levels(text, level):
    assert answer("level", text) == level

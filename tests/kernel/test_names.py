import pytest
from hypothesis import given
from hypothesis import strategies as st

from mosty.kernel.names import clean, fold, sort_key


@given(st.text())
def test_cleaning_twice_changes_nothing_more(text):
    assert clean(clean(text)) == clean(text)


@pytest.mark.parametrize(
    ("raw", "cleaned"),
    (
        ("  Anna\t Maria \n", "Anna Maria"),
        ("Z\u0301aneta", "Źaneta"),
        ("e\u200b\u0301", "é"),
        ("Ewa\u202eawE", "EwaawE"),
        ("O’Brien-Żak", "O’Brien-Żak"),
        ("\x00\x07", ""),
    ),
)
def test_names_are_cleaned(raw, cleaned):
    assert clean(raw) == cleaned


@pytest.mark.parametrize(
    ("one", "other"),
    (
        ("ŁUCJA  Żółw", "lucja zolw"),
        ("O'Brien", "o brien"),
        ("Müller-Lüdenscheid", "muller ludenscheid"),
    ),
)
def test_names_are_compared_without_marks(one, other):
    assert fold(one) == other


def test_names_sort_as_polish_does():
    names = [
        "Łódź",
        "Lublin",
        "Lwów",
        "Leszno",
        "Ćmielów",
        "Czarne",
        "Zabrze",
        "Żary",
        "Źródła",
    ]
    assert sorted(names, key=sort_key) == [
        "Czarne", "Ćmielów", "Leszno", "Lublin", "Lwów", "Łódź", "Zabrze", "Źródła", "Żary",
    ]  # fmt: skip

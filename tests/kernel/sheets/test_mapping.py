import pytest

from mosty.kernel.sheets.mapping import Column, guess, known

COLUMNS = (
    Column("first", ("Imię", "First name"), required=True, label="Imię"),
    Column(
        "last", ("Nazwisko", "Last name", "Surname"), required=True, label="Nazwisko"
    ),
    Column("email", ("E-mail", "Email", "Adres e-mail"), required=True, label="E-mail"),
    Column("phone", ("Telefon", "Phone"), required=False, label="Telefon"),
    Column("since", ("Data od",), required=False, label="Od"),
    Column("until", ("Data do",), required=False, label="Do"),
)


@pytest.mark.parametrize(
    ("header", "found"),
    (
        (("Imię", "Nazwisko", "E-mail"), {"first": 0, "last": 1, "email": 2}),
        (("NAZWISKO:", "imie", "  e mail "), {"last": 0, "first": 1, "email": 2}),
        (("Surname", "First  Name"), {"last": 0, "first": 1}),
        (("Lp.", "Telefon służbowy", "Imię"), {"phone": 1, "first": 2}),
        (("Telfon", "Nazwiska"), {"phone": 0, "last": 1}),
        # The exact name wins over a longer one before it.
        (("Telefon domowy", "Telefon"), {"phone": 1}),
        (("Adres e-mail osoby zgłaszanej", "Adres"), {"email": 0}),
        # One header serves one column, even where it would do for two.
        (("Imię i nazwisko",), {"last": 0}),
        (("Data do",), {"until": 0}),
        (("Data do", "Data od"), {"until": 0, "since": 1}),
        (("E-mail", "E-mail (2)"), {"email": 0}),
        (("Email", "E-mail"), {"email": 0}),
        (("Stanowisko", "Miasto", "(C)", ""), {}),
        ((), {}),
        (("x" * 2000,), {}),
    ),
)
def test_columns_are_told_by_their_headers(header, found):
    assert guess(header, COLUMNS) == found


def test_known_names_are_folded():
    assert known(COLUMNS[:2]) == {
        "imie",
        "first name",
        "nazwisko",
        "last name",
        "surname",
    }

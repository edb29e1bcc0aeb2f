import pytest

from mosty.infopoint.notes import is_pesel, why_not

EMAIL = "The text holds an e-mail address. Remove it: no contact data is kept."
PESEL = "The text holds a PESEL number. Remove it: nobody is named here."
PHONE = (
    "The text holds a phone number, or another long number. Remove it: no "
    "contact data is kept."
)


@pytest.mark.parametrize(
    ("note", "why"),
    (
        ("Asked about the school year.", None),
        ("Comes back on 2026-09-01 at 10:30, room 214.", None),
        ("Case 123/2026, deadline 5.03.2026", None),
        ("30 days, 2 children", None),
        ("write to olena@example.org", EMAIL),
        ("OLENA.K@EXAMPLE.COM.PL", EMAIL),
        ("call 600 700 800", PHONE),
        ("+48 (71) 123-45-68", PHONE),
        ("tel.600700800!", PHONE),
        ("0044 20 7946 0000", PHONE),
        ("PESEL 44051401359", PESEL),
        ("44 05 14 01359", PESEL),
        # Eleven digits with a wrong checksum are still a long number.
        ("44051401358", PHONE),
    ),
)
def test_a_note_holds_no_contact_data(note, why):
    found = why_not(note)
    assert (found and str(found)) == why


def test_the_checksum_of_a_pesel():
    assert [is_pesel(digits) for digits in ("44051401359", "44051401358", "4405")] == [
        True,
        False,
        False,
    ]

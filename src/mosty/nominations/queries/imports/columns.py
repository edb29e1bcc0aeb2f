"""Which columns a list of nominations may have, and by which names offices call them."""

from django.utils.translation import gettext_lazy as _

from mosty.kernel.sheets.mapping import Column, known
from mosty.nominations.models import Nomination

CITY = Column(
    "city",
    (
        "city",
        "miasto",
        "gmina",
        "urząd",
        "urząd miasta",
        "nazwa miasta",
        "nazwa urzędu",
        "nazwa gminy",
        "samorząd",
        "jst",
        "jednostka samorządu",
        "jednostka samorządu terytorialnego",
        "miejscowość",
        "municipality",
        "city authority",
        "kod terc",
        "terc",
    ),
    required=True,
    label=_("City"),
)
GIVEN_NAME = Column(
    "given_name",
    ("given name", "imię", "imiona", "first name", "name given", "forename"),
    required=False,
    label=_("Given name"),
)
FAMILY_NAME = Column(
    "family_name",
    ("family name", "nazwisko", "last name", "surname"),
    required=False,
    label=_("Family name"),
)
FULL_NAME = Column(
    "full_name",
    (
        "given and family name",
        "imię i nazwisko",
        "imiona i nazwisko",
        "imię nazwisko",
        "full name",
        "name and surname",
        "name",
        "osoba",
        "osoba zgłaszana",
        "uczestnik",
        "participant",
        "nominee",
    ),
    required=False,
    label=_("Given and family name"),
)
NAME_REVERSED = Column(
    "name_reversed",
    (
        "family and given name",
        "nazwisko i imię",
        "nazwisko i imiona",
        "nazwisko imię",
        "surname and name",
        "last name first name",
    ),
    required=False,
    label=_("Family and given name"),
)
EMAIL = Column(
    "email",
    (
        "e-mail",
        "email",
        "mail",
        "adres e-mail",
        "adres email",
        "e-mail address",
        "email address",
        "e-mail służbowy",
        "poczta",
        "poczta elektroniczna",
        "adres poczty elektronicznej",
    ),
    required=True,
    label=_("E-mail"),
)
DEPARTMENT = Column(
    "department",
    (
        "kind of unit",
        "department",
        "wydział",
        "departament",
        "komórka",
        "komórka organizacyjna",
        "wydział/biuro",
        "wydział/departament",
        "dział",
        "biuro",
        "referat",
        "jednostka",
        "jednostka organizacyjna",
        "rodzaj jednostki",
        "obszar",
        "obszar pracy",
        "dziedzina",
        "unit",
        "field of work",
    ),
    required=True,
    label=_("Kind of unit"),
)
LEVEL = Column(
    "level",
    (
        "level of the post",
        "level",
        "szczebel",
        "szczebel stanowiska",
        "poziom",
        "poziom stanowiska",
        "rodzaj stanowiska",
        "kategoria stanowiska",
        "seniority",
    ),
    required=True,
    label=_("Level of the post"),
)
POSITION = Column(
    "position",
    (
        "position",
        "stanowisko",
        "stanowisko służbowe",
        "funkcja",
        "job title",
        "post",
        "title",
    ),
    required=False,
    label=_("Position"),
)
IN_POST_SINCE = Column(
    "in_post_since",
    (
        "in this post since",
        "na stanowisku od",
        "na tym stanowisku od",
        "data objęcia stanowiska",
        "data zatrudnienia",
        "od kiedy na stanowisku",
        "od kiedy",
        "in post since",
        "since",
        "start date",
    ),
    required=False,
    label=_("In this post since"),
)
GENDER = Column("gender", ("gender", "płeć", "sex"), required=False, label=_("Gender"))
LANGUAGE = Column(
    "language",
    (
        "language of messages",
        "język wiadomości",
        "język",
        "język korespondencji",
        "język komunikacji",
        "language",
    ),
    required=False,
    label=_("Language of messages"),
)
MOTIVATION = Column(
    "motivation",
    (
        "why this person",
        "uzasadnienie",
        "motywacja",
        "dlaczego ta osoba",
        "uzasadnienie zgłoszenia",
        "motivation",
        "justification",
        "reason",
    ),
    required=False,
    label=_("Why this person"),
)
PREFERENCE = Column(
    "preference",
    (
        "city's order",
        "kolejność",
        "kolejność miasta",
        "pierwszeństwo",
        "priorytet",
        "order",
        "preference",
        "priority",
        "rank",
    ),
    required=False,
    label=_("City's order"),
)
COLUMNS = (
    CITY,
    GIVEN_NAME,
    FAMILY_NAME,
    FULL_NAME,
    NAME_REVERSED,
    EMAIL,
    DEPARTMENT,
    LEVEL,
    POSITION,
    IN_POST_SINCE,
    GENDER,
    LANGUAGE,
    MOTIVATION,
    PREFERENCE,
)
BY_KEY = {column.key: column for column in COLUMNS}
# What read() needs in order to tell the header from the titles above it.
KNOWN = known(COLUMNS)
# Columns that are kept as they are written.
TEXTS = ("position", "motivation")
# What a nomination keeps of these columns has a length of its own.
LENGTHS = {
    field.name: field.max_length or 0
    for field in Nomination._meta.fields
    if field.name in {"given_name", "family_name", "email", *TEXTS}
}
# One answer may be given for all rows where the file has no such column.
FIXED = ("department", "level", "gender", "language")


def label(key: str) -> str:
    """Return what the column ``key`` is called in the language that is active."""
    return str(BY_KEY[key].label) if key in BY_KEY else key

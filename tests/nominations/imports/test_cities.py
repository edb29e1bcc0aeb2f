import pytest

from mosty.directory.models import Territory
from mosty.nominations.queries.imports.cities import cities_of
from tests.factories import make_city

pytestmark = pytest.mark.django_db


@pytest.fixture
def found(call, ump):
    """Return what finds a city by a text, among some that are easily mistaken."""
    for name in ("Chełm", "Chełmno", "Zielona Góra", "Białystok", "Radom", "Radomsko"):
        make_city(name, member_of=ump)
    make_city("Bełchatów", terc="0864011")
    cities = cities_of(call)

    def find(text):
        city = cities.find(text)
        return city.slug if city else None

    return find


@pytest.mark.parametrize(
    ("text", "slug"),
    (
        ("krakow", "krakow"),
        ("Kraków", "krakow"),
        ("KRAKÓW", "krakow"),
        ("Krakow", "krakow"),
        ("Miasto Kraków", "krakow"),
        ("Gmina Miejska Kraków", "krakow"),
        ("Urząd Miasta Krakowa", "krakow"),
        ("Urząd Miejski w Krakowie", "krakow"),
        ("UM Kraków", "krakow"),
        ("City of Kraków", "krakow"),
        ("Kraków City Hall", "krakow"),
        ("Urząd Miasta Łodzi", "lodz"),
        ("Urząd Miasta Zielonej Góry", "zielona-gora"),
        ("Urząd Miejski w Zielonej Górze", "zielona-gora"),
        ("Urząd Miejski w Białymstoku", "bialystok"),
        ("Urząd Miasta Chełma", "chelm"),
        ("Urząd Miasta Chełmna", "chelmno"),
        ("Urząd Miejski w Radomiu", "radom"),
        ("Urząd Miasta w Radomsku", "radomsko"),
        ("1261011", "krakow"),
        ("126101", "krakow"),
        ("0864011", "belchatow"),
        ("864011", "belchatow"),
        ("9999999", None),
        ("Krakowiany", None),
        ("Kalisz", None),
        ("", None),
    ),
)
def test_what_a_cell_means(found, text, slug):
    assert found(text) == slug


def test_a_name_in_another_language(call, krakow):
    Territory.objects.filter(pk=krakow.territory_id).update(
        name={"pl": "Kraków", "uk": "Краків"}
    )
    assert cities_of(call).find("Краків").slug == "krakow"


def test_the_nearest_name_is_suggested(call):
    assert cities_of(call).nearest("Urząd Miasta Karkowa").slug == "krakow"
    assert cities_of(call).nearest("Xyz") is None


def test_only_cities_that_take_part_are_suggested(call):
    make_city("Krosno")
    assert cities_of(call).nearest("Krosna") is None


def test_names_that_two_cities_share_name_neither(call, ump):
    for slug in ("brzeg-1", "brzeg-2"):
        city = make_city(slug, member_of=ump)
        type(city).objects.filter(pk=city.pk).update(short_name="Brzeg", name="Brzeg")
    assert cities_of(call).find("Brzeg") is None

"""The points that are open, as anybody finds them in her own language."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from i18nfield.strings import LazyI18nString

from mosty.infopoint.models import Guide, Point
from tests.factories import make_city
from tests.infopoint.conftest import make_point

pytestmark = pytest.mark.django_db
REACH = LazyI18nString({"pl": "ul. Cicha 1", "uk": "вул. Тиха 1"})


def page(client, language="en"):
    return client.get(reverse("points_for_everyone", args=[language]))


def test_it_says_where_in_which_languages_and_what_to_read(client, point, today):
    Point.objects.filter(pk=point.pk).update(reach=REACH)
    for title, ended in (("Old", today - timedelta(days=1)), ("New", None)):
        Guide.objects.create(
            point=point, title=title, languages=["uk"], ended_on=ended,
            published_on=date(2021, 1, 1), url=f"https://example.org/{title}",
        )  # fmt: skip
    answer = page(client, "uk")
    (found,) = answer.context["points"]
    assert (found.city, found.operator, found.languages, found.year) == (
        str(point.city),
        str(point.operations.get().operator),
        "польська, українська",
        None,
    )
    assert [guide.title for guide in found.guides] == ["New"]
    assert "вул. Тиха 1" in answer.content.decode()
    assert answer["Content-Language"] == "uk"


@pytest.mark.parametrize(
    ("field", "days", "shown"),
    (
        ("closed_on", -1, 0),
        ("closed_on", 0, 1),
        ("opened_on", 0, 1),
        ("opened_on", 1, 0),
    ),
)
def test_only_points_that_are_open_today(
    client, common, krakow, operator, now, field, days, shown
):
    day = timezone.localdate(now) + timedelta(days=days)
    make_point(krakow, operator, "krakow", **{field: day})
    assert len(page(client).context["points"]) == shown


@pytest.mark.parametrize("count", (1, 3))
def test_the_page_costs_the_same_for_one_and_three(
    client, common, operator, count, django_assert_num_queries
):
    for number in range(count):
        make_point(make_city(f"City {number}"), operator, f"p{number}")
    # points, who runs them, guides, published years
    with django_assert_num_queries(4):
        page(client)


def test_no_other_method(client, point):
    assert client.post(reverse("points_for_everyone", args=["en"])).status_code == 405

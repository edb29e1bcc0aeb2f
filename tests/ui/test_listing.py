import pytest
from django import forms
from django.contrib.auth.models import Group
from django.http import QueryDict

from mosty.ui import listing

SORTS = {"name": ("name",), "newest": ("-id",)}


class Filters(forms.Form):
    city = forms.ChoiceField(
        label="City", choices=[("", "all"), ("lodz", "Łódź")], required=False
    )
    topic = forms.MultipleChoiceField(
        label="Topic", choices=[("a", "Work"), ("b", "School")], required=False
    )
    since = forms.DateField(label="Since", required=False)
    ours = forms.BooleanField(label="Ours", required=False)


def build(query="", **options):
    given = {"sorts": SORTS, "default": "name", **options}
    return listing.build(QueryDict(query), Group.objects.all(), **given)


@pytest.fixture
def groups(db):
    Group.objects.bulk_create(Group(name=f"{n:02}") for n in range(60))


@pytest.mark.usefixtures("groups")
def test_a_page_takes_a_count_and_a_slice(django_assert_num_queries):
    with django_assert_num_queries(2):  # count, rows
        found = build("page=2", shape=lambda group: group.name)

    assert found.rows == [f"{n:02}" for n in range(25, 50)]
    assert (found.first, found.last, found.total, found.pages) == (26, 50, 60, 3)
    assert (found.previous_url, found.next_url) == ("?page=1", "?page=3")


@pytest.mark.django_db
def test_an_empty_list_takes_only_the_count(django_assert_num_queries):
    with django_assert_num_queries(1):  # count
        found = build("page=9")

    assert (list(found), found.page, found.pages, found.first) == ([], 1, 1, 0)


@pytest.mark.usefixtures("groups")
@pytest.mark.parametrize(
    ("asked", "page"),
    (
        ("0", 1),
        ("-1", 1),
        ("x", 1),
        ("", 1),
        ("2", 2),
        ("4", 3),
        ("9" * 30, 1),
        ("²", 1),
    ),
)
def test_a_page_that_does_not_exist_shows_the_nearest(asked, page):
    assert build(QueryDict(mutable=True).urlencode() + f"page={asked}").page == page


@pytest.mark.usefixtures("groups")
@pytest.mark.parametrize(
    ("asked", "sort", "first"),
    (
        ("name", "name", "00"),
        ("-name", "-name", "59"),
        ("newest", "newest", "59"),
        ("-newest", "-newest", "00"),
        ("password", "name", "00"),
        ("--name", "name", "00"),
        ("", "name", "00"),
    ),
)
def test_only_orders_that_the_list_knows_are_used(asked, sort, first):
    found = build(f"sort={asked}")
    assert (found.sort, found.rows[0].name) == (sort, first)


@pytest.mark.usefixtures("groups")
@pytest.mark.parametrize(
    ("asked", "size"), (("50", 50), ("26", 25), ("x", 25), ("", 25))
)
def test_only_sizes_that_the_list_offers_are_used(asked, size):
    assert (build(f"size={asked}").size, len(build(f"size={asked}"))) == (size, size)


def a_listing(query, form=None):
    params = QueryDict(query)
    return listing.Listing(
        rows=[],
        total=60,
        page=2,
        size=25,
        sort="name",
        sorts=frozenset(SORTS),
        params=params,
        pills=tuple(listing.pills_of(form(params), params)) if form else (),
    )


def test_links_keep_the_filters_and_go_back_to_page_one():
    found = a_listing("city=lodz&page=2&export=csv&since=")

    assert found.sort_url("name") == "?city=lodz&sort=-name"
    assert found.sort_url("newest") == "?city=lodz&sort=newest"
    assert found.next_url == "?city=lodz&page=3"
    assert found.download_url("xlsx") == "?city=lodz&export=xlsx"
    assert found.size_urls[1] == (50, "?city=lodz&size=50")


def test_links_escape_what_was_sent():
    assert a_listing("q=a%26b%3D%22").sort_url("newest") == "?q=a%26b%3D%22&sort=newest"


def test_each_filter_that_is_on_has_a_pill_that_removes_it():
    found = a_listing(
        "city=lodz&topic=a&topic=b&since=2024-05-31&ours=on&page=2", Filters
    )

    rest = "topic=a&topic=b&since=2024-05-31&ours=on"
    assert [(p.label, p.value) for p in found.pills] == [
        ("City", "Łódź"),
        ("Topic", "Work"),
        ("Topic", "School"),
        ("Since", "31 May 2024"),
        ("Ours", "yes"),
    ]
    assert found.pills[0].url == f"?{rest}"
    assert found.pills[1].url == "?city=lodz&topic=b&since=2024-05-31&ours=on"


def test_a_filter_that_cannot_be_read_has_no_pill():
    assert a_listing("city=atlantis&since=soon&topic=a", Filters).pills == (
        listing.Pill("Topic", "Work", "?city=atlantis&since=soon"),
    )


def test_clearing_keeps_order_and_size():
    assert (
        a_listing("city=lodz&sort=newest&size=50").clear_url == "?sort=newest&size=50"
    )

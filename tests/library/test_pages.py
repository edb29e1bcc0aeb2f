"""Pages for anybody: what is published and nothing else, as typed, and how it is passed on."""

import json
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.urls import reverse

from mosty.library.actions import adoptions, practices, reviews
from mosty.library.actions.adoptions import Told
from mosty.library.common.citing import FORMS, Source
from mosty.library.models import SearchDocument
from tests.factories import make_city, make_user
from tests.library.conftest import SCORES, TEXTS, make_content

pytestmark = pytest.mark.django_db
SLUG = "neighbours-mornings-in-the-library"
ATOM = "{http://www.w3.org/2005/Atom}"


def publish(version, city, coordinator, reviewers, now):
    """Take a draft through its reviews."""
    practices.submit(version=version, actor=city, now=now)
    for reviewer in reviewers:
        review = reviews.ask(
            version=version, reviewer=reviewer, actor=coordinator, now=now
        )
        reviews.give(
            review=review,
            scores=SCORES,
            advice="publish",
            comment="Good",
            actor=reviewer,
            now=now,
        )
    return reviews.publish(version=version, reason="", actor=coordinator, now=now)


@pytest.fixture
def several(krakow, city, coordinator, partner, secretariat, now):
    """Return what publishes so many practices of Kraków."""

    def make(count):
        for number in range(count):
            version = practices.begin(
                city=krakow,
                content=make_content(title=f"Practice {number}"),
                actor=city,
                now=now,
            )
            publish(version, city, coordinator, (partner, secretariat), now)

    return make


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_shows_what_is_published_in_constant_queries(
    client, several, draft, count, django_assert_num_queries
):
    several(count)
    with django_assert_num_queries(3):  # cities of the filter, count, rows
        answer = client.get(reverse("library:practices"))
    titles = {row.title for row in answer.context["practices"]}
    assert titles == {f"Practice {number}" for number in range(count)}


@pytest.mark.parametrize(
    ("query", "found"),
    (
        ("", 1),
        ("area=culture", 1),
        ("area=health", 0),
        ("group=everybody", 1),
        ("group=women", 0),
        ("city=krakow", 1),
        # No choice, since nothing of it is published: as without.
        ("city=lodz", 1),
        ("language=en", 1),
        ("language=pl", 0),
        ("state=trial", 0),
        ("state=settled", 1),
        ("state=retired", 0),
    ),
)
def test_the_list_is_filtered(client, published, query, found):
    answer = client.get(f"{reverse('library:practices')}?{query}")
    assert answer.context["practices"].total == found


def test_only_what_is_published_has_a_page(client, draft, city, signed_in):
    for name, args in (
        ("practice", [SLUG]),
        ("practice_version", [SLUG, 1]),
        ("practice_card", [SLUG]),
        ("practice_data", [SLUG]),
        ("practice_cite", [SLUG, 1, "bib"]),
    ):
        path = reverse(f"library:{name}", args=args)
        found = [one.get(path).status_code for one in (client, signed_in(city))]
        assert found == [404, 404]


def test_an_older_version_keeps_its_address(
    client, published, submitted, city, coordinator, partner, secretariat, now
):
    newer = practices.begin_again(practice=published, actor=city, now=now)
    path = reverse("library:practice_version", args=[SLUG, 2])
    assert client.get(path).status_code == 404
    practices.save(
        version=newer,
        content=make_content(title="Second"),
        revision=1,
        actor=city,
        now=now,
    )
    publish(newer, city, coordinator, (partner, secretariat), now)
    pages = [
        client.get(address).context["page"]
        for address in (
            reverse("library:practice", args=[SLUG]),
            path,
            reverse("library:practice_version", args=[SLUG, 1]),
        )
    ]
    assert [(page.version.title, page.is_newest) for page in pages] == [
        ("Second", True),
        ("Second", True),
        (TEXTS["title"], False),
    ]
    listed = client.get(reverse("library:practices")).context["practices"]
    assert [row.title for row in listed] == ["Second"]


HOSTILE = "</script><script>alert(1)</script> & {x} \\ % <b>"


def test_what_is_typed_is_shown_as_typed(
    client, krakow, city, coordinator, partner, secretariat, now
):
    version = practices.begin(
        city=krakow,
        content=make_content(title=f"Title {HOSTILE}", how=f"{HOSTILE} {TEXTS['how']}"),
        actor=city,
        now=now,
    )
    publish(version, city, coordinator, (partner, secretariat), now)
    slug = version.practice.slug
    page = client.get(reverse("library:practice", args=[slug])).content.decode()
    assert page.count("<script>alert") == 0
    assert "&lt;b&gt;" in page
    begins = '<script type="application/ld+json">'
    inside = page.partition(begins)[2].partition("</script>")[0]
    assert json.loads(inside)["name"] == version.title
    for name in ("practice_card",):
        card = client.get(reverse(f"library:{name}", args=[slug])).content.decode()
        assert card.count("<script") == 0
    feed = client.get(reverse("library:practices_feed")).content
    entry = ElementTree.fromstring(feed).find(f"{ATOM}entry")  # noqa: S314 - our own
    assert entry.find(f"{ATOM}title").text == version.title


def test_the_data_for_machines_is_at_its_address(client, published):
    answer = client.get(reverse("library:practice_data", args=[SLUG]))
    assert answer["Content-Type"] == "application/ld+json"
    said = json.loads(answer.content)
    assert (said["@type"], said["inLanguage"], said["version"]) == (
        "CreativeWork",
        "en",
        "1",
    )
    assert said["url"].endswith(f"/en/practices/{SLUG}/")


def test_the_feed_has_what_stands(client, published, city, now):
    path = reverse("library:practices_feed")
    answer = client.get(path)
    assert answer["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(answer.content)  # noqa: S314 - our own
    links = [
        one.find(f"{ATOM}link").get("href") for one in root.findall(f"{ATOM}entry")
    ]
    assert links == [f"http://testserver/en/practices/{SLUG}/1/"]
    practices.retire(practice=published, reason="Ended", actor=city, now=now)
    root = ElementTree.fromstring(client.get(path).content)  # noqa: S314 - our own
    assert root.findall(f"{ATOM}entry") == []


def test_a_retired_practice_keeps_its_page_and_leaves_list_and_search(
    client, published, city, now
):
    assert SearchDocument.objects.filter(kind="practice", key=SLUG).count() == 1
    practices.retire(practice=published, reason="The money ended", actor=city, now=now)
    assert SearchDocument.objects.filter(kind="practice", key=SLUG).count() == 0
    page = client.get(reverse("library:practice", args=[SLUG]))
    assert "The money ended" in page.content.decode()
    listed = client.get(reverse("library:practices")).context["practices"]
    assert listed.total == 0


def test_a_card_may_be_framed_by_anybody_and_other_pages_by_nobody(client, published):
    card = client.get(reverse("library:practice_card", args=[SLUG]))
    page = client.get(reverse("library:practice", args=[SLUG]))
    assert [answer.get("X-Frame-Options") for answer in (card, page)] == [None, "DENY"]
    ancestors = [
        next(
            part.strip()
            for part in answer["Content-Security-Policy"].split(";")
            if part.strip().startswith("frame-ancestors")
        )
        for answer in (card, page)
    ]
    assert ancestors == ["frame-ancestors *", "frame-ancestors 'none'"]
    assert card.cookies.output() == ""


def test_citations_cannot_be_broken_by_a_title(client, published):
    source = Source(
        key="k-1",
        author="City {of} \\evil",
        title="A } , author = B & 50% #1_x~y^z\nTY  - BOOK",
        published_on=published.confirmed_on,
        version="1",
        language="en",
        url="https://example.org/1/",
    )
    bibtex = FORMS["bib"][0](source)
    unescaped = bibtex.replace("\\{", "").replace("\\}", "")
    assert unescaped.count("{") == unescaped.count("}")
    assert len(bibtex.splitlines()) == 10
    ris = FORMS["ris"][0](source)
    assert [line[:2] for line in ris.splitlines()].count("TY") == 1
    for form, kind in (
        ("txt", "text/plain"),
        ("bib", "application/x-bibtex"),
        ("ris", "application/x-research-info-systems"),
    ):
        answer = client.get(reverse("library:practice_cite", args=[SLUG, 1, form]))
        assert answer["Content-Type"].partition(";")[0] == kind
    unknown = client.get(reverse("library:practice_cite", args=[SLUG, 1, "doc"]))
    assert unknown.status_code == 404


def test_the_page_shows_the_chain_and_who_may_add_to_it(
    published, lodz, other_city, city, client, signed_in, now
):
    told = Told(outcome="failed", changed="Evenings", came="Nobody", language="en")
    adoptions.adopt(
        practice=published,
        city=lodz,
        source=None,
        since=now.date() - timedelta(days=9),
        told=told,
        actor=other_city,
        now=now,
    )
    path = reverse("library:practice", args=[SLUG])
    for reader, can_tell, can_adopt in (
        (client, False, False),
        (signed_in(city), False, False),
        (signed_in(other_city), True, False),
    ):
        page = reader.get(path).context["page"]
        assert [
            (row.city, row.learned_from, row.can_tell) for row in page.adoptions
        ] == [("Łódź", "Kraków", can_tell)]
        assert page.can_adopt is can_adopt


@pytest.mark.parametrize("count", (1, 3))
def test_a_practice_page_takes_as_many_queries_for_three_adoptions_as_for_one(
    client, published, now, count, django_assert_num_queries
):
    source = None
    for name in ("Gdynia", "Gdańsk", "Sopot")[:count]:
        town = make_city(name)
        contact = make_user(f"Contact {name}", role="city", organisation=town)
        source = adoptions.adopt(
            practice=published,
            city=town,
            source=source,
            since=now.date(),
            told=Told(outcome="trying", changed="All", came="", language="en"),
            actor=contact,
            now=now,
        )
    # practice, version, numbers; adoptions, reports; question; plans
    with django_assert_num_queries(7):
        answer = client.get(reverse("library:practice", args=[SLUG]))
    rows = answer.context["page"].adoptions
    assert [row.depth for row in rows] == list(range(1, count + 1))

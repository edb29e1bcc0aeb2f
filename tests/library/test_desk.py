"""The desk in HTTP: who gets in, what a form does, and that GET changes nothing."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from mosty.library.actions import editions, practices, tools
from mosty.library.models import (
    Adoption,
    EditionVersion,
    Practice,
    PracticeVersion,
    Review,
    Tool,
)
from tests.library.conftest import SCORES, TEXTS, make_content
from tests.library.test_editions import ENGLISH, POLISH, WORDS, details, sent_back

pytestmark = pytest.mark.django_db
SLUG = "neighbours-mornings-in-the-library"
CAST = (
    "city",
    "other_city",
    "coordinator",
    "partner",
    "secretariat",
    "trainer",
    "worker",
    "administrator",
    "stranger",
)


def fields(**changes):
    """Return what a browser sends of the form of a practice."""
    return {
        **TEXTS,
        "language": "en",
        "areas": ["culture"],
        "groups": ["everybody"],
        "place": "Kraków",
        "started_on": "2020-03-01",
        "evidence": "described",
        "link": "",
        "revision": "1",
        **changes,
    }


@pytest.fixture
def statuses(request, signed_in, client):
    """Return what each of the cast, and somebody unknown, is answered."""

    def ask(path, method="get"):
        found = {
            name: getattr(signed_in(request.getfixturevalue(name)), method)(
                path
            ).status_code
            for name in CAST
        }
        found["nobody"] = getattr(client, method)(path).status_code
        return {name: status for name, status in found.items() if status != 404}

    return ask


def test_who_opens_the_desk(statuses, submitted):
    found = statuses(reverse("library:desk"))
    opened = {name for name, status in found.items() if status == 200}
    assert opened == {
        "city",
        "other_city",
        "coordinator",
        "partner",
        "secretariat",
        "trainer",
    }
    assert found["stranger"] == 403
    assert found["nobody"] == 302


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("desk_practice", {"city": 200, "coordinator": 200, "nobody": 302}),
        # The draft is submitted: its writer is led back.
        ("edit", {"city": 302, "coordinator": 403, "nobody": 302}),
        ("withdraw", {"city": 200, "coordinator": 403, "nobody": 302}),
        ("retire", {"city": 200, "coordinator": 200, "nobody": 302}),
        ("ask", {"city": 403, "coordinator": 200, "nobody": 302}),
        ("publish", {"city": 403, "coordinator": 200, "nobody": 302}),
        ("return", {"city": 403, "coordinator": 200, "nobody": 302}),
    ),
)
def test_who_opens_the_pages_of_one_practice(statuses, submitted, name, expected):
    assert statuses(reverse(f"library:{name}", args=[SLUG])) == expected


def test_looking_changes_nothing_and_the_wrong_method_is_refused(
    submitted, city, coordinator, signed_in
):
    before = PracticeVersion.objects.values().get()
    for name in ("desk_practice", "withdraw", "retire", "ask", "publish", "return"):
        for user in (city, coordinator):
            signed_in(user).get(reverse(f"library:{name}", args=[SLUG]))
    assert PracticeVersion.objects.values().get() == before
    again = reverse("library:again", args=[SLUG])
    assert signed_in(city).get(again).status_code == 405


def test_a_city_writes_and_submits(city, krakow, other_city, signed_in):
    browser = signed_in(city)
    begun = browser.post(
        reverse("library:new_practice"), fields(city=krakow.pk, summary="Short")
    )
    assert begun.status_code == 302
    desk = browser.get(begun.url).context["page"]
    assert [name for name, _sentence in desk.lacks] == ["summary"]
    # Not whole: it is not submitted, and nothing is lost.
    submit = reverse("library:submit", args=[SLUG])
    assert browser.get(submit).status_code == 302
    browser.post(submit)
    edit = reverse("library:edit", args=[SLUG])
    assert browser.post(edit, fields(title="")).status_code == 422
    assert browser.post(edit, fields()).status_code == 302
    late = browser.post(edit, fields(how="Later words"))
    assert (late.status_code, "Later words" in late.content.decode()) == (422, True)
    assert browser.get(submit).status_code == 200
    browser.post(submit)
    version = PracticeVersion.objects.get()
    assert (version.state, version.summary) == ("submitted", TEXTS["summary"])
    # Another city's contact has no such choice.
    other = signed_in(other_city).post(
        reverse("library:new_practice"), fields(city=krakow.pk)
    )
    assert (other.status_code, Practice.objects.count()) == (422, 1)


def test_a_reviewer_reviews_and_her_name_stays_with_the_coordinator(
    submitted, partner, secretariat, city, coordinator, signed_in, now
):
    ask = reverse("library:ask", args=[SLUG])
    chief = signed_in(coordinator)
    offered = chief.get(ask).context["form"].fields["reviewer"].queryset
    assert {user.name for user in offered} >= {"Bob Brown", "Sabina Sowa"}
    assert city not in offered
    for reviewer in (partner, secretariat):
        chief.post(ask, {"reviewer": reviewer.pk})
    path = reverse("library:review", args=[SLUG])
    assert signed_in(city).get(path).status_code == 404
    given = {**SCORES, "advice": "change", "comment": "Shorter", "no_stake": "on"}
    without = {name: said for name, said in given.items() if name != "no_stake"}
    browser = signed_in(partner)
    assert browser.post(path, without).status_code == 200
    assert Review.objects.filter(given_at__isnull=False).count() == 0
    assert browser.post(path, given).status_code == 302
    # Given: the page leads back.
    assert browser.get(path).status_code == 302
    desk = reverse("library:desk_practice", args=[SLUG])
    assert [
        [
            (one.reviewer, one.comment)
            for one in signed_in(user).get(desk).context["page"].reviews
        ]
        for user in (coordinator, partner, city)
    ] == [
        [("Bob Brown", "Shorter"), ("Sabina Sowa", "")],
        [("", "Shorter")],
        [],
    ]
    waiting = Review.objects.get(reviewer=secretariat)
    chief.post(reverse("library:release", args=[SLUG, waiting.pk]))
    chief.post(reverse("library:return", args=[SLUG]), {"reason": "Shorter, please"})
    page = signed_in(city).get(desk).context["page"]
    assert [(one.reviewer, one.comment) for one in page.reviews] == [("", "Shorter")]
    assert (
        signed_in(city).post(reverse("library:again", args=[SLUG])).status_code == 302
    )
    assert PracticeVersion.objects.count() == 2


def test_a_city_adopts_and_adds_what_came_of_it(
    published, city, other_city, lodz, partner, signed_in
):
    path = reverse("library:adopt", args=[SLUG])
    assert [signed_in(user).get(path).status_code for user in (city, partner)] == [
        403,
        403,
    ]
    browser = signed_in(other_city)
    told = {
        "city": lodz.pk,
        "source": "",
        "since": "2026-01-10",
        "outcome": "trying",
        "changed": "Evenings",
        "came": "",
        "language": "pl",
    }
    assert browser.post(path, {**told, "changed": ""}).status_code == 200
    assert browser.post(path, told).status_code == 302
    adoption = Adoption.objects.get()
    tell = reverse("library:tell", args=[adoption.pk])
    assert signed_in(city).get(tell).status_code == 404
    later = {**told, "seen": "1", "outcome": "failed", "came": "Nobody came."}
    assert browser.post(tell, later).status_code == 302
    assert adoption.reports.count() == 2


@pytest.mark.parametrize("count", (1, 3))
def test_the_desk_takes_as_many_queries_for_three_as_for_one(
    count, city, krakow, coordinator, signed_in, now, django_assert_num_queries
):
    for _n in range(count):
        version = practices.begin(
            city=krakow, content=make_content(), actor=city, now=now
        )
        practices.submit(version=version, actor=city, now=now)
    own, chief = signed_in(city), signed_in(coordinator)
    # session, roles; cities, reviews, practices, versions, adoptions
    with django_assert_num_queries(7):
        answer = own.get(reverse("library:desk"))
    assert len(answer.context["desk"].practices) == count
    # session, roles; reviews, what is in review, tools
    with django_assert_num_queries(5):
        answer = chief.get(reverse("library:desk"))
    assert len(answer.context["desk"].waiting) == count


# Tools -----------------------------------------------------------------------------------


@pytest.fixture
def tool(partner, now):
    return tools.add(details=details(), edition=ENGLISH, actor=partner, now=now)


@pytest.fixture
def source(tool, partner, coordinator, now, signed_in):
    """Return a source written by its form, and approved."""
    browser = signed_in(partner)
    edition = tool.editions.get()
    begun = browser.post(reverse("library:begin", args=[edition.pk]))
    sections = {}
    # The second is typed first, and stands where its number says.
    for number, (order, part) in enumerate(((2, 2), (1, 1), (3, 3)), 1):
        sections |= {
            f"section-{number}-key": "",
            f"section-{number}-order": str(order),
            f"section-{number}-title": f"Part {part}",
            f"section-{number}-text": f"Text {part}",
        }
    sent = {"title": "First talk", "label": "1st", "revision": "1", **sections}
    assert browser.post(begun.url, sent).status_code == 302
    version = EditionVersion.objects.get()
    browser.post(reverse("library:propose", args=[version.pk]))
    approve = reverse("library:approve", args=[version.pk])
    assert browser.post(approve).status_code == 403
    assert signed_in(coordinator).get(approve).status_code == 200
    assert signed_in(coordinator).post(approve).status_code == 302
    version.refresh_from_db()
    return version


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("kept_tool", {"coordinator": 200, "partner": 200, "secretariat": 200}),
        ("change_tool", {"coordinator": 200, "partner": 200, "secretariat": 200}),
        ("add_edition", {"coordinator": 200, "partner": 200, "secretariat": 200}),
        ("retire_tool", {"coordinator": 200, "partner": 403, "secretariat": 403}),
    ),
)
def test_who_opens_the_pages_of_a_tool(statuses, tool, name, expected):
    found = statuses(reverse(f"library:{name}", args=[tool.slug]))
    assert found == {**expected, "nobody": 302}


def test_a_tool_is_added_and_changed_by_its_form(partner, signed_in, course):
    browser = signed_in(partner)
    said = {
        "kind": "manual",
        "name_0": "Podręcznik",
        "name_1": "Manual",
        "summary_0": "",
        "summary_1": "",
        "issuer": "Somebody",
        "language": "en",
        "licence": "cc-by-4.0",
        "areas": ["work"],
        "courses": [course.pk],
    }
    assert browser.post(reverse("library:new_tool"), said).status_code == 302
    tool = Tool.objects.get()
    assert [str(one) for one in tool.courses.all()] == ["Good practices"]
    change = reverse("library:change_tool", args=[tool.slug])
    assert (
        browser.post(change, {**said, "revision": "1", "issuer": "Us"}).status_code
        == 302
    )
    late = browser.post(change, {**said, "revision": "1", "issuer": "Them"})
    tool.refresh_from_db()
    assert (late.status_code, tool.issuer) == (200, "Us")


def test_a_form_of_sections_keeps_order_and_a_refusal_keeps_words(
    source, partner, signed_in
):
    titles = source.sections.order_by("order").values_list("title", flat=True)
    assert list(titles) == ["Part 1", "Part 2", "Part 3"]
    browser = signed_in(partner)
    begun = browser.post(reverse("library:begin", args=[source.edition_id]))
    keys = list(source.sections.order_by("order").values_list("key", flat=True))
    sent = {"title": "", "revision": "1"}
    for number, key in enumerate(keys, 1):
        sent |= {
            f"section-{number}-key": key,
            f"section-{number}-order": str(number),
            f"section-{number}-title": f"New {number}",
            f"section-{number}-text": "<b>typed</b>",
        }
    refused = browser.post(begun.url, sent)
    assert refused.status_code == 422
    assert [pair.title for pair in refused.context["pairs"]] == [
        "New 1",
        "New 2",
        "New 3",
    ]
    assert "&lt;b&gt;typed" in refused.content.decode()
    # Emptied, a section goes; the others keep their keys.
    sent |= {"title": "First talk", "section-2-title": "", "section-2-text": " "}
    assert browser.post(begun.url, sent).status_code == 302
    draft = EditionVersion.objects.get(state="draft")
    kept = draft.sections.order_by("order").values_list("key", flat=True)
    assert list(kept) == [keys[0], keys[2]]


def test_a_translation_goes_out_and_comes_back_by_the_pages(
    client, tool, source, partner, coordinator, city, signed_in, now
):
    edition = tools.add_edition(tool=tool, edition=POLISH, actor=partner, now=now)
    version = editions.begin(edition=edition, actor=partner, now=now)
    out = reverse("library:give_out", args=[version.pk])
    back = reverse("library:take_back", args=[version.pk])
    for path in (out, back, reverse("library:version", args=[version.pk])):
        assert signed_in(city).get(path).status_code == 404
    browser = signed_in(partner)
    answer = browser.get(out)
    assert answer["Content-Type"] == "application/xliff+xml"
    assert 'filename="first-talk-pl-1.xlf"' in answer["Content-Disposition"]

    def send(content):
        return browser.post(back, {"file": SimpleUploadedFile("a.xlf", content)})

    refused = send(answer.content.replace(b'version="2.0"', b'version="1.2"'))
    assert refused.status_code == 422
    assert "Only XLIFF 2.0 is taken" in refused.content.decode()
    assert send(sent_back(version, WORDS)).status_code == 302
    browser.post(reverse("library:propose", args=[version.pk]))
    assert browser.get(out).status_code == 404
    signed_in(coordinator).post(reverse("library:approve", args=[version.pk]))
    page = client.get(reverse("library:edition", args=[tool.slug, "pl"]))
    assert page.context["page"].row.standing.is_behind is False
    assert "&lt;b&gt;Tekst&lt;/b&gt; &amp; 1" in page.content.decode()


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_of_tools_takes_constant_queries(
    client, partner, coordinator, now, count, django_assert_num_queries
):
    for number in range(count):
        added = tools.add(
            details=details(issuer=f"City {number}"),
            edition=ENGLISH,
            actor=partner,
            now=now - timedelta(days=number),
        )
        version = editions.begin(edition=added.editions.get(), actor=partner, now=now)
        editions.save(
            version=version,
            about=editions.About(title="Talk", label="1"),
            sections=(),
            sent=None,
            revision=1,
            actor=partner,
            now=now,
        )
        version = editions.propose(version=version, actor=partner, now=now)
        editions.approve(version=version, actor=coordinator, now=now)
    with django_assert_num_queries(4):  # count, tools, editions, sections
        answer = client.get(reverse("library:tools"))
    assert [row.issuer for row in answer.context["tools"]] == [
        f"City {number}" for number in range(count)
    ]
    for name in ("tool", "tool_card", "tool_data"):
        found = client.get(reverse(f"library:{name}", args=["first-talk"]))
        assert found.status_code == 200
    assert client.get(reverse("library:tools_feed")).status_code == 200


def test_what_is_not_published_of_a_tool_is_not_there(client, tool, partner, now):
    editions.begin(edition=tool.editions.get(), actor=partner, now=now)
    for name, args in (
        ("tool", [tool.slug]),
        ("tool_card", [tool.slug]),
        ("tool_data", [tool.slug]),
        ("edition", [tool.slug, "en"]),
        ("edition_version", [tool.slug, "en", 1]),
        ("edition_file", [tool.slug, "en", 1]),
        ("edition_cite", [tool.slug, "en", 1, "bib"]),
    ):
        assert client.get(reverse(f"library:{name}", args=args)).status_code == 404

"""Links of an action: chosen by the city, shown as far as each reader may know."""

import io
from dataclasses import replace

import docx
import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from mosty.partnerships.actions import maps, versions
from mosty.plans.actions import importing, signing
from mosty.plans.actions.rows import CannotWrite
from mosty.plans.content import as_json, read
from mosty.plans.models import Action
from mosty.plans.queries.contents import live
from mosty.programmes.models import Programme
from tests.library.conftest import (  # noqa: F401 - fixtures
    draft,
    published,
    reviewed,
    submitted,
)
from tests.plans.conftest import sign
from tests.plans.linking import SECRETS, link, map_of, need, put

pytestmark = pytest.mark.django_db


@pytest.fixture
def city_map(plan, krakow, city, now):
    """Return Kraków's map of the course."""
    return map_of(krakow, city, now, plan.course)


@pytest.fixture
def club(city_map, city, now):
    """Return an actor of Kraków's map."""
    return put(city_map, "Club of Neighbours", city, now)


@pytest.fixture
def linked(plan, club, published, krakow, anna, now):  # noqa: F811
    """Return Kraków's first action, with a link of each kind, written by Anna."""
    first = Action.objects.filter(plan=plan).order_by("pk").first()
    return link(
        first, anna, now,
        practices=[published.slug], stakeholders=[str(club.key)],
        needs=[need("Housing").pk, need("Own words", krakow).pk],
    )  # fmt: skip


def url(name, *args):
    return reverse(f"plans:{name}", args=args)


WORDS = ("Club of Neighbours", "mornings in the library", "Housing", "Own words")


def said(text):
    """Return which of the links' words a page says."""
    return [word for word in WORDS if word in text]


def text_of(answer):
    """Return what a page, a PDF or a DOCX says."""
    kind = answer["Content-Type"]
    if kind == "application/pdf":
        pages = PdfReader(io.BytesIO(answer.content)).pages
        return " ".join(" ".join(page.extract_text().split()) for page in pages)
    if "wordprocessing" in kind:
        tables = docx.Document(io.BytesIO(answer.content)).tables
        return " ".join(cell.text for table in tables for cell in table._cells)
    return answer.content.decode()


# Choosing ----------------------------------------------------------------------------


def test_the_group_chooses_of_its_own_city_s_map_alone(
    plan, city_map, club, anna, city, other_city, lodz, krakow, now
):
    put(map_of(lodz, other_city, now, plan.course), "Club of Łódź", other_city, now)
    put(map_of(krakow, city, now), "Of another course", city, now)
    action = Action.objects.filter(plan=plan).first()
    page = Client().get(f"{url('link_draft', anna.token)}?edit=action-{action.pk}")
    form = page.context["form"]
    assert form.fields["stakeholders"].choices == [
        (str(club.key), "Club of Neighbours (Partners of krakow)")
    ]
    assert not any(secret in page.content.decode() for secret in SECRETS)
    sent = {
        "act": "save", "row": f"action-{action.pk}", "what": action.what,
        "visibility": 1, "seen": 1, "stakeholders": [str(club.key)],
    }  # fmt: skip
    assert Client().post(url("link_draft", anna.token), sent).status_code == 302
    action.refresh_from_db()
    assert (action.stakeholders, action.version) == ([club.key], 2)
    page = Client().get(url("link_draft", anna.token)).content.decode()
    assert "Club of Neighbours" in page


def test_what_is_not_offered_is_refused(plan, anna, other_city, lodz, now):
    theirs = put(map_of(lodz, other_city, now), "Club of Łódź", other_city, now)
    own = need("Theirs", lodz)
    action = Action.objects.filter(plan=plan).first()
    for wrong in (
        {"stakeholders": [str(theirs.key)]},
        {"needs": [own.pk]},
        {"practices": ["nowhere"]},
    ):
        with pytest.raises(CannotWrite) as caught:
            link(action, anna, now, **wrong)
        assert list(caught.value.fields) == list(wrong)
        with pytest.raises(IntegrityError), transaction.atomic():
            Action.objects.filter(pk=action.pk).update(**wrong)


def test_a_draft_of_a_practice_is_nothing_to_build_on(plan, draft, anna, now):  # noqa: F811
    action = Action.objects.filter(plan=plan).first()
    with pytest.raises(CannotWrite):
        link(action, anna, now, practices=[draft.practice.slug])
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(practices=[draft.practice.slug])


def test_too_many_links_are_refused(plan, anna, now):
    many = [need(f"Need {number}").pk for number in range(21)]
    action = Action.objects.filter(plan=plan).first()
    with pytest.raises(CannotWrite, match="at most 20"):
        link(action, anna, now, needs=many)
    link(action, anna, now, needs=many[:20])


def test_two_who_link_one_action_are_merged_without_a_question(
    linked, city_map, city, anna, now
):
    other = put(city_map, "School", city, now)
    seen = linked.version
    keys = [str(key) for key in linked.stakeholders]
    link(linked, anna, now, stakeholders=[*keys, str(other.key)])
    from mosty.plans.actions import drafting

    saved = drafting.save_action(
        action=linked, values={"what": linked.what, "stakeholders": [], "lead": "We"},
        visibility=None, seen=seen, actor=city, now=now,
    )  # fmt: skip
    linked.refresh_from_db()
    assert saved.merged
    assert (linked.stakeholders, linked.lead) == ([other.key], "We")


def test_a_signed_plan_keeps_its_links_and_their_names(linked, plan, club, city, now):
    sign(plan, city, now)
    with pytest.raises(IntegrityError), transaction.atomic():
        Action.objects.filter(pk=linked.pk).update(stakeholders=[])
    version = read(plan.versions.get().content)
    club.name, club.revision = "Renamed", 2
    club.save()
    names = {
        name: [one.words for one in getattr(version.lines[0], name)]
        for name in ("practices", "stakeholders", "needs")
    }
    assert names == {
        "practices": ["Neighbours' mornings in the library"],
        "stakeholders": ["Club of Neighbours"],
        "needs": ["Housing", "Own words"],
    }
    assert read(as_json(version)) == version


def test_what_was_signed_off_before_there_were_links_is_read(plan):
    stored = as_json(live(plan))
    for aim in stored["aims"]:
        for line in aim["lines"]:
            for name in ("practices", "stakeholders", "needs"):
                del line[name]
    assert read(stored) == live(plan)


# Who sees what -----------------------------------------------------------------------

EVERYTHING = list(WORDS)
OPEN = ["mornings in the library", "Housing"]


@pytest.mark.parametrize("page", ("plan", "pdf", "docx"))
@pytest.mark.parametrize(
    ("who", "words"),
    (
        ("city", EVERYTHING),
        ("coordinator", OPEN),
        ("partner", OPEN),
        ("other_city", OPEN),
        ("", OPEN),
    ),
)
def test_what_is_the_city_s_own_stays_with_it(
    linked, plan, city, signed_in, request, now, page, who, words
):
    Programme.objects.update(is_published=True)
    sign(plan, city, now)
    signing.share(plan=plan, visibility=3, with_lines=True, actor=city, now=now)
    client = signed_in(request.getfixturevalue(who)) if who else Client()
    answer = client.get(url(page, plan.code))
    text = text_of(answer)
    if page != "plan":
        # Papers are in the plan's language, Polish; its own line may break words.
        text = text.replace("\n", " ")
    assert said(text) == words
    assert not any(secret in text for secret in SECRETS)


def test_older_versions_and_tables_say_no_more(
    linked, plan, city, coordinator, signed_in, now
):
    sign(plan, city, now)
    for who, words in ((city, EVERYTHING), (coordinator, OPEN)):
        client = signed_in(who)
        old = text_of(client.get(url("pdf", plan.code) + "?version=1"))
        assert said(old) == words
        table = client.get(url("table", plan.code) + "?export=csv")
        cells = table.content.decode("utf-8-sig")
        assert ("Club of Neighbours" in cells) == (who is city)
        assert ("Own words" in cells) == (who is city)
        assert "neighbours-mornings-in-the-library" in cells


def test_an_actor_of_a_shared_map_is_named_to_those_who_read_it(
    linked, plan, city_map, club, city, coordinator, other_city, auditor,
    signed_in, now,
):  # fmt: skip
    Programme.objects.update(is_published=True)
    sign(plan, city, now)
    signing.share(plan=plan, visibility=3, with_lines=True, actor=city, now=now)
    versions.freeze(found=city_map, day=now.date(), note_text="", actor=city, now=now)
    city_map.refresh_from_db()
    maps.change(
        found=city_map,
        details=replace(
            maps.Details(
                title=city_map.title, topic=city_map.topic, made_on=city_map.made_on
            ),
            course=city_map.course,
            visibility="network",
        ),
        seen=city_map.revision, actor=city, now=now,
    )  # fmt: skip
    found = {
        who.name.split()[0]: said(
            signed_in(who).get(url("plan", plan.code)).content.decode()
        )
        for who in (coordinator, other_city, auditor)
    }
    assert found == {
        "Alice": [*WORDS[:3]],
        "Leon": [*WORDS[:3]],
        found and auditor.name.split()[0]: OPEN,
    }
    assert said(Client().get(url("plan", plan.code)).content.decode()) == OPEN


# Out and back ------------------------------------------------------------------------


@pytest.mark.parametrize("form", ("csv", "xlsx"))
def test_links_leave_and_come_back_unchanged(
    linked, plan, city_map, city, signed_in, now, form
):
    # Of one name with another: told apart by their keys.
    twin = put(map_of(plan.owner, city, now), "Club of Neighbours", city, now)
    link(linked, city, now, stakeholders=[*map(str, linked.stakeholders), str(twin.key)],
         practices=linked.practices, needs=linked.needs)  # fmt: skip
    content = signed_in(city).get(f"{url('table', plan.code)}?export={form}").content
    found = importing.look(
        plan=plan, content=content, name=f"plan.{form}", actor=city, now=now
    )
    assert (found.wrong, found.changes, found.unchanged) == ((), (), 2)


def bring(plan, content, actor, now):
    seen = importing.look(
        plan=plan, content=content, name="p.csv", actor=actor, now=now
    )
    if seen.wrong:
        return seen
    return importing.apply(
        plan=plan, content=content, name="p.csv", seen=seen.seen, actor=actor, now=now
    )


def test_links_are_changed_by_a_table_and_unknown_ones_told(
    linked, plan, city_map, city, signed_in, now
):
    put(city_map, "Parents' Council", city, now)
    text = (
        signed_in(city)
        .get(f"{url('table', plan.code)}?export=csv")
        .content.decode("utf-8-sig")
    )
    changed = text.replace('"Club of Neighbours"', '"parents council"')
    found = bring(plan, changed.encode(), city, now)
    assert [change.fields for change in found.changes] == [
        (("Partners on our map", "Club of Neighbours", "Parents' Council"),)
    ]
    linked.refresh_from_db()
    assert [one.words for one in live(plan).lines[0].stakeholders] == [
        "Parents' Council"
    ]
    for words, sentence in (
        ("Club of Neighbors", "“Club of Neighbors” is not known here. Perhaps: Club of Neighbours."),
        ("Nobody", "“Nobody” is not known here. Choose it on the screen of the plan."),
    ):  # fmt: skip
        wrong = bring(
            plan, text.replace("Club of Neighbours", words).encode(), city, now
        ).wrong
        assert [(one.column, one.sentence) for one in wrong] == [
            ("Partners on our map", sentence)
        ]


# From the practice -------------------------------------------------------------------


def uses(client, practice):
    page = client.get(reverse("library:practice", args=[practice.slug]))
    return [(use.title, use.city) for use in page.context["page"].uses]


OURS = [("Welcome in Kraków", "Kraków")]


@pytest.mark.parametrize(
    ("plan_circle", "line_circle", "seen_by"),
    (
        (0, 0, {"city", "coordinator"}),
        (1, 1, {"city", "coordinator", "partner", "other_city"}),
        (3, 0, {"city", "coordinator"}),
        (3, 2, {"city", "coordinator", "partner", "other_city"}),
        (3, 3, {"city", "coordinator", "partner", "other_city", "auditor", ""}),
    ),
)
def test_a_practice_names_the_plans_that_its_reader_sees(
    linked, plan, published, city, signed_in, request, now,  # noqa: F811
    plan_circle, line_circle, seen_by,
):  # fmt: skip
    Programme.objects.update(is_published=True)
    sign(plan, city, now)
    signing.share(
        plan=plan, visibility=plan_circle, with_lines=True, actor=city, now=now
    )
    linked.refresh_from_db()
    signing.share_line(action=linked, visibility=line_circle, actor=city, now=now)
    found = {
        who
        for who in ("city", "coordinator", "partner", "other_city", "auditor", "")
        if uses(signed_in(request.getfixturevalue(who)) if who else Client(), published)
        == OURS
    }
    assert found == seen_by


def test_a_practice_follows_what_was_signed_off_not_the_draft(
    linked, plan, published, city, other_city, signed_in, now  # noqa: F811
):  # fmt: skip
    assert uses(signed_in(city), published) == OURS
    assert uses(signed_in(other_city), published) == []
    sign(plan, city, now)
    assert uses(signed_in(other_city), published) == OURS
    signing.revise(plan=plan, reason="Another way", actor=city, now=now)
    link(linked, city, now, practices=[])
    assert uses(signed_in(city), published) == []
    assert uses(signed_in(other_city), published) == OURS

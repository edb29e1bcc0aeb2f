"""Opinions: five languages, nobody's answer, months that are over and not too few."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.infopoint.actions import opinions
from mosty.infopoint.actions.opinions import CannotGive, Opinion
from mosty.infopoint.models import Opinions, Period, Poster
from mosty.infopoint.queries.opinions import page
from mosty.infopoint.views import everyone as views
from tests.infopoint.conftest import last_month

pytestmark = pytest.mark.django_db


def set_poster(point, lead, now, **fields):
    given = {"is_open": True, "asks_found": True, "asks_language": False}
    return opinions.set_poster(
        point=point, renew=False, actor=lead, now=now, **{**given, **fields}
    )


@pytest.fixture
def poster(point, lead, now):
    return set_poster(point, lead, now)


def at(poster, language="uk", name="opinion"):
    return reverse(name, args=[language, poster.point.slug, poster.code])


def give(poster, now, score=5, **said):
    opinions.give(poster=poster, opinion=Opinion(score, **said), now=now)


# The page for everyone ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("language", "title", "others"),
    (
        ("pl", "Jak było?", "en uk be ru"),
        ("en", "How was it here?", "pl uk be ru"),
        ("uk", "Як усе пройшло?", "pl en be ru"),
        ("be", "Як усё прайшло?", "pl en uk ru"),
        ("ru", "Как всё прошло?", "pl en uk be"),
    ),
)
def test_the_sheet_speaks_five_languages(client, poster, language, title, others):
    answer = client.get(at(poster, language), headers={"accept-language": "en"})
    text = answer.content.decode()
    assert (answer.status_code, answer["Content-Language"]) == (200, language)
    assert f"<h1>{title}</h1>" in text
    assert f'<html lang="{language}">' in text
    site = answer.context["site"]
    assert [one.url for one in site.languages] == [
        at(poster, code) for code in others.split()
    ]
    # The rest of the site speaks two; besides, it leads to pages for everyone.
    of_site = language if language in {"pl", "en"} else "pl"
    assert f'<a class="brand" href="/{of_site}/">' in text
    assert {item.url.split("/")[1] for item in site.footer} == {of_site, language}


@pytest.mark.parametrize(
    ("asked", "language"),
    (
        ("ru-RU,ru;q=0.9,en;q=0.5", "ru"),
        ("de, be;q=0.5", "be"),
        ("de", "pl"),
        ("", "pl"),
    ),
)
def test_the_code_leads_to_the_language_of_the_phone(client, poster, asked, language):
    address = reverse("opinion_scanned", args=[poster.point.slug, poster.code])
    answer = client.get(address, headers={"accept-language": asked})
    assert (answer.status_code, answer.url) == (302, at(poster, language))
    assert client.post(address).status_code == 405


def test_an_answer_is_counted_and_nothing_else_is_kept(client, poster, today):
    entries = Entry.objects.count()
    answer = client.post(at(poster), {"score": "4", "found": "no", "language": "yes"})
    assert (answer.status_code, answer.url) == (302, at(poster, name="opinion_thanks"))
    assert client.get(answer.url).status_code == 200
    row = Opinions.objects.get()
    # The point does not ask about the language.
    assert (row.year, row.month, row.scores, row.found_yes, row.found_no) == (
        today.year,
        today.month,
        (0, 0, 0, 1, 0),
        0,
        1,
    )
    assert (row.language_yes, row.language_no) == (0, 0)
    assert (Entry.objects.count(), dict(answer.cookies)) == (entries, {})
    assert answer["Cache-Control"] == "no-store"


def test_a_month_is_one_row_that_says_nothing_of_an_answer(poster, now):
    give(poster, now)
    give(poster, now, score=1, found=True)
    assert [row.scores for row in Opinions.objects.all()] == [(1, 0, 0, 0, 1)]
    columns = {field.name for field in Opinions._meta.get_fields()}
    assert columns == {
        "id", "point", "year", "month", "found_yes", "found_no",
        "language_yes", "language_no", *(f"score_{n}" for n in range(1, 6)),
    }  # fmt: skip


@pytest.mark.parametrize("sent", ({}, {"score": "6"}, {"score": "x", "found": "no"}))
def test_without_a_rating_the_sheet_comes_back(client, poster, sent):
    answer = client.post(at(poster, "en"), sent)
    assert (answer.status_code, answer.context["wrong"]) == (
        200,
        "Choose one of the five.",
    )
    assert Opinions.objects.count() == 0


def test_too_many_at_once_wait(client, poster, monkeypatch):
    monkeypatch.setattr(views, "MOST_A_MINUTE", 0)
    answer = client.post(at(poster, "be"), {"score": "5"})
    assert (answer.status_code, "Паспрабуйце" in answer.content.decode()) == (429, True)
    assert Opinions.objects.count() == 0


def test_who_has_no_code_finds_nothing(client, poster, other_point):
    addresses = [
        reverse("opinion", args=["pl", poster.point.slug, "XXXX-XX"]),
        reverse("opinion", args=["pl", other_point.slug, poster.code]),
        reverse("opinion_thanks", args=["pl", poster.point.slug, "XXXX-XX"]),
        at(poster).replace("/uk/", "/de/"),
    ]
    assert [client.get(address).status_code for address in addresses] == [404] * 4
    assert client.put(at(poster)).status_code == 405


def test_a_point_that_does_not_ask_takes_nothing(client, poster, lead, now):
    old = at(poster, "en")
    set_poster(poster.point, lead, now, is_open=False)
    page = client.post(old, {"score": "5"})
    assert (page.status_code, page.context["is_open"]) == (200, False)
    with pytest.raises(CannotGive):
        give(Poster.objects.select_related("point").get(), now)
    opinions.set_poster(
        point=poster.point, is_open=True, asks_found=False, asks_language=False,
        renew=True, actor=lead, now=now,
    )  # fmt: skip
    assert client.get(old).status_code == 404
    assert Opinions.objects.count() == 0


# What is true in the database ---------------------------------------------------------


def test_a_closed_month_takes_no_more(poster, now):
    give(poster, now)
    today = poster.point.today(now)
    Period.objects.create(
        point=poster.point,
        year=today.year,
        month=today.month,
        closed_at=now,
        closed_by="x",
    )
    with pytest.raises(IntegrityError, match="the period is closed"):
        give(poster, now)
    assert Opinions.objects.get().scores == (0, 0, 0, 0, 1)


@pytest.mark.parametrize(
    "statement",
    (
        "update infopoint_opinions set score_5 = 0",
        "update infopoint_opinions set month = month % 12 + 1",
        "update infopoint_opinions set found_yes = 2",
        "delete from infopoint_opinions",
    ),
)
def test_counts_only_rise(poster, now, statement):
    give(poster, now)
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


# What is shown ------------------------------------------------------------------------


def test_too_few_and_running_months_show_nothing(poster, now):
    point = poster.point
    today = point.today(now)
    month = last_month(today)
    before = last_month(month)
    for day, scores in (
        (month, (0, 0, 1, 2, 2)),
        (before, (0, 0, 0, 0, 4)),
        (today, (9, 9, 9, 9, 9)),
    ):
        counts = {f"score_{n}": count for n, count in enumerate(scores, 1)}
        Opinions.objects.create(
            point=point, year=day.year, month=day.month, found_yes=4, **counts
        )
    shown = page(point, now)
    assert [(row.first, row.scores, row.shares) for row in shown.rows] == [
        (month.replace(day=1), (0, 0, 1, 2, 2), (None, None)),
        (before.replace(day=1), (), ()),
    ]
    # The year is made of what is shown: nothing can be subtracted from it.
    assert [(year, row.scores, row.mean) for year, row in shown.years] == [
        (month.year, (0, 0, 1, 2, 2), 4.2)
    ]


def test_shares_are_of_those_who_answered_the_question(poster, now):
    point = poster.point
    day = last_month(point.today(now))
    Opinions.objects.create(
        point=point, year=day.year, month=day.month, score_5=9, found_yes=5, found_no=1
    )
    assert page(point, now).rows[0].shares == (83, None)


def test_the_month_is_the_points_own(poster):
    give(poster, datetime(2026, 3, 31, 23, 30, tzinfo=ZoneInfo("Europe/Warsaw")))
    give(poster, datetime(2026, 3, 31, 23, 30, tzinfo=ZoneInfo("UTC")))
    assert {(row.year, row.month) for row in Opinions.objects.all()} == {
        (2026, 3),
        (2026, 4),
    }


# The point's own pages ----------------------------------------------------------------


def test_who_sees_which_page(poster, signed_in, request):
    slug = poster.point.slug
    pages = {
        name: {
            who: signed_in(request.getfixturevalue(who))
            .get(reverse(f"infopoint:{name}", args=[slug]))
            .status_code
            for who in ("worker", "lead", "other_worker", "coordinator", "stranger")
        }
        for name in ("opinions", "poster", "opinion_settings")
    }
    for_both = {"worker": 200, "lead": 200}
    nobody = {"other_worker": 404, "coordinator": 404, "stranger": 404}
    assert pages == {
        "opinions": {**for_both, **nobody},
        "poster": {**for_both, **nobody},
        "opinion_settings": {"worker": 403, "lead": 200, **nobody},
    }
    client = signed_in(request.getfixturevalue("lead"))
    for name in pages:
        assert client.put(reverse(f"infopoint:{name}", args=[slug])).status_code == 405


def test_the_lead_asks_and_stops_asking(point, lead, worker, signed_in, now):
    address = reverse("infopoint:opinion_settings", args=[point.slug])
    client = signed_in(lead)
    assert (
        client.post(address, {"is_open": "on", "asks_language": "on"}).status_code
        == 302
    )
    poster = Poster.objects.get()
    assert (poster.is_open, poster.asks_found, poster.asks_language) == (
        True,
        False,
        True,
    )
    code = poster.code
    client.post(address, {"renew": "on"})
    poster.refresh_from_db()
    assert (poster.is_open, poster.code == code) == (False, False)
    assert [
        one.after for one in Entry.objects.filter(verb="opinions.set").order_by("pk")
    ] == [
        {"open": True, "found": False, "language": True, "new_code": False},
        {"open": False, "found": False, "language": False, "new_code": True},
    ]
    # Nothing to print while nothing is asked.
    printed = reverse("infopoint:poster", args=[point.slug])
    assert client.get(printed).status_code == 404
    with pytest.raises(PermissionDenied):
        set_poster(point, worker, now)


def test_the_poster_is_a_pdf(poster, worker, signed_in):
    answer = signed_in(worker).get(
        reverse("infopoint:poster", args=[poster.point.slug])
    )
    assert (answer["Content-Type"], answer.content[:5]) == ("application/pdf", b"%PDF-")


@pytest.mark.parametrize("count", (1, 3))
def test_the_results_take_as_many_queries_however_long(
    poster, worker, signed_in, now, django_assert_num_queries, count
):
    day = poster.point.today(now)
    for _n in range(count):
        day = last_month(day)
        Opinions.objects.create(
            point=poster.point, year=day.year, month=day.month, score_4=6
        )
    client = signed_in(worker)
    # Session with its user, roles, point, months, poster.
    with django_assert_num_queries(5):
        answer = client.get(reverse("infopoint:opinions", args=[poster.point.slug]))
    assert len(answer.context["page"].rows) == count


def test_the_same_question_sheet_again_is_as_once(poster, lead, now):
    again = set_poster(poster.point, lead, now)
    assert (again.pk, again.code) == (poster.pk, poster.code)
    assert Entry.objects.filter(verb="opinions.set").count() == 1
    set_poster(poster.point, lead, now, asks_language=True)
    assert Entry.objects.filter(verb="opinions.set").count() == 2

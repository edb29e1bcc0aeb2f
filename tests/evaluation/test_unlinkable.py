"""Nothing stored joins an answer to a person, a moment or an order."""

import pytest
from django.db import connection, models
from django.test import Client
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.evaluation.actions import answers
from mosty.evaluation.actions.answers import Words, digest
from mosty.evaluation.models import Answer, Quote, Said
from tests.evaluation.conftest import link_to

pytestmark = pytest.mark.django_db
STORED = (Answer, Said, Quote)


def rows(model):
    """Return what the database itself knows of each row: transaction, command, place."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"select xmin::text, cmin::text, ctid::text, id::text from {model._meta.db_table}"  # noqa: S608
            " order by ctid"
        )
        return cursor.fetchall()


def test_columns_hold_no_person_moment_or_number():
    assert {
        model.__name__: {field.name for field in model._meta.concrete_fields}
        for model in STORED
    } == {
        "Answer": {"id", "survey", "content", "pseudonym"},
        "Said": {"id", "survey", "question", "text"},
        "Quote": {"id", "survey", "question", "text", "attribution", "state"},
    }
    kinds = (models.DateTimeField, models.DateField, models.AutoField)
    assert [
        f for m in STORED for f in m._meta.concrete_fields if isinstance(f, kinds)
    ] == []
    relations = [
        f.name for m in STORED for f in m._meta.concrete_fields if f.is_relation
    ]
    assert set(relations) == {"survey"}


@pytest.mark.django_db(transaction=True)
def test_all_rows_have_one_transaction_and_one_command(survey, give):
    for number in range(6):
        give(
            survey,
            useful=1 + number % 5,
            words=[
                Words("better", f"said {number}"),
                Words("quote", "q", may_quote=True),
            ],
        )
    for model in STORED:
        found = rows(model)
        assert len(found) == 6
        assert len({(xmin, cmin) for xmin, cmin, _ctid, _id in found}) == 1


@pytest.mark.django_db(transaction=True)
def test_who_writes_nothing_renews_what_others_wrote(survey, give):
    give(survey, words=[Words("better", "said")])
    give(survey)
    assert {row[0] for row in rows(Said)} == {row[0] for row in rows(Answer)}


@pytest.mark.django_db(transaction=True)
def test_keys_are_new_after_every_answer(survey, give):
    give(survey)
    give(survey)
    before = {row[3] for row in rows(Answer)}
    give(survey)
    assert before & {row[3] for row in rows(Answer)} == set()


@pytest.mark.django_db(transaction=True)
def test_the_place_of_the_newest_is_any(survey, give):
    """In 24 tries with six answers, the newest lies last every time once in 6^24."""
    places = set()
    for number in range(5):
        give(survey, years=number + 1)
    for number in range(24):
        survey.refresh_from_db()
        Answer.objects.filter(content__years__gte=100).delete()
        give(survey, years=100 + number)
        with connection.cursor() as cursor:
            cursor.execute(
                "select (content->>'years')::int from evaluation_answer order by ctid"
            )
            order = [years for (years,) in cursor.fetchall()]
        places.add(order.index(100 + number))
    assert len(places) > 2


@pytest.mark.django_db(transaction=True)
def test_beyond_the_bound_a_random_lot_is_renewed(survey, give, monkeypatch):
    monkeypatch.setattr(answers, "REWRITTEN", 4)
    for number in range(9):
        give(survey, years=number + 1)
    found = rows(Answer)
    newest = max(found, key=lambda row: int(row[0]))[0]
    assert (len(found), sum(row[0] == newest for row in found)) == (9, 4)
    years = sorted(Answer.objects.values_list("content__years", flat=True))
    assert years == list(range(1, 10))


def test_an_answer_leaves_nothing_in_the_ledger(survey, give):
    before = Entry.objects.count()
    give(survey)
    assert Entry.objects.count() == before


def test_what_is_written_is_joined_to_nothing(survey, give):
    give(
        survey,
        years=3,
        words=[Words("better", "more"), Words("quote", "Good", True, "Ewa, Kraków")],
        sign="ma07kr",
    )
    assert list(Answer.objects.values_list("content", "pseudonym")) == [
        # A reaction is not compared, so no sign is kept of it.
        ({"useful": 4, "years": 3}, None)
    ]
    assert list(Said.objects.values_list("question", "text")) == [("better", "more")]
    assert list(Quote.objects.values_list("text", "attribution", "state")) == [
        ("Good", "Ewa, Kraków", "waiting")
    ]


def test_a_sign_is_kept_as_a_digest_of_the_course(ask, give, programme):
    from tests.factories import make_course

    before = ask("before")
    give(before, sign="MA 07 kr")
    kept = bytes(Answer.objects.get().pseudonym)
    assert (len(kept), kept == digest(before, "ma07kr"), b"MA07KR" in kept) == (
        32,
        True,
        False,
    )
    other = ask("before", of=make_course(programme, slug="other", part=2))
    assert digest(other, "ma07kr") != kept
    assert digest(before, " ") is None


def test_the_page_sets_no_session_and_a_cookie_that_is_the_same_for_all(survey, rf):
    cookies = []
    for _person in range(2):
        client = Client()
        path = reverse("evaluation:answer", args=[link_to(survey).token])
        page = client.get(path)
        assert (page.status_code, dict(client.cookies)) == (200, {})
        answered = client.post(path, {"useful": "3", "in": "en"})
        assert answered.status_code == 302
        cookies.append({name: one.value for name, one in client.cookies.items()})
    assert (
        cookies[0]
        == cookies[1]
        == {
            f"feedback-{survey.code}-pl": "yes",
            f"feedback-{survey.code}-en": "yes",
        }
    )

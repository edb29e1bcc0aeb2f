"""How surveys are made, answered, moved, closed; what the database refuses."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction

from mosty.audit.actors import SYSTEM
from mosty.audit.models import Entry
from mosty.evaluation.actions import invitations, questionnaires, quotes, surveys
from mosty.evaluation.actions.answers import CannotGive, Words
from mosty.evaluation.models import Answer, QuestionnaireVersion, Quote, Result, Survey
from mosty.evaluation.queries.people import count_asked
from mosty.evaluation.questions import CannotUse, parse
from mosty.outbox.models import Link, Message
from mosty.training.models import Mark
from tests.evaluation.conftest import CONTENT, link_to

pytestmark = pytest.mark.django_db


# Making ---------------------------------------------------------------------------


def test_a_survey_has_one_link_for_everybody(survey):
    assert list(
        Link.objects.filter(purpose="feedback").values_list("subject", flat=True)
    ) == [survey.code]
    entry = Entry.objects.filter(target_kind="evaluation.survey").get()
    assert (entry.verb, entry.after) == ("survey.made", {"kind": "reaction"})


@pytest.mark.parametrize(
    "who", ("partner", "secretariat", "trainer", "city", "stranger")
)
def test_only_the_coordinator_makes_and_closes(
    request, survey, questionnaire, who, now
):
    actor = request.getfixturevalue(who)
    plan = surveys.Plan(questionnaire, "reaction", now, now + timedelta(days=1))
    with pytest.raises(PermissionDenied):
        surveys.make(course=survey.course, plan=plan, actor=actor, now=now)
    with pytest.raises(PermissionDenied):
        surveys.close(survey=survey, actor=actor, now=now)
    with pytest.raises(PermissionDenied):
        surveys.move_end(survey=survey, closes_at=now, actor=actor, now=now)
    with pytest.raises(PermissionDenied):
        invitations.invite(survey=survey, actor=actor, now=now)
    with pytest.raises(PermissionDenied):
        invitations.remind(survey=survey, actor=actor, now=now)
    with pytest.raises(PermissionDenied):
        quotes.decide(survey=survey, states={}, actor=actor, now=now)
    with pytest.raises(PermissionDenied):
        questionnaires.save(
            questionnaire=questionnaire, content=parse(CONTENT), actor=actor, now=now
        )


def test_fewer_than_three_answers_are_never_shown(ask, survey):
    with pytest.raises(surveys.CannotAsk):
        ask(minimum=2)
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.create(
            course=survey.course, version=survey.version, kind="after", minimum=2,
            opens_at=survey.opens_at, closes_at=survey.closes_at, made_at=survey.made_at,
        )  # fmt: skip


# Questionnaires -------------------------------------------------------------------


def test_saving_changes_the_last_version_until_it_is_asked(
    questionnaire, ask, coordinator, now
):
    changed = parse({**CONTENT, "title": {"pl": "Jak było?", "en": "How?"}})
    first = questionnaires.save(
        questionnaire=questionnaire, content=changed, actor=coordinator, now=now
    )
    ask()
    again = questionnaires.save(
        questionnaire=questionnaire, content=changed, actor=coordinator, now=now
    )
    third = questionnaires.save(
        questionnaire=questionnaire, content=parse(CONTENT), actor=coordinator, now=now
    )
    assert (first.number, again.number, third.number) == (1, 1, 2)


@pytest.mark.parametrize("act", ("update", "delete"))
def test_the_database_keeps_questions_that_were_asked(survey, act):
    rows = QuestionnaireVersion.objects.filter(pk=survey.version_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(number=9) if act == "update" else rows._raw_delete("default")


def test_two_of_one_name_are_refused(questionnaire, coordinator, content, now):
    with pytest.raises(CannotUse):
        questionnaires.create(
            programme=questionnaire.programme,
            name="Reaction",
            content=content,
            actor=coordinator,
            now=now,
        )


# What was promised ----------------------------------------------------------------


@pytest.mark.parametrize(
    "change", ({"minimum": 3}, {"kind": "after"}, {"code": "X"}, {"minimum": 9})
)
def test_the_database_keeps_a_surveys_word(survey, change):
    with pytest.raises(IntegrityError), transaction.atomic():
        Survey.objects.filter(pk=survey.pk).update(**change)


def test_a_closed_survey_stays_closed_and_its_result_is_final(survey, give, close):
    give(survey)
    close(survey)
    for act in (
        lambda: Survey.objects.filter(pk=survey.pk).update(closed_at=None),
        lambda: Result.objects.filter(pk=survey.pk).update(answers=9),
        lambda: Result.objects.filter(pk=survey.pk)._raw_delete("default"),
        lambda: Answer.objects.create(survey=survey, content={}),
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            act()


def test_an_answer_is_not_changed(survey, give):
    give(survey)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.update(content={"useful": 1})


# Answering ------------------------------------------------------------------------


def test_never_more_answers_than_people(ask, give):
    survey = ask(expected=2)
    give(survey)
    give(survey)
    with pytest.raises(CannotGive):
        give(survey)
    assert Answer.objects.count() == 2


@pytest.mark.parametrize(
    ("days", "works"), ((-2.1, False), (-2, True), (4.9, True), (5, False))
)
def test_answers_come_in_while_it_is_open(survey, give, now, days, works):
    at = now + timedelta(days=days)
    if works:
        give(survey, at=at)
        return
    with pytest.raises(CannotGive):
        give(survey, at=at)


def test_a_link_answers_its_own_survey_only(survey, ask, now):
    from mosty.evaluation.actions import answers

    other = ask("after")
    with pytest.raises(PermissionDenied):
        answers.give(
            survey=survey,
            sheet=answers.Sheet({"useful": 1}),
            actor=link_to(other),
            now=now,
        )


@pytest.mark.parametrize(
    ("kind", "marks", "expected"),
    (
        ("before", (), 3),
        ("reaction", (), 3),
        ("reaction", ("present", "late", "absent"), 2),
        ("before", ("present", "late", "absent"), 3),
        ("three", ("present", "absent", "excused"), 1),
    ),
)
def test_who_was_there_is_asked(timetable, ask, now, kind, marks, expected):
    from mosty.programmes.models import Session
    from mosty.selection.models import Offer

    session = timetable.sessions.first()
    Session.objects.filter(pk=session.pk).update(
        starts_at=now - timedelta(days=3), ends_at=now - timedelta(days=3, hours=-1)
    )
    seats = Offer.objects.filter(state="accepted").order_by("pk")
    for mark, seat in zip(marks, seats, strict=False):
        Mark.objects.create(
            session=session, offer=seat, kind=mark, way="roster",
            minutes=5 if mark == "late" else None, noted_at=now, marked_at=now,
            marked_by="Alice", marker_key="user:1",
        )  # fmt: skip
    survey = ask(kind, of=timetable, expected=None)
    assert count_asked(survey) == expected


# Closing --------------------------------------------------------------------------


def test_closing_freezes_what_it_came_to(survey, give, close):
    for value in (5, 4, 4, 3, 5, 4):
        give(survey, useful=value)
    result = close(survey).result
    useful = result.stored["questions"][0]
    assert (result.answers, result.participants) == (6, 20)
    assert useful == {
        "key": "useful",
        "shown": True,
        "n": 6,
        "mean": pytest.approx(25 / 6),
        "counts": [0, 0, 1, 3, 2],
    }
    entry = Entry.objects.get(verb="survey.closed")
    assert entry.after == {"answers": 6}


def test_closing_twice_is_once(survey, close, coordinator, now):
    first = close(survey).result
    again = surveys.close(survey=survey, actor=coordinator, now=now + timedelta(days=1))
    assert again == first
    assert Entry.objects.filter(verb="survey.closed").count() == 1


def test_what_is_due_closes_by_itself(survey, ask, now):
    ask("after")
    assert surveys.close_due(actor=SYSTEM, now=now + timedelta(days=4)) == 0
    assert surveys.close_due(actor=SYSTEM, now=now + timedelta(days=5)) == 2
    assert surveys.close_due(actor=SYSTEM, now=now + timedelta(days=6)) == 0


def test_before_and_after_are_matched_by_the_sign(ask, give, close):
    before, after = ask("before"), ask("after", began=1)
    for sign, value in zip("abcdef", (1, 2, 2, 3, 1, 2), strict=True):
        give(before, useful=value, sign=sign)
    close(before)
    for sign, value in zip("fedcba", (4, 3, 4, 4, 3, 3), strict=True):
        give(after, useful=value, sign=f" {sign.upper()}")
    change = close(after).result.stored["change"]
    assert change["since"] == before.code
    line = change["lines"][0]
    assert (line["key"], line["n"], round(line["mean"], 3)) == ("useful", 6, 1.667)


# Messages -------------------------------------------------------------------------


def test_everybody_gets_the_same_link_and_it_waits_to_be_read(
    timetable, ask, coordinator, now
):
    survey = ask(of=timetable, expected=None)
    first = invitations.invite(survey=survey, actor=coordinator, now=now)
    again = invitations.invite(survey=survey, actor=coordinator, now=now)
    rows = Message.objects.filter(kind="evaluation.invitation")
    assert (first, again, rows.count()) == (3, 0, 3)
    assert set(rows.values_list("state", "link")) == {("draft", link_to(survey).pk)}
    assert invitations.remind(survey=survey, actor=coordinator, now=now) == 3
    assert invitations.remind(survey=survey, actor=coordinator, now=now) == 0
    body = Message.objects.filter(kind="evaluation.reminder")[0].body
    assert "if you have answered already" in body


def test_invitations_are_written_when_a_survey_opens(timetable, ask, now):
    ask(of=timetable, expected=None)
    assert invitations.invite_due(actor=SYSTEM, now=now - timedelta(days=3)) == 0
    assert invitations.invite_due(actor=SYSTEM, now=now) == 1
    assert invitations.invite_due(actor=SYSTEM, now=now) == 0


# Quotes ---------------------------------------------------------------------------


def test_quotes_are_read_after_closing_with_enough_answers(
    survey, give, close, coordinator, now
):
    for number in range(5):
        give(survey, words=[Words("quote", f"Good {number}", may_quote=True)])
    states = {quote.pk: "publishable" for quote in Quote.objects.all()[:2]}
    with pytest.raises(surveys.CannotAsk):
        quotes.decide(survey=survey, states=states, actor=coordinator, now=now)
    close(survey)
    states = {quote.pk: "publishable" for quote in Quote.objects.all()[:2]}
    assert quotes.decide(survey=survey, states=states, actor=coordinator, now=now) == 2
    assert quotes.decide(survey=survey, states=states, actor=coordinator, now=now) == 0


def test_no_table_of_answers_is_left_behind_unvacuumed():
    with connection.cursor() as cursor:
        cursor.execute(
            "select relname, reloptions from pg_class where relname in"
            " ('evaluation_answer', 'evaluation_quote', 'evaluation_said') order by 1"
        )
        options = {name: sorted(given) for name, given in cursor.fetchall()}
    soon = ["autovacuum_vacuum_scale_factor=0", "autovacuum_vacuum_threshold=1"]
    assert options == dict.fromkeys(
        ("evaluation_answer", "evaluation_quote", "evaluation_said"), soon
    )

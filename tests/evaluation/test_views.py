"""The pages: who gets in, what they show, what is noted, what they cost."""

import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from python_calamine import CalamineWorkbook

from mosty.audit.models import Entry
from mosty.evaluation.actions import questionnaires
from mosty.evaluation.actions.answers import Words
from mosty.evaluation.models import Answer, Questionnaire, Quote, Said, Survey
from mosty.evaluation.questions import parse
from mosty.evaluation.questions.xlsform_write import write
from mosty.kernel import throttle
from tests.evaluation.conftest import link_to

pytestmark = pytest.mark.django_db
WHO = ("coordinator", "partner", "trainer", "city", "stranger")


@pytest.fixture
def closed(timetable, ask, give, close):
    """Return a closed survey of six answers, with texts and quotes."""
    survey = ask(of=timetable)
    for number, value in enumerate((5, 4, 4, 3, 5, 4)):
        words = [Words("better", f"More practice {number}")]
        words += [Words("quote", f"Good {number}", may_quote=True, attribution="E.")]
        give(survey, useful=value, length="right" if number else "long", words=words)
    return close(survey)


def at(name, *args):
    return reverse(f"evaluation:{name}", args=args)


def page_of(survey):
    return at("answer", link_to(survey).token)


@pytest.mark.parametrize(
    ("name", "expected"),
    (
        ("course", (200, 200, 200, 404, 404)),
        ("new", (200, 403, 403, 404, 404)),
        ("survey", (200, 403, 403, 404, 404)),
        ("qr", (200, 403, 403, 404, 404)),
        ("move", (200, 403, 403, 404, 404)),
        ("close", (200, 403, 403, 404, 404)),
        ("results", (200, 200, 200, 404, 404)),
        ("picture", (200, 200, 200, 404, 404)),
        ("results_csv", (200, 200, 200, 404, 404)),
        ("results_xlsx", (200, 200, 200, 404, 404)),
        ("questionnaires", (200, 200, 200, 200, 200)),
        ("write", (200, 404, 404, 404, 404)),
        ("bring", (200, 404, 404, 404, 404)),
        ("questionnaire", (200, 200, 404, 404, 404)),
        ("edit", (200, 403, 404, 404, 404)),
        ("xlsform", (200, 200, 404, 404, 404)),
        ("compare", (200, 200, 404, 404, 404)),
    ),
)
def test_who_gets_in(request, signed_in, client, closed, name, expected):
    course, questionnaire = closed.course, closed.version.questionnaire
    args = {
        "course": (course.pk,),
        "new": (course.pk, "reaction"),
        "picture": (closed.code, "useful"),
        "questionnaires": (),
        "write": (course.programme.slug,),
        "bring": (course.programme.slug,),
        **dict.fromkeys(
            ("questionnaire", "edit", "xlsform", "compare"), (questionnaire.pk,)
        ),
    }.get(name, (closed.code,))
    path = at(name, *args)
    found = tuple(
        signed_in(request.getfixturevalue(who)).get(path).status_code for who in WHO
    )
    assert found == expected
    assert client.get(path).status_code == 302


@pytest.mark.parametrize(
    "name", ("survey", "results", "results_csv", "picture", "move")
)
@pytest.mark.parametrize("who", ("partner", "trainer", "city"))
def test_an_open_survey_is_not_known_to_others(
    request, signed_in, timetable, ask, name, who
):
    survey = ask(of=timetable)
    args = (survey.code, "useful") if name == "picture" else (survey.code,)
    client = signed_in(request.getfixturevalue(who))
    assert client.get(at(name, *args)).status_code == 404


@pytest.mark.parametrize("name", ("results", "results_csv", "results_xlsx", "picture"))
def test_an_open_survey_has_no_results_even_for_its_maker(
    signed_in, coordinator, survey, name
):
    args = (survey.code, "useful") if name == "picture" else (survey.code,)
    assert signed_in(coordinator).get(at(name, *args)).status_code == 404


@pytest.mark.parametrize(
    ("name", "expected"),
    (("invite", (302, 403, 403, 404, 404)), ("remind", (302, 403, 403, 404, 404)), ("quotes", (302, 403, 403, 404, 404))),
)  # fmt: skip
def test_who_may_write_and_decide(request, signed_in, closed, name, expected):
    path = at(name, closed.code)
    found = tuple(
        signed_in(request.getfixturevalue(who)).post(path).status_code for who in WHO
    )
    assert found == expected
    assert (
        signed_in(request.getfixturevalue("coordinator")).get(path).status_code == 405
    )


# Making ---------------------------------------------------------------------------


def test_a_survey_is_made_on_screen(signed_in, coordinator, course, questionnaire):
    client = signed_in(coordinator)
    path = at("new", course.pk, "after")
    sent = {"questionnaire": questionnaire.pk, "opens_on": "2031-05-04", "closes_on": "2031-05-03", "minimum": 5}  # fmt: skip
    wrong = client.post(path, sent)
    assert (
        wrong.status_code,
        "must close after it opens" in wrong.content.decode(),
    ) == (200, True)
    answer = client.post(path, {**sent, "closes_on": "2031-05-10"})
    survey = Survey.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, at("survey", survey.code))
    assert (survey.kind, survey.closes_at.astimezone(course.programme.zone).hour) == (
        "after",
        23,
    )
    assert client.post(at("new", course.pk, "party"), sent).status_code == 404


def rows(*questions, add=False):
    sent = {"name": "Mine", "title_0": "Tytuł", "title_1": "Title"}
    sent |= {"rows-TOTAL_FORMS": len(questions), "rows-INITIAL_FORMS": 0}
    for number, one in enumerate(questions):
        sent |= {f"rows-{number}-{name}": value for name, value in one.items()}
        sent[f"rows-{number}-ORDER"] = number + 1
    return sent | ({"add": "yes"} if add else {})


SCALE = {"kind": "scale", "text_0": "Dobre?", "text_1": "Good?", "least": 1, "most": 7, "required": "on"}  # fmt: skip
CHOICE = {"kind": "one", "text_0": "Ile?", "text_1": "How many?", "options_0": "jeden\n* dwa", "options_1": "one\n* two"}  # fmt: skip


def test_a_questionnaire_is_written_on_screen(signed_in, coordinator, programme):
    path = at("write", programme.slug)
    answer = signed_in(coordinator).post(path, rows(SCALE, CHOICE))
    made = Questionnaire.objects.get()
    assert answer["Location"] == at("questionnaire", made.pk)
    content = made.versions.get().content
    assert content.languages == ("pl", "en")
    assert [(q.key, str(q.kind), q.most, q.required) for q in content.questions] == [
        ("q1", "scale", 7, True),
        ("q2", "one", 5, False),
    ]
    assert [
        (o.key, o.text["en"], o.is_right) for o in content.questions[1].options
    ] == [
        ("a1", "one", False),
        ("a2", "two", True),
    ]


def test_adding_a_row_keeps_what_is_typed_and_finds_no_fault(
    signed_in, coordinator, programme
):
    path = at("write", programme.slug)
    page = signed_in(coordinator).post(path, rows({"kind": "scale"}, add=True))
    text = page.content.decode()
    assert (page.status_code, text.count("<legend>Question ")) == (200, 2)
    assert ("This field is required" in text, Questionnaire.objects.exists()) == (
        False,
        False,
    )


def test_a_mistake_is_named_and_nothing_is_lost(signed_in, coordinator, programme):
    path = at("write", programme.slug)
    page = signed_in(coordinator).post(path, rows({**CHOICE, "options_1": "one"}))
    text = page.content.decode()
    assert "Give as many answers in every language" in text
    assert ("jeden" in text, Questionnaire.objects.exists()) == (True, False)


def test_a_questionnaire_that_was_asked_gets_a_new_version(
    signed_in, coordinator, survey
):
    questionnaire = survey.version.questionnaire
    client = signed_in(coordinator)
    path = at("edit", questionnaire.pk)
    assert client.get(path).status_code == 200
    assert client.post(path, rows(SCALE)).status_code == 302
    assert [v.number for v in questionnaire.versions.all()] == [1, 2]


def test_an_xlsform_is_taken_over_and_comes_back_as_it_was(
    signed_in, coordinator, programme, content
):
    client = signed_in(coordinator)
    file = SimpleUploadedFile("form.xlsx", write(content))
    answer = client.post(at("bring", programme.slug), {"name": "Brought", "file": file})
    made = Questionnaire.objects.get()
    assert answer.status_code == 302
    assert made.versions.get().content == content
    from mosty.evaluation.questions.xlsform import read

    assert read(client.get(at("xlsform", made.pk)).content, "pl") == content
    bad = SimpleUploadedFile("form.xlsx", b"hello")
    page = client.post(at("bring", programme.slug), {"name": "Bad", "file": bad})
    assert (page.status_code, Questionnaire.objects.count()) == (200, 1)


# Answering ------------------------------------------------------------------------


def test_the_form_is_answered_once_by_a_browser(client, survey):
    path = page_of(survey)
    assert "It was useful" in client.get(path).content.decode()
    sent = {"useful": "5", "liked": ["food"], "better": "More", "quote": "Nice", "quote-consent": "on", "quote-named": "Ewa"}  # fmt: skip
    assert client.post(path, sent).status_code == 302
    assert list(Answer.objects.values_list("content", flat=True)) == [
        {"useful": 5, "liked": ["food"]}
    ]
    assert (Said.objects.get().text, Quote.objects.get().attribution) == ("More", "Ewa")
    assert "Thank you" in client.get(path).content.decode()
    client.post(path, sent)
    assert Answer.objects.count() == 1


def test_without_consent_words_are_no_quote(client, survey):
    client.post(page_of(survey), {"useful": "5", "quote": "Nice", "quote-named": "Ewa"})
    assert (Said.objects.get().text, Quote.objects.count()) == ("Nice", 0)


def test_nothing_is_lost_on_a_mistake_or_in_another_language(client, survey):
    path = page_of(survey)
    wrong = client.post(path, {"better": "Longer breaks"}).content.decode()
    assert ("Longer breaks" in wrong, "This field is required" in wrong) == (True, True)
    other = client.post(
        path, {"better": "Longer breaks", "show": "pl"}
    ).content.decode()
    assert (
        "Longer breaks" in other,
        "This field is required" in other,
        "It was useful (pl)" in other,
        Answer.objects.count(),
    ) == (True, False, True, 0)


def test_a_programme_that_speaks_ukrainian_asks_in_it(
    client, signed_in, coordinator, programme, questionnaire, ask, now
):
    from mosty.evaluation.actions import questionnaires

    type(programme).objects.filter(pk=programme.pk).update(languages=["pl", "uk"])
    form = signed_in(coordinator).get(at("write", programme.slug)).content.decode()
    assert "Ukrainian" in form
    text = {"pl": "Dobre?", "uk": "Добре?"}
    questions = [{"key": "good", "kind": "scale", "text": text}]
    questionnaires.save(
        questionnaire=questionnaire,
        content=parse(
            {"title": text, "languages": ["pl", "uk"], "questions": questions}
        ),
        actor=coordinator,
        now=now,
    )
    page = client.post(page_of(ask()), {"show": "uk"}).content.decode()
    assert ('<h1 lang="uk">Добре?</h1>' in page, 'value="uk"' in page) == (True, True)


def test_a_token_that_is_no_link_is_404(client, survey):
    assert client.get(at("answer", "x" * 43)).status_code == 404
    assert client.delete(page_of(survey)).status_code == 405


def test_too_many_at_once_wait(client, survey, monkeypatch):
    monkeypatch.setattr(throttle, "MOST_A_MINUTE", 0)
    page = client.post(page_of(survey), {"useful": "5", "better": "Kept"})
    assert (page.status_code, "Kept" in page.content.decode()) == (429, True)


def test_the_throttle_counts_by_the_minute():
    tries = [throttle.may_go_on("T", clock=lambda: 6e9) for _ in range(121)]
    assert (tries.count(True), tries[-1]) == (120, False)
    assert throttle.may_go_on("T", clock=lambda: 6e9 + 60) is True


# Results --------------------------------------------------------------------------


def test_results_show_who_did_not_answer(signed_in, partner, closed):
    page = signed_in(partner).get(at("results", closed.code)).context["page"]
    assert (page.participants, page.answers, page.silent) == (20, 6, 14)
    useful = page.asked[0]
    assert (useful.n, round(useful.mean, 2), [line.count for line in useful.lines]) == (
        6,
        4.17,
        [0, 0, 1, 3, 2],
    )


def test_three_answers_are_hidden_everywhere(signed_in, coordinator, ask, give, close):
    survey = ask()
    for value in (1, 2, 2):
        give(
            survey, useful=value, words=[Words("quote", "Secret words", may_quote=True)]
        )
    close(survey)
    client = signed_in(coordinator)
    page = client.get(at("results", survey.code))
    file = client.get(at("results_csv", survey.code)).content.decode("utf-8-sig")
    assert "Too few people answered" in page.content.decode()
    assert "Secret words" not in page.content.decode() + file
    assert file.count("not shown") == 6
    assert client.get(at("picture", survey.code, "useful")).status_code == 404


def test_only_quotes_that_may_be_published_are_seen_by_others(
    signed_in, coordinator, partner, closed
):
    client = signed_in(coordinator)
    chosen = Quote.objects.order_by("id")[0]
    states = {
        f"{quote.pk}-state": "publishable" if quote == chosen else "withheld"
        for quote in Quote.objects.all()
    }
    client.post(at("quotes", closed.code), states)
    shown = signed_in(partner).get(at("results", closed.code)).content.decode()
    assert [q.text in shown for q in Quote.objects.order_by("id")] == [
        True,
        *[False] * 5,
    ]


@pytest.mark.parametrize("kind", ("csv", "xlsx"))
def test_the_file_says_what_the_page_does_and_is_noted(
    signed_in, partner, closed, kind
):
    answer = signed_in(partner).get(at(f"results_{kind}", closed.code))
    entry = Entry.objects.get(verb="survey.exported")
    assert (entry.target_key, entry.scope) == (
        closed.code,
        closed.course.programme.slug,
    )
    if kind == "xlsx":
        lines = CalamineWorkbook.from_filelike(io.BytesIO(answer.content)).get_sheet_by_index(0).to_python()  # fmt: skip
        assert lines[1:4] == [
            ["People asked", "", 20, "", "", ""],
            ["Answers", "", 6, "", "", ""],
            ["Not answered", "", 14, "", "", ""],
        ]
        assert lines[6] == ["It was useful", "3", 1, 17, 6, 4.17]


def test_comparison_is_of_closed_surveys_without_a_total(
    signed_in, partner, closed, ask
):
    ask("after")
    page = (
        signed_in(partner)
        .get(at("compare", closed.version.questionnaire_id))
        .context["page"]
    )
    assert [(line.text, line.cells) for line in page.lines] == [
        ("It was useful", ((pytest.approx(25 / 6), 6),))
    ]


# What pages cost --------------------------------------------------------------------


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_of_a_course_costs_the_same_for_one_and_three(
    signed_in, coordinator, course, ask, close, count, django_assert_num_queries
):
    for _number in range(count):
        close(ask())
    client = signed_in(coordinator)
    with django_assert_num_queries(8):
        # session, user with roles, course; surveys; who has a seat; marks, who was there;
        # asks
        client.get(at("course", course.pk))


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_of_questionnaires_costs_the_same_for_one_and_three(
    signed_in, coordinator, programme, content, now, count, django_assert_num_queries
):
    from mosty.evaluation.actions import questionnaires

    for number in range(count):
        questionnaires.create(
            programme=programme,
            name=f"N{number}",
            content=content,
            actor=coordinator,
            now=now,
        )
    client = signed_in(coordinator)
    with django_assert_num_queries(5):
        # session, user with roles; counted; rows; programmes
        client.get(at("questionnaires"))


def test_a_mean_is_rounded_not_cut(signed_in, partner, closed):
    page = signed_in(partner).get(at("results", closed.code)).context["page"]
    assert page.asked[0].caption == "6 answers · mean 4.17"


def test_what_a_questionnaire_says_is_text_wherever_it_stands(
    client, programme, coordinator, ask, content, now
):
    evil = "<form action=//example.org><b>evil</b>"
    said = {"en": evil, "pl": evil}
    stored = {**content.as_json(), "title": said}
    for question in stored["questions"]:
        question["text"] = question["hint"] = said
    made = questionnaires.create(
        programme=programme,
        name="From elsewhere",
        content=parse(stored),
        actor=coordinator,
        now=now,
    )
    text = client.get(page_of(ask(questionnaire=made))).content.decode()
    assert ("<b>evil" in text, "//example.org>" in text) == (False, False)
    # The title, and label and hint of each question; a note has no hint.
    assert text.count("&lt;b&gt;evil") == 2 + 2 * len(stored["questions"]) - 1

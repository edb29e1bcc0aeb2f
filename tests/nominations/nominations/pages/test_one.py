"""The page of one nomination."""

import pytest
from django.urls import reverse

from mosty.nominations.models import Comment, Nomination
from mosty.outbox.models import Message
from tests.factories import make_nomination
from tests.nominations.nominations.pages.given import CITY, ONE
from tests.nominations.nominations.people import filled


def test_the_nominations_page_says_what_it_lacks(office, own):
    lacks = office.get(ONE.format(code=own.code)).context["page"].lacks
    assert lacks == [
        "The nominated person has not answered yet.",
        "The union has not checked it yet.",
    ]


@pytest.mark.parametrize(
    ("changes", "sentence"),
    (
        (
            {"answer": "declined", "answered_at": "now", "notice_version": 1},
            "The nominated person has declined.",
        ),
        ({"position": ""}, "Still to be filled in: position."),
        ({"department": "ngo"}, "This unit is not among those that the call is for"),
        ({"state": "draft"}, "The city has saved a draft and not submitted it."),
    ),
)
def test_each_lack_has_its_sentence(office, own, now, changes, sentence):
    changes = {k: now if v == "now" else v for k, v in changes.items()}
    Nomination.objects.filter(pk=own.pk).update(**changes)
    page = office.get(ONE.format(code=own.code)).context["page"]
    assert any(said.startswith(sentence) for said in page.lacks)


def test_a_complete_nomination_lacks_nothing(office, foreign, now):
    Nomination.objects.filter(pk=foreign.pk).update(checked_at=now)
    assert office.get(ONE.format(code=foreign.code)).context["page"].lacks == []


def test_a_check_is_made_and_taken_back(office, own):
    address = f"{ONE.format(code=own.code)}check/"
    for passed in ("yes", "no"):
        answer = office.post(address, {"passed": passed})
        assert answer.url == ONE.format(code=own.code)
        own.refresh_from_db()
        assert (own.checked_at is not None) is (passed == "yes")


def test_a_draft_cannot_be_checked_on_its_page(office, draft):
    address = f"{ONE.format(code=draft.code)}check/"
    answer = office.post(address, {"passed": "yes"}, follow=True)
    assert b"Only a submitted nomination is checked." in answer.content


def test_a_reminder_waits_in_the_outbox_and_is_written_once(office, own):
    address = f"{ONE.format(code=own.code)}remind/"
    first = office.post(address, follow=True).content
    second = office.post(address, follow=True).content

    assert b"The message waits in the outbox" in first
    assert b"Nothing to send" in second
    assert Message.objects.get().state == Message.State.DRAFT


def test_comments_are_internal_unless_meant_for_the_city(office, contact, own):
    address = f"{ONE.format(code=own.code)}comment/"
    office.post(address, {"text": "Is she right?"})
    office.post(address, {"text": "Please add the position.", "for_city": "on"})
    contact.post(address, {"text": "Done."})

    seen = contact.get(ONE.format(code=own.code)).content.decode()
    assert "Is she right?" not in seen
    assert "Please add the position." in seen
    assert "Done." in office.get(ONE.format(code=own.code)).content.decode()
    assert Comment.objects.get(text="Done.").for_city is True


def test_a_comment_too_long_is_shown_again(office, own):
    page = office.post(f"{ONE.format(code=own.code)}comment/", {"text": "x" * 4001})
    assert page.context["form"]["text"].value() == "x" * 4001


def test_the_history_is_told_in_words_and_a_city_reads_its_part(
    office, contact, own, secretariat
):
    office.post(f"{ONE.format(code=own.code)}comment/", {"text": "Hm."})
    office.post(f"{ONE.format(code=own.code)}check/", {"passed": "yes"})
    contact.post(
        f"{ONE.format(code=own.code)}edit/",
        filled("save", email=own.email, motivation=""),
    )

    def told(client):
        history = client.get(ONE.format(code=own.code)).context["page"].history
        return [(event.what, event.who, event.detail) for event in history]

    changed = ("Changed", "Celina Cisek", "in this post since")
    checked = ("Checked", "Sabina Sowa", "")
    assert told(office) == [
        changed,
        checked,
        ("Comment written", "Sabina Sowa", ""),
    ]
    assert told(contact) == [changed, checked]


@pytest.mark.parametrize("count", (1, 3))
def test_the_pages_queries_do_not_grow(
    contact, office, call, krakow, count, django_assert_max_num_queries
):
    rows = [make_nomination(call, krakow, answer="pending") for _n in range(count)]
    for number in range(count):
        Comment.objects.create(
            nomination=rows[0], author="A", text=str(number), written_at=call.opens_at
        )
    # session, user, grants, call, city, rules, nominations, takes part, invitation,
    # rules' names
    with django_assert_max_num_queries(10):
        contact.get(CITY)
    # session, user, grants, nomination, gathers twice, needs' policy, pairs, rules,
    # takes part, comments, history
    with django_assert_max_num_queries(13):
        office.get(ONE.format(code=rows[0].code))


def test_a_nominations_crumbs_lead_to_the_list(office, own):
    body = office.get(ONE.format(code=own.code)).content.decode()
    assert f'href="{reverse("nominations:nominations", args=["call"])}"' in body

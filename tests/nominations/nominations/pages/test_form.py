"""The form of a nomination."""

import pytest

from mosty.audit.models import Entry
from mosty.nominations.models import Call, Nomination
from mosty.outbox.models import Message
from tests.factories import make_nomination
from tests.nominations.nominations.pages.given import CITY, ONE
from tests.nominations.nominations.people import filled


def test_a_city_nominates(contact, call, krakow):
    form = contact.get(f"{CITY}new/").context["form"]
    answer = contact.post(f"{CITY}new/", filled(key=form["key"].value()), follow=True)

    nomination = Nomination.objects.get()
    assert (nomination.state, nomination.organisation) == ("submitted", krakow)
    assert str(nomination.in_post_since) == "2024-01-15"
    assert answer.redirect_chain == [(CITY, 302)]
    assert (
        "Submitted: Anna Kowalska. A message with a link has gone to: "
        "anna.kowalska@krakow.example." in answer.content.decode()
    )


def test_whatever_the_form_asks_is_kept(contact, call):
    form = contact.get(f"{CITY}new/").context["form"]
    given = filled()
    assert {*form.fields} == {*given} - {"act"}
    contact.post(f"{CITY}new/", given)

    kept = Nomination.objects.get()
    asked = {*form.fields} - {"key"}
    assert {name: str(getattr(kept, name)) for name in asked} == {
        name: given[name] for name in asked
    }


# What one submitted form asks of the database, in order.
SUBMIT = (
    "session",
    "user with grants and city",
    "call with course, programme, channel and rules",
    "savepoint of the action, a transaction outside tests",
    "invitation, locked, and does the city take part",
    "what the city has: live ones, last place, this form's own",
    "nomination",
    "ledger",
    "lock on the address",
    "possible duplicates",
    "nominee's link",
    "message",
    "job for the worker",
    "end of the action",
)


def test_a_submitted_form_takes_no_more_queries_than_it_needs(
    contact, call, krakow, own, django_assert_num_queries
):
    # The call went to the city before, as calls do.
    call.invitations.create(organisation=krakow, code="INV0-KR")

    with django_assert_num_queries(len(SUBMIT)):
        answer = contact.post(
            f"{CITY}new/", filled(given_name="Ewa", email="ewa@krakow.example")
        )
    assert answer.status_code == 302


def test_the_same_form_twice_nominates_once(contact, call):
    given = filled()
    answers = [contact.post(f"{CITY}new/", given) for _time in range(2)]

    assert [answer.url for answer in answers] == [CITY, CITY]
    assert (Nomination.objects.count(), Message.objects.count()) == (1, 1)


def test_a_draft_needs_the_name_only(contact, call):
    given = filled("draft", email="", department="", position="", level="")
    contact.post(f"{CITY}new/", given)

    assert Nomination.objects.get().state == "draft"


def test_a_draft_is_completed_and_submitted(contact, draft):
    address = f"{ONE.format(code=draft.code)}edit/"
    form = contact.get(address).context["form"]
    given = filled(given_name="Jan", family_name="Nowak", seen=form["seen"].value())
    answer = contact.post(address, given)

    draft.refresh_from_db()
    assert (draft.state, draft.email) == ("submitted", given["email"])
    assert answer.url == CITY


@pytest.mark.parametrize(
    ("changes", "field"),
    (
        ({"email": ""}, "email"),
        ({"email": "anna"}, "email"),
        ({"department": "ngo"}, "department"),
        ({"level": "senior"}, "level"),
        ({"in_post_since": "2999-01-01"}, "in_post_since"),
        ({"in_post_since": "1000-01-01"}, "in_post_since"),
        ({"given_name": "x" * 101}, "given_name"),
        ({"motivation": "x" * 2001}, "motivation"),
        ({"position": "x" * 201}, "position"),
        ({"language": "xx"}, "language"),
    ),
)
def test_nothing_typed_is_lost(contact, call, changes, field):
    given = filled(**changes)
    page = contact.post(f"{CITY}new/", given)

    form = page.context["form"]
    assert set(form.errors) == {field}
    assert {name: form[name].value() for name in form.fields if name in given} == {
        name: value for name, value in given.items() if name != "act"
    }
    assert f'href="#id_{field}"' in page.content.decode()
    assert Nomination.objects.count() == 0


def test_nothing_typed_is_lost_when_the_call_closes_meanwhile(contact, call):
    Call.objects.filter(pk=call.pk).update(
        closes_at=call.opens_at.replace(year=2020),
        opens_at=call.opens_at.replace(year=2019),
    )
    page = contact.post(f"{CITY}new/", filled())

    assert page.context["form"].non_field_errors() == [
        "This call has closed. Nominations can no longer be added or changed."
    ]
    assert page.context["form"]["motivation"].value() == "She runs the school for all."


def test_a_closed_call_shows_no_form(contact, call):
    Call.objects.filter(pk=call.pk).update(
        closes_at=call.opens_at.replace(year=2020),
        opens_at=call.opens_at.replace(year=2019),
    )
    page = contact.get(f"{CITY}new/")

    assert b"This call has closed" in page.content
    assert b"<textarea" not in page.content


def test_browsers_do_not_cut_what_is_pasted(contact, call):
    assert b"maxlength" not in contact.get(f"{CITY}new/").content


def test_eligible_units_and_levels_come_first(contact, call):
    form = contact.get(f"{CITY}new/").context["form"]
    groups = [str(name) for name, _choices in form.fields["department"].choices]

    assert groups == ["", "The call is for these", "The call is not for these"]
    assert [key for key, _name in form.fields["level"].choices[1][1]] == ["middle"]


def test_gender_is_asked_only_where_a_rule_speaks_of_it(contact, call):
    assert "gender" not in contact.get(f"{CITY}new/").context["form"].fields
    call.versions.create(
        number=2,
        stored={
            **call.rules.as_json(),
            "priorities": [{"kind": "balance", "attribute": "gender"}],
        },
        reason="More balance.",
        made_by="Alice Adams",
        made_at=call.opens_at,
    )
    assert "gender" in contact.get(f"{CITY}new/").context["form"].fields


def test_of_two_who_edit_at_once_the_second_keeps_her_text(contact, office, own):
    address = f"{ONE.format(code=own.code)}edit/"
    seen = contact.get(address).context["form"]["seen"].value()
    given = filled("save", email=own.email, seen=seen)
    assert office.post(address, {**given, "position": "Head"}).status_code == 302

    page = contact.post(address, {**given, "position": "Clerk"})
    form = page.context["form"]
    assert form.non_field_errors()[0].startswith("Somebody else has changed")
    assert form["position"].value() == "Clerk"
    again = {**given, "position": "Clerk", "seen": form["seen"].value()}
    assert contact.post(address, again).status_code == 302
    own.refresh_from_db()
    assert own.position == "Clerk"


def test_saving_a_submitted_nomination_keeps_it_submitted(contact, own):
    address = f"{ONE.format(code=own.code)}edit/"
    seen = contact.get(address).context["form"]["seen"].value()
    contact.post(address, filled("draft", email=own.email, seen=seen, position="Head"))

    own.refresh_from_db()
    assert (own.state, own.position) == ("submitted", "Head")


def test_a_demo_person_stays_fictional_when_changed(contact, own):
    Nomination.objects.filter(pk=own.pk).update(is_fictional=True)
    address = f"{ONE.format(code=own.code)}edit/"
    contact.post(address, filled("save", email=own.email, position="Head"))

    own.refresh_from_db()
    assert (own.position, own.is_fictional) == ("Head", True)


def test_a_city_withdraws_with_a_reason(contact, own):
    address = f"{ONE.format(code=own.code)}withdraw/"
    assert b"This field is required" in contact.post(address, {"reason": " "}).content
    answer = contact.post(address, {"reason": "She is leaving."})

    assert answer.url == CITY
    own.refresh_from_db()
    assert own.state == "withdrawn"
    again = contact.post(address, {"reason": "She is leaving."})
    assert b"already been withdrawn" in again.content


def test_a_city_moves_people_and_a_repeated_click_moves_nobody_twice(
    contact, call, krakow
):
    rows = [make_nomination(call, krakow, name) for name in ("Anna", "Ewa", "Maria")]
    for place, row in enumerate(rows, 1):
        Nomination.objects.filter(pk=row.pk).update(preference=place)
    for _time in range(2):
        answer = contact.post(f"{CITY}order/", {"move": f"{rows[2].code}:2"})
        assert answer.url == f"{CITY}#n-{rows[2].code}"

    names = [row.name.split()[0] for row in contact.get(CITY).context["page"].nominees]
    assert names == ["Anna", "Maria", "Ewa"]
    assert Entry.objects.filter(verb="nominations.ordered").count() == 1


@pytest.mark.parametrize(
    "move", ("", "X", "NONE-XX:1", "{code}:", "{code}:x", "{code}:²")
)
def test_a_move_that_makes_no_sense_moves_nobody(contact, own, move):
    answer = contact.post(
        f"{CITY}order/", {"move": move.format(code=own.code)}, follow=True
    )
    assert b"has changed meanwhile" in answer.content
    assert Entry.objects.count() == 0


@pytest.mark.parametrize("place", ("0", "99999", "2"))
def test_a_place_beyond_the_list_is_its_end(contact, own, draft, place):
    contact.post(f"{CITY}order/", {"move": f"{own.code}:{place}"})
    names = [row.name for row in contact.get(CITY).context["page"].nominees]
    assert (names[0] == "Anna Kowalska") is (place == "0")


def test_a_city_says_that_it_nominates_nobody(contact, call, krakow):
    assert contact.get(f"{CITY}decline/").status_code == 200
    answer = contact.post(f"{CITY}decline/", follow=True)

    assert b"You said that the city nominates nobody" in answer.content
    assert call.invitations.get(organisation=krakow).declined_at is not None


def test_a_city_that_has_nominated_cannot_decline(contact, own):
    page = contact.post(f"{CITY}decline/")
    assert b"Your city has nominated people. Withdraw them first." in page.content

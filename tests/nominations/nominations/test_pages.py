"""Pages of one nomination and of a city, for those who are signed in."""

import pytest
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.kernel import tokens
from mosty.nominations.models import Call, Comment, Nomination
from mosty.outbox.models import Message
from tests.factories import make_city, make_nomination
from tests.nominations.nominations.people import filled


@pytest.fixture
def contact(city, signed_in):
    """Return a client of Kraków's contact."""
    return signed_in(city)


@pytest.fixture
def office(secretariat, signed_in):
    """Return a client of the secretariat."""
    return signed_in(secretariat)


CITY = "/en/calls/call/city/krakow/"
ONE = "/en/nominations/{code}/"

# address -> method -> what each of the cast is answered.
NOBODY = dict.fromkeys(("other_city", "trainer", "auditor", "stranger"), 404)
ENDPOINTS = (
    (CITY, "get", {"city": 200, "secretariat": 200, "partner": 404}),
    (f"{CITY}new/", "get", {"city": 200, "coordinator": 200, "partner": 404}),
    (f"{CITY}order/", "post", {"city": 302, "secretariat": 302, "partner": 404}),
    (f"{CITY}decline/", "get", {"city": 200, "secretariat": 200, "partner": 404}),
    (ONE, "get", {"city": 200, "secretariat": 200, "partner": 200}),
    (f"{ONE}edit/", "get", {"city": 200, "secretariat": 200, "partner": 403}),
    (f"{ONE}withdraw/", "get", {"city": 200, "secretariat": 200, "partner": 403}),
    (f"{ONE}check/", "post", {"city": 403, "secretariat": 302, "partner": 403}),
    (f"{ONE}comment/", "post", {"city": 200, "secretariat": 200, "partner": 403}),
    (f"{ONE}remind/", "post", {"city": 403, "coordinator": 302, "partner": 403}),
)


@pytest.mark.parametrize(
    ("address", "method", "who", "status"),
    tuple(
        (address, method, who, status)
        for address, method, answers in ENDPOINTS
        for who, status in {**answers, **NOBODY}.items()
    ),
)
def test_who_reaches_which_page(request, signed_in, own, address, method, who, status):
    client = signed_in(request.getfixturevalue(who))
    answer = getattr(client, method)(address.format(code=own.code))
    assert answer.status_code == status


@pytest.mark.parametrize(("address", "method"), tuple(row[:2] for row in ENDPOINTS))
def test_who_is_not_signed_in_is_asked_to(client, own, address, method):
    answer = getattr(client, method)(address.format(code=own.code))
    assert answer.url.startswith("/en/account/login/?next=")


@pytest.mark.parametrize(
    "end", ("check/", "comment/", "remind/", "../../calls/call/city/krakow/order/")
)
def test_acts_are_not_done_by_a_link(office, own, end):
    assert office.get(f"{ONE.format(code=own.code)}{end}").status_code in {404, 405}


def test_a_draft_and_a_foreign_nomination_are_not_there_for_a_partner(
    partner, signed_in, draft
):
    assert signed_in(partner).get(ONE.format(code=draft.code)).status_code == 404


def test_a_code_is_found_in_small_letters_too(office, own):
    assert office.get(ONE.format(code=own.code.lower())).status_code == 200


def test_an_unknown_city_is_not_found(office, call):
    assert office.get("/en/calls/call/city/atlantis/").status_code == 404
    assert office.get("/en/calls/call/city/ump/").status_code == 404


def test_the_citys_page_says_places_in_numbers_and_words(contact, own, draft, foreign):
    page = contact.get(CITY)

    found = page.context["page"]
    assert (found.used, found.left) == (2, 1)
    assert found.quota == "You can nominate 1 more person."
    assert found.short_of == (
        "The rules ask for at least 2 people from each city. Submitted: 1."
    )
    assert [row.name for row in found.nominees] == ["Anna Kowalska", "Jan Nowak"]
    assert found.nominees[1].lacks == (
        "Still to be filled in: e-mail, position, kind of unit, level of the post.",
    )
    assert "Lis" not in page.content.decode()


@pytest.mark.parametrize(("standing", "offered"), ((0, 1), (3, 0)))
def test_a_contact_with_places_left_is_led_to_the_import(
    contact, call, krakow, standing, offered
):
    for _number in range(standing):
        make_nomination(call, krakow)
    page = contact.get(CITY).content.decode()
    assert page.count('href="/en/calls/call/imports/"') == offered


def test_the_holder_of_a_link_is_not(client, call, city_link):
    token = tokens.derive(bytes(city_link.nonce))
    page = client.get(f"/en/link/nominate/{token}/")
    assert page.context["page"].left == 3
    assert "imports" not in page.content.decode()


def test_a_draft_outside_the_rules_says_so_on_the_citys_page(contact, draft):
    Nomination.objects.filter(pk=draft.pk).update(
        department="ngo", level="middle", email="x@example.org", position="x"
    )
    (row,) = contact.get(CITY).context["page"].nominees
    assert row.lacks[0].startswith("This unit is not among those")


def test_a_full_city_is_told_how_to_go_on(contact, call, krakow):
    for _number in range(3):
        make_nomination(call, krakow)
    page = contact.get(CITY)

    assert page.context["page"].quota == (
        "You have used all your places. To nominate another, withdraw one."
    )
    assert b"Nominate a person" not in page.content


def test_a_city_outside_the_call_is_told_so(office, call):
    make_city("Leszno")
    page = office.get("/en/calls/call/city/leszno/")
    assert b"not among those that the call is for" in page.content


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

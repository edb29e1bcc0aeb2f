"""What cities are told when a selection is announced, word for word, and who is not."""

from collections import Counter
from datetime import timedelta

import pytest
from django.utils import translation

from mosty.accounts.models import Role
from mosty.nominations.models import Invitation, Nomination
from mosty.outbox.models import Message
from mosty.selection.actions import deciding, letters_cities
from mosty.selection.models import Decision
from mosty.ui.dates import day_range, moment
from tests.factories import make_user

KIND = "selection.city_results"

PL = """\
Dzień dobry,

wybór uczestników szkolenia został rozstrzygnięty: Good practices. Poniżej podajemy wynik \
każdej osoby zgłoszonej przez miasto.

Miasto: Gdańsk
Termin szkolenia: {days}
Miejsce szkolenia: Kraków

Propozycja miejsca, odpowiedź do {until}:

- Ewa Culture gdansk

Na liście rezerwowej:

- Ewa Education gdansk, miejsce {place}

Nie weszły do wyboru:

- Ewa Equality gdansk

Każda z tych osób otrzyma własną wiadomość z uzasadnieniem i sama przyjmie albo odrzuci \
miejsce. Odpowiedź na tę wiadomość nie jest potrzebna. Jeżeli wiadomo, że ktoś nie będzie \
mógł przyjechać, prosimy o wczesną informację: miejsce przejdzie na osobę z listy \
rezerwowej.

Miejsca, odpowiedzi i uzasadnienia dla każdej osoby, po zalogowaniu:

{page}

Pytania: The union's office, office@example.org
"""


@pytest.fixture
def gdansk(signed, cities):
    """Return a contact of Gdańsk who reads Polish; its people have three results."""
    rows = {
        name: signed.decisions.get(nomination__family_name=f"{name} gdansk")
        for name in ("Culture", "Education", "Equality")
    }
    results = {
        "Culture": ("selected", None),
        "Education": ("reserve", 96),
        "Equality": ("not_eligible", None),
    }
    for name, (outcome, place) in results.items():
        row = rows[name]
        row.outcome, row.reserve_place = outcome, place
    Decision.objects.bulk_update(rows.values(), ["outcome", "reserve_place"])
    return make_user(
        "Gosia Gdańska", role=Role.CITY, organisation=cities[2], language="pl"
    )


def announce(run, actor, now):
    return deciding.announce(
        run=run, answer_by=now + timedelta(days=7), actor=actor, now=now
    )


def test_one_message_tells_a_city_what_became_of_all(signed, gdansk, now, settings):
    until = now + timedelta(days=7)
    letters_cities.results(run=signed, answer_by=until, now=now)
    message = Message.objects.get()
    course = signed.call.course
    with translation.override("pl"):
        days = day_range(course.starts_on, course.ends_on)
        until_words = moment(until, course.programme.time_zone)
    assert (message.kind, message.to_email, message.state, message.scope) == (
        KIND,
        gdansk.email,
        "draft",
        signed.call.slug,
    )
    assert message.subject == "Wynik osób zgłoszonych przez miasto: Good practices"
    assert message.body == PL.format(
        days=days,
        until=until_words,
        place=96,
        page=f"{settings.BASE_URL}/pl/calls/closed/offers/",
    )


def test_people_stand_in_the_order_of_the_polish_alphabet(signed, gdansk, now):
    people = list(signed.decisions.filter(nomination__family_name__endswith=" gdansk"))
    for row, name in zip(people, ("Zych", "Łuk", "Lis"), strict=True):
        person = row.nomination
        person.family_name = name
        person.save()
        row.outcome, row.reserve_place = "selected", None
    Decision.objects.bulk_update(people, ["outcome", "reserve_place"])

    letters_cities.results(run=signed, answer_by=now + timedelta(days=7), now=now)

    lines = Message.objects.get().body.splitlines()
    said = [line.removeprefix("- Ewa ") for line in lines if line.startswith("- ")]
    assert said == ["Lis", "Łuk", "Zych"]


def test_announcing_writes_once_to_each_contact_of_each_city(
    signed, cities, coordinator, now
):
    """Who is both invited and a user is one; twice is as once."""
    leszno, rzeszow = cities[:2]
    both = make_user("Basia Both", role=Role.CITY, organisation=leszno)
    both.grants.create(role=Role.CITY, organisation=rzeszow)
    for city, email in ((leszno, both.email), (rzeszow, "other@example.org")):
        Invitation.objects.create(
            call=signed.call,
            code=f"to-{city.slug}",
            organisation=city,
            contact_email=email,
            language="en",
        )
    announce(signed, coordinator, now)
    letters_cities.results(run=signed, answer_by=now + timedelta(days=7), now=now)
    told = Message.objects.filter(kind=KIND)
    assert Counter(told.values_list("to_email", flat=True)) == {
        both.email: 2,
        "other@example.org": 1,
    }
    # Only who can sign in is sent to a page that asks for it.
    assert {one.to_email for one in told if "after signing in" in one.body} == {
        both.email
    }


def test_a_city_is_told_of_no_other_city_and_of_nobody_who_withdrew(
    signed, cities, coordinator, now
):
    make_user("Lena Leszno", role=Role.CITY, organisation=cities[0])
    gone = signed.decisions.filter(
        outcome="reserve", nomination__organisation=cities[0]
    )[0].nomination
    Nomination.objects.filter(pk=gone.pk).update(state="withdrawn", withdrawn_at=now)
    announce(signed, coordinator, now)
    body = Message.objects.get(kind=KIND).body
    of_all = Nomination.objects.filter(call=signed.call)
    named = {one.pk for one in of_all if str(one) in body}
    assert named == set(
        of_all.filter(organisation=cities[0])
        .exclude(pk=gone.pk)
        .values_list("pk", flat=True)
    )


def test_announcing_shows_the_letter_and_which_cities_get_none(
    signed, cities, coordinator, signed_in
):
    make_user("Lena Leszno", role=Role.CITY, organisation=cities[0])
    page = signed_in(coordinator).get(f"/en/runs/{signed.pk}/announce/")
    shown = [(one.kind, one.count) for one in page.context["letters"]][-1]
    assert shown == ("to a city: all its people", 1)
    assert page.context["unread"] == ["Gdańsk", "Lublin", "Rzeszów"]


@pytest.mark.parametrize("name", ("{link}", "{name}"))
def test_a_name_is_no_place_to_fill_in(signed, cities, coordinator, now, name):
    make_user("Lena Leszno", role=Role.CITY, organisation=cities[0])
    Nomination.objects.filter(call=signed.call, organisation=cities[0]).update(
        given_name=name
    )
    announce(signed, coordinator, now)
    assert name.replace("{", "(").replace("}", ")") in (
        Message.objects.get(kind=KIND).body
    )

"""
The main chain, from a call to a roster, as those walk it who use it.

Each stretch is a browser of somebody else. Only two things are not clicked: the week
until the call closes, and what all but one of the nominees answer.
"""

import pytest
from django.core import mail

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.programmes.models import Course, Session, SessionTrainer
from mosty.selection.models import Offer
from tests.e2e.steps import after, calling, nominating, selecting
from tests.e2e.steps.walk import Walk
from tests.factories import make_city
from tests.fixtures.browser import NewPage

pytestmark = [
    pytest.mark.e2e,
    pytest.mark.django_db(transaction=True),
    # Half a minute by itself; much longer where others use the machine, too.
    pytest.mark.timeout(900),
]


@pytest.fixture
def walk(
    new_page: NewPage,
    course: Course,
    ump: Organisation,
    krakow: Organisation,
    lodz: Organisation,
    trainer: User,
) -> Walk:
    """Return a walk: three cities of the union, and a course that Tamara trains."""
    make_city("Gdańsk", terc="2261011", member_of=ump)
    first = course.starts_on
    assert first is not None
    session = Session.objects.create(
        course=course,
        title="Good practices",
        starts_at=f"{first}T09:00Z",
        ends_at=f"{first}T12:00Z",
    )
    SessionTrainer.objects.create(session=session, person=trainer.person)
    return Walk(new_page, course.pk)


def test_chain(
    walk: Walk,
    coordinator: User,
    secretariat: User,
    partner: User,
    trainer: User,
    auditor: User,
    stranger: User,
) -> None:
    calling.write(walk, coordinator)
    calling.publish(walk, coordinator)
    calling.pass_on(walk, secretariat)
    assert mail.outbox == []
    calling.release(walk, coordinator, reads="Liczby z losowania")

    nominating.nominate_by_link(walk)
    nominating.bring_in_list(walk, secretariat)
    calling.release(walk, secretariat, reads="Good practices")
    nominating.confirm(walk)
    nominating.let_others_confirm(walk)
    nominating.check_all(walk, secretariat)
    nominating.tell_apart(walk, secretariat)

    selecting.let_it_close()
    run = selecting.draw(walk, coordinator)
    selecting.sign(walk, partner, run, "UNHCR")
    selecting.sign(walk, coordinator, run, "ODIHR")
    selecting.announce(walk, coordinator, run)
    # To the cities, and to the people themselves.
    calling.release(walk, coordinator, reads="Good practices")
    calling.release(walk, coordinator, reads="Good practices")
    selecting.answer(walk)
    selecting.look_at_seats(walk, coordinator)

    after.publish(walk, coordinator)
    after.train(walk, trainer)
    after.audit(walk, auditor)
    after.keep_out(walk, stranger)
    assert Offer.objects.filter(state=Offer.State.ACCEPTED).count() == 2

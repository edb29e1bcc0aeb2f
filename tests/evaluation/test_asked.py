"""What a participant's own page says of the surveys of her course."""

from datetime import timedelta

import pytest
from django.urls import reverse

from mosty.evaluation.models import Survey
from mosty.evaluation.queries.surveys import address_of
from mosty.programmes.models import Session
from mosty.selection.models import Offer
from mosty.training.models import Mark
from tests.factories import make_link

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(client, now):
    """Return what reads the page of the one with this name."""

    def read(name):
        offer = Offer.objects.get(nomination__given_name=name)
        link = make_link(offer.code, purpose="course", created_at=now)
        return client.get(
            reverse("training:link_course", args=[link.token])
        ).content.decode()

    return read


def test_an_open_survey_is_there_by_the_link_that_everybody_has(page, seated, ask):
    survey = ask(of=seated)
    address = address_of(survey, "en")
    assert (address in page("Anna"), address in page("Zenon")) == (True, True)


@pytest.mark.parametrize(("begins", "ends"), ((1, 2), (-2, -1)))
def test_a_survey_is_there_only_while_it_takes_answers(
    page, seated, ask, now, begins, ends
):
    survey = ask(of=seated)
    Survey.objects.filter(pk=survey.pk).update(
        opens_at=now + timedelta(days=begins), closes_at=now + timedelta(days=ends)
    )
    assert "/link/feedback/" not in page("Anna")


def test_who_was_not_there_is_not_asked(page, timetable, ask, now):
    ask(of=timetable)
    session = timetable.sessions.first()
    Session.objects.filter(pk=session.pk).update(
        starts_at=now - timedelta(days=3), ends_at=now - timedelta(days=3, hours=-1)
    )
    for name, kind in (("Anna", "present"), ("Zenon", "absent")):
        Mark.objects.create(
            session=session, offer=Offer.objects.get(nomination__given_name=name),
            kind=kind, way="roster", noted_at=now, marked_at=now,
            marked_by="Alice", marker_key="user:1",
        )  # fmt: skip
    told = ["/link/feedback/" in page(name) for name in ("Anna", "Zenon")]
    assert told == [True, False]

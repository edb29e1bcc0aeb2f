"""The large demo, as small as it can be: every guard of the database looked at every row."""

from datetime import UTC, date, datetime

import pytest

from mosty.accounts.models import User
from mosty.accounts.queries import demo_users
from mosty.audit.models import Entry
from mosty.demo import large, load
from mosty.demo.large import consultations
from mosty.evaluation.models import Result
from mosty.infopoint.models import Consultation, Period, Point
from mosty.library.models import Adoption, PracticeVersion
from mosty.nominations.models import Nomination
from mosty.plans.models import Action, Plan
from mosty.selection.models import Offer, Run
from mosty.training.models import Certificate, Mark

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
TINY = large.Size(
    cities=19,
    people=8,
    courses=4,
    courses_of_a_programme=2,
    actions_of_a_plan=2,
    practices=3,
    points=2,
    consultations=60,
    years=2,
)


def test_a_large_installation_has_what_its_size_says(settings):
    settings.DEMO = True
    load.load(NOW)

    found = large.fill(NOW, lambda said: None, TINY)

    assert found == {"cities": 19, "courses": 4, "people": 8, "consultations": 60}
    there = {
        "nominations": Nomination.objects.count(),
        "taken": Offer.objects.filter(state="accepted").count(),
        "runs": list(Run.objects.order_by("pk").values_list("state", flat=True)),
        "marks": Mark.objects.count(),
        "results": Result.objects.count(),
        "plans": Plan.objects.filter(state="signed").count(),
        "actions": Action.objects.count(),
        "published": PracticeVersion.objects.filter(state="published").count(),
        "adoptions": Adoption.objects.count(),
        "closed": Period.objects.count(),
        "recorded": Entry.objects.filter(verb="consultation.recorded").count(),
    }
    assert there == {
        "nominations": 20,
        "taken": 8,
        "runs": ["announced", "announced", "proposed"],
        "marks": 8 * 4,
        "results": 2,
        "plans": 19 * 2,
        "actions": 19 * 2 * 2,
        "published": 3,
        "adoptions": 6,
        "closed": 2,
        "recorded": 60,
    }
    assert 0 < Certificate.objects.count() <= 8
    # Fictional accounts are nobody's one-click sign-in, and give way to a new demo.
    offered = [one.name for one in demo_users()]
    assert offered[: len(load.USERS)] == [one.name for one in load.USERS]
    assert User.objects.filter(is_demo=False).count() == 0

    # In bulk the guard of single records is off: it would have let them pass.
    point = Point.objects.latest("pk")
    consultations.load(
        200,
        points=[point.pk],
        first=date(2026, 1, 1),
        last=date(2026, 11, 19),
        recorders=["user:1"],
        guarded=True,
    )
    more = Consultation.objects.filter(recorder_key="user:1", point=point)
    assert more.count() == 200

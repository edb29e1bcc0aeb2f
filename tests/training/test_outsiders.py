"""
Every address of a course's delivery, crossed with whoever has no part in the course.

A new address with a row of the course is refused to outsiders, or named here as one
that says nothing of anybody.
"""

from itertools import combinations

import pytest
from django.urls import NoReverseMatch, reverse

from mosty.audit.models import Entry
from mosty.evaluation.actions import surveys
from mosty.training.actions import materials
from mosty.training.models import Issuing
from mosty.training.queries.roster import half_days
from tests.evaluation.conftest import ask, content, questionnaire  # noqa: F401 - fixtures
from tests.factories import make_version
from tests.structure import addresses
from tests.training.certificates.conftest import (  # noqa: F401 - fixtures
    _keys,
    certificate,
    designed,
    held,
    issued,
)
from tests.training.materials.conftest import details
from tests.training.test_policies import (  # noqa: F401 - fixtures
    other_coordinator,
    other_trainer,
)

APPS = ("training", "evaluation", "reports")
# What even the coordinator does not find here: no logo, no link as a file, no answers, no
# groups.
EMPTY = {
    "training:groups_change", "training:groups_remix", "training:groups_hold",
    "training:group_sheets", "training:group_list",
    "training:certificate_logo", "training:material_version", "evaluation:picture",
}  # fmt: skip
# By a secret, by a code on a screen, or for anybody: each has tests of its own.
OPEN = {
    "training:check_form", "training:check", "training:check_in", "training:checked_in",
    "training:material_file", "training:materials_zip",
    # Lists and pages of the reader's own, with no row in the address.
    "training:my_calendar", "evaluation:questionnaires",
}  # fmt: skip
NAMES = sorted(
    {
        address.name
        for address in addresses()
        if address.name.startswith(APPS) and "/link/" not in address.path
    }
    - OPEN
)
OUTSIDERS = (
    "stranger", "administrator", "auditor", "other_trainer", "other_coordinator",
)  # fmt: skip
REFUSALS = {403, 404, 405}
# What a city opens of a course at which its own people were; the rest is refused.
OF_A_CITY = {
    "training:roster", "training:roster_csv", "training:roster_xlsx",
    "training:certificates", "training:certificates_zip",
}  # fmt: skip
# What the trainer of one of its sessions opens: neither people's certificates as files,
# nor what the coordinator alone decides.
OF_A_TRAINER = {
    "training:roster", "training:roster_csv", "training:roster_xlsx", "training:sheets",
    "training:sheet",
    "training:timetable", "training:attendance", "training:attendance_csv",
    "training:attendance_xlsx", "training:attendance_session",
    "training:attendance_sheet", "training:screen", "training:certificates",
    "training:materials", "training:material_add", "training:material_add_link",
    "training:material_change", "training:material_renew", "training:material_withdraw",
    "training:groups", "training:groups_make", "training:name_tents",
    "evaluation:course", "evaluation:results", "evaluation:results_csv",
    "evaluation:results_xlsx",
}  # fmt: skip


@pytest.fixture
def paths(held, trainer, certificate, ask, questionnaire, coordinator, now):  # noqa: F811 - fixtures
    """Return the address of each page, of rows of this course."""
    survey = ask(of=held)
    surveys.close(survey=survey, actor=coordinator, now=now)
    make_version(held)
    session = held.sessions.get(trainers__person=trainer.person)
    material = materials.add(
        course=held,
        details=details(),
        thing="https://example.org/handout",
        actor=coordinator,
        now=now,
    )
    rows = {
        "pk": held.pk, "session": session.pk, "material": material.pk, "number": 1,
        "serial": certificate.serial, "code": certificate.offer.code, "key": "useful",
        "kind": "reaction", "programme": held.programme.slug, "digest": "0" * 64,
    }  # fmt: skip
    own = {
        "evaluation:questionnaire": {"pk": questionnaire.pk},
        "evaluation:edit": {"pk": questionnaire.pk},
        "evaluation:xlsform": {"pk": questionnaire.pk},
        "evaluation:compare": {"pk": questionnaire.pk},
        "training:sheet": {"key": half_days(held)[0].key},
        "training:issuing": {"pk": Issuing.objects.get().pk},
        "training:cancel_issuing": {"pk": Issuing.objects.get().pk},
    }
    found = {}
    for name in NAMES:
        given = {**rows, **own.get(name, {})}
        if name.startswith("evaluation:"):
            given["code"] = survey.code
        found[name] = _path(name, given)
    return found


def _path(name, rows):
    """Return the address with those of ``rows`` that it takes."""
    for keys in _some(sorted(rows)):
        try:
            return reverse(name, kwargs={key: rows[key] for key in keys})
        except NoReverseMatch:
            continue
    raise NoReverseMatch(name)


def _some(keys):
    for count in range(4):
        yield from combinations(keys, count)


def opened(client, paths):
    """Return the names of pages that are not refused, whatever way they are asked for."""
    return {
        name
        for name, path in paths.items()
        if not {client.get(path).status_code, client.post(path).status_code} <= REFUSALS
    }


@pytest.mark.parametrize("who", OUTSIDERS)
def test_outsiders_open_nothing_and_change_nothing(request, signed_in, paths, who):
    client = signed_in(request.getfixturevalue(who))
    before = Entry.objects.count()
    assert (opened(client, paths), Entry.objects.count()) == (set(), before)


def test_a_city_opens_its_own_peoples_pages_only(signed_in, other_city, paths):
    """The certificate and the seat in the addresses are of another city's Anna."""
    assert opened(signed_in(other_city), paths) == OF_A_CITY


def test_a_trainer_opens_what_her_session_needs(signed_in, trainer, paths):
    assert opened(signed_in(trainer), paths) == OF_A_TRAINER


def test_the_coordinator_opens_all_of_it(signed_in, coordinator, paths):
    """Otherwise the refusals above would say nothing."""
    assert opened(signed_in(coordinator), paths) == set(NAMES) - EMPTY

"""
The demo Academy, with a row in every state that some page is about.

The story ends with two calls announced and one open. Added here: a draft, a call whose
draw waits for signatures beside three trials (made, in vain, and one that waits), a call
whose rules no group can keep, a list that waits to be taken over, and messages that
nobody has read yet.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from mosty.accounts.models import Role, User
from mosty.audit.actors import SYSTEM
from mosty.demo import facts, files, load, story
from mosty.demo.cast import Cast, gather, morning
from mosty.demo.people import nominees
from mosty.demo.story import deciding, gathering
from mosty.directory.actions.facts import propose_correction
from mosty.directory.models import (
    DatedFact,
    Organisation,
)
from mosty.figures.models import Release
from mosty.infopoint.actions import releases
from mosty.infopoint.models import Point
from mosty.library.actions import editions
from mosty.library.models import Edition
from mosty.nominations.actions import calls, checks, seeds
from mosty.nominations.actions import nominations as nominating
from mosty.nominations.actions.imports import files as uploads
from mosty.nominations.models import Call, Nomination
from mosty.programmes.models import Course, Programme, Session
from mosty.selection.actions import calculations, runs
from mosty.selection.models import Calculation
from mosty.training.actions import groups
from tests.e2e.academy import CULTURE, HEALTH, HOUSING, SCHOOL, SPORT, Academy

COUNTS_HOUSING = (
    ("Białystok", 2), ("Gdańsk", 2), ("Katowice", 1), ("Kraków", 2), ("Lublin", 2),
    ("Łódź", 1), ("Poznań", 2), ("Rzeszów", 2), ("Warszawa", 2), ("Wrocław", 1),
)  # fmt: skip


def play(now: datetime, say: Callable[[str], None]) -> None:
    """Play the demo's story into an empty database, and add what is said above."""
    story.play(now, say)
    programme = Programme.objects.get()
    cast = gather()
    rules = {**Call.objects.get(slug="trial-course").rules.as_json()}
    _draft(programme, cast, rules, now)
    _proposed(programme, cast, rules, now, say)
    _stuck(programme, cast, rules, now, say)
    _in_public(programme, cast, rules, now, say)
    load.add_course(programme, HEALTH)
    _on_now(now)
    _mixed(cast, now)
    _city(now)
    _library(cast, now)
    _releases(now)
    Session.objects.filter(course__slug="trial-course").update(room="sala C")
    opened = Call.objects.get(slug="trial-course")
    nominated = [row.code for row in Nomination.objects.filter(call=opened)]
    checks.remind(call=opened, codes=nominated, actor=cast.secretariat, now=now)
    waiting = nominees((("Rzeszów", 3), ("Lublin", 1)), on=now.date(), seed=5)
    uploads.upload(
        call=opened,
        organisation=None,
        content=files.tabbed(waiting, "rzeszow.txt", unit="Zarząd Dróg").content,
        file_name="rzeszow.txt",
        actor=cast.secretariat,
        now=now - timedelta(hours=1),
    )


def _releases(now: datetime) -> None:
    """Ask for a correction where nothing has changed, which is refused; for another, too."""
    point = Point.objects.get(slug="wroclaw")
    lead = User.objects.get(grants__role=Role.LEAD, grants__organisation=point.city)
    last = Release.objects.filter(subject=point.subject, state="published").latest(
        "year"
    )
    for is_made in (True, False):
        asked = releases.ask(
            point=point,
            year=last.year,
            rules=last.rules,
            reason="Poprawka (przykład)",
            actor=lead,
            now=now,
        )
        if is_made:
            releases.make(release=asked.pk, actor=SYSTEM, now=now)


def _on_now(now: datetime) -> None:
    """Let a session of a course without people be under way: a screen shows its code."""
    Session.objects.create(
        course=Course.objects.get(slug=HOUSING.slug),
        title=load.text(("Opening (illustrative)", "Otwarcie (przykład)")),
        starts_at=now - timedelta(minutes=20),
        ends_at=now + timedelta(hours=6),
    )


def _mixed(cast: Cast, now: datetime) -> None:
    """Mix the people of the course that is still to come."""
    course = Course.objects.get(slug="partnerships")
    groups.make(
        course=course,
        wanted=groups.Wanted(groups=4, rounds=3, seed="e2e"),
        seen="",
        actor=cast.coordinator,
        now=now,
    )


def _library(cast: Cast, now: datetime) -> None:
    """Let a translation be brought up to date, and a version wait for approval."""
    behind = Edition.objects.get(language="pl", tool__kind="checklist")
    editions.begin(edition=behind, actor=cast.secretariat, now=now)
    handbook = Edition.objects.get(language="en", tool__kind="handbook")
    version = editions.begin(edition=handbook, actor=cast.partner, now=now)
    editions.save(
        version=version,
        about=editions.About(title=version.title, label="illustrative"),
        sections=(),
        sent=None,
        revision=version.revision,
        actor=cast.partner,
        now=now,
    )
    editions.propose(version=version, actor=cast.partner, now=now)


def _city(now: datetime) -> None:
    """Let Kraków's contact nominate, begin a draft, and propose to correct a fact."""
    contact = User.objects.get(person__family_name="Brama")
    call = Call.objects.get(slug="trial-course")
    krakow = Organisation.objects.get(slug="krakow")
    for one, submit in zip(
        nominees((("Kraków", 2),), on=now.date(), seed=11), (True, False), strict=True
    ):
        nominating.nominate(
            call=call,
            organisation=krakow,
            person=one.nominated(),
            submit=submit,
            actor=contact,
            now=now - timedelta(hours=3),
        )
    propose_correction(
        fact=DatedFact.objects.get(territory__slug="krakow"),
        value=DatedFact.Experience.LITTLE,
        as_of=date(2022, 1, 31),
        source="Raport własny miasta (przykład)",
        reason="Raport nie był wcześniej znany.",
        actor=contact,
        now=now - timedelta(hours=2),
    )


def _draft(
    programme: Programme, cast: Cast, rules: Mapping[str, Any], now: datetime
) -> None:
    planned = load.add_course(programme, SCHOOL, (now + timedelta(days=120)).date())
    calls.create(
        course=planned,
        text=calls.CallText(
            slug=planned.slug,
            opens_at=now + timedelta(days=10),
            closes_at=now + timedelta(days=40),
            channel=cast.ump,
            contact=gathering.CONTACT,
            contact_email="nominations@demo.example.org",
            costs=load.text(("", "")),
            notice=load.text(facts.NOTICE),
            seed_source=load.text(facts.SEED_SOURCE),
        ),
        rules=rules,
        actor=cast.coordinator,
        now=now,
    )


def _proposed(
    programme: Programme,
    cast: Cast,
    rules: Mapping[str, Any],
    now: datetime,
    say: Callable[[str], None],
) -> None:
    now = morning(now)
    planned = load.add_course(programme, HOUSING, (now + timedelta(days=60)).date())
    opened, closed = now - timedelta(days=20), now - timedelta(days=3)
    call = gathering.open_call(planned, cast, rules, ("", ""), opened, closed)
    gathering.invite(call, cast, opened + timedelta(days=1), say)
    people = nominees(COUNTS_HOUSING, on=opened.date(), seed=7)
    at = opened + timedelta(days=8)
    listed = files.union_workbook(people, "ump.xlsx")
    gathering.bring_in(call, listed, cast.secretariat, at, say)
    gathering.confirm(call, cast, at + timedelta(days=2), say, silent=1, declining=0)
    deciding.select(call, cast, "7, 8, 15, 22, 30, 41", now - timedelta(days=2), say)
    runs.what_if(
        call=Call.objects.get(pk=call.pk),
        rules={**rules, "seats": 10},
        actor=cast.coordinator,
        now=now - timedelta(days=1),
    )
    police = {"attribute": "department", "value": "police", "least": 5, "most": None}
    in_vain = _ask(call, {**rules, "quotas": [police]}, cast, now)
    calculations.carry_out(calculation=in_vain.pk, actor=SYSTEM, now=now)
    _ask(call, {**rules, "seats": 11}, cast, now)
    again = calculations.ask_again(
        run=Academy(now).announced, actor=cast.coordinator, now=now
    )
    calculations.carry_out(calculation=again.pk, actor=SYSTEM, now=now)


def _stuck(
    programme: Programme,
    cast: Cast,
    rules: Mapping[str, Any],
    now: datetime,
    say: Callable[[str], None],
) -> None:
    """Draw in vain: too few of those nominated work for the municipal police."""
    now = morning(now)
    planned = load.add_course(programme, SPORT, (now + timedelta(days=90)).date())
    opened, closed = now - timedelta(days=20), now - timedelta(days=3)
    police = {"attribute": "department", "value": "police", "least": 5, "most": None}
    quotas = {**rules, "quotas": [police]}
    call = gathering.open_call(planned, cast, quotas, ("", ""), opened, closed)
    gathering.invite(call, cast, opened + timedelta(days=1), say)
    people = nominees(COUNTS_HOUSING, on=opened.date(), seed=9)
    at = opened + timedelta(days=8)
    listed = files.union_workbook(people, "ump.xlsx")
    gathering.bring_in(call, listed, cast.secretariat, at, say)
    gathering.confirm(call, cast, at + timedelta(days=2), say, silent=0, declining=0)
    seed_at = now - timedelta(days=2)
    call = seeds.enter_seed(call=call, seed="1 2", actor=cast.coordinator, now=seed_at)
    with suppress(runs.NoCohort):
        runs.draw(call=call, actor=cast.coordinator, now=now)


def _in_public(
    programme: Programme,
    cast: Cast,
    rules: Mapping[str, Any],
    now: datetime,
    say: Callable[[str], None],
) -> None:
    """Publish the list of groups for a draw in public; its number is still to come."""
    now = morning(now)
    planned = load.add_course(programme, CULTURE, (now + timedelta(days=95)).date())
    opened, closed = now - timedelta(days=20), now - timedelta(days=3)
    source = (
        "three digits, drawn before the cities' representatives (illustrative)",
        "trzy cyfry wylosowane przy przedstawicielach miast (przykład)",
    )
    call = gathering.open_call(
        planned, cast, rules, ("", ""), opened, closed, Call.Casting.PUBLIC, source
    )
    gathering.invite(call, cast, opened + timedelta(days=1), say)
    people = nominees(COUNTS_HOUSING, on=opened.date(), seed=11)
    at = opened + timedelta(days=8)
    listed = files.union_workbook(people, "ump.xlsx")
    gathering.bring_in(call, listed, cast.secretariat, at, say)
    gathering.confirm(call, cast, at + timedelta(days=2), say, silent=0, declining=0)
    asked = calculations.ask_list(
        call=call, actor=cast.coordinator, now=now - timedelta(days=1)
    )
    calculations.carry_out(
        calculation=asked.pk, actor=SYSTEM, now=now - timedelta(days=1)
    )


def _ask(
    call: Call, rules: Mapping[str, Any], cast: Cast, now: datetime
) -> Calculation:
    return calculations.ask_what_if(
        call=Call.objects.get(pk=call.pk), rules=rules, actor=cast.coordinator, now=now
    )

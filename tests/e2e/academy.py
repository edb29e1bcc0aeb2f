"""
The demo Academy, with a row in every state that some page is about.

The story ends with two calls announced and one open. Added here: a draft, a call whose
draw waits for signatures beside three trials (made, in vain, and one that waits), a call
whose rules no group can keep, a list that waits to be taken over, and messages that
nobody has read yet.
"""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import Any

from mosty.accounts.models import User
from mosty.audit.actors import SYSTEM
from mosty.demo import facts, files, load, story
from mosty.demo.cast import Cast, gather, morning
from mosty.demo.people import nominees
from mosty.demo.story import deciding, gathering
from mosty.directory.actions.facts import propose_correction
from mosty.directory.models import (
    DatedFact,
    FactProposal,
    Membership,
    Organisation,
)
from mosty.directory.models import Person as DirectoryPerson
from mosty.evaluation.models import Survey
from mosty.figures.models import CitedFigure
from mosty.infopoint.models import Code, Consultation, Point
from mosty.nominations.actions import calls, checks
from mosty.nominations.actions import nominations as nominating
from mosty.nominations.actions.entries import Person
from mosty.nominations.actions.imports import files as uploads
from mosty.nominations.models import Call, ImportedFile, Nomination, PossibleDuplicate
from mosty.outbox.models import Link, Message
from mosty.programmes.models import Course, Programme, Session
from mosty.selection.actions import calculations, runs
from mosty.selection.models import Calculation, Decision, Offer, Run
from mosty.training.actions import groups
from mosty.training.models import (
    Certificate,
    GroupPlace,
    GroupPlan,
    Issuing,
    Mark,
    Material,
)
from mosty.training.queries.standing import standings

COUNTS_HOUSING = (
    ("Białystok", 2), ("Gdańsk", 2), ("Katowice", 1), ("Kraków", 2), ("Lublin", 2),
    ("Łódź", 1), ("Poznań", 2), ("Rzeszów", 2), ("Warszawa", 2), ("Wrocław", 1),
)  # fmt: skip


def course(slug: str, english: str, polish: str) -> facts.DocumentedCourse:
    """Return an illustrative course."""
    return facts.DocumentedCourse(
        slug,
        None,
        (f"{english} (illustrative)", f"{polish} (przykład)"),
        ("Made up for this demo.", "Wymyślone na potrzeby tej demonstracji."),
        facts.ILLUSTRATIVE,
        capacity=12,
        topics=facts.TRIAL_COURSE.topics,
    )


HOUSING = course(
    "housing", "Housing for newcomers", "Mieszkania dla nowych mieszkańców"
)
SCHOOL = course("school", "Languages at school", "Języki w szkole")
SPORT = course("sport", "Sport for all", "Sport dla wszystkich")
CULTURE = course("culture", "Culture for all", "Kultura dla wszystkich")
HEALTH = course("health", "Access to health care", "Dostęp do opieki zdrowotnej")


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
            person=Person(
                given_name=one.given_name,
                family_name=one.family_name,
                email=one.email,
                department=one.department,
                level="middle",
                gender=one.gender,
                position=one.position,
                in_post_since=one.since,
                is_fictional=True,
            ),
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
    call = calls.enter_seed(call=call, seed="1 2", actor=cast.coordinator, now=seed_at)
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


@dataclass(frozen=True)
class Academy:
    """What was played, as the pages' addresses and the signed-in users need it."""

    now: datetime

    def user(self, role: str) -> User:
        """Return the first demo user who holds ``role``."""
        return User.objects.filter(grants__role=role).order_by("id")[0]

    def token(self, purpose: str, subject: str) -> str:
        """Return the token of the live link for ``subject``."""
        from mosty.kernel import tokens

        link = Link.objects.get(purpose=purpose, subject=subject, revoked_at=None)
        return tokens.derive(bytes(link.nonce))

    @cached_property
    def programme(self) -> Programme:
        return Programme.objects.get()

    @cached_property
    def first_draft(self) -> Course:
        """Return a course whose timetable was never published."""
        return Course.objects.get(slug=SCHOOL.slug)

    @cached_property
    def moved(self) -> Course:
        """Return a course whose draft differs from what is published."""
        return Course.objects.get(slug="trial-course")

    @cached_property
    def bare_course(self) -> Course:
        """Return a course without a call."""
        return Course.objects.get(slug=HEALTH.slug)

    @cached_property
    def held_session(self) -> Session:
        """Return a session that is over, with marks and a correction."""
        mark = Mark.objects.filter(version=2).select_related("session").latest("pk")
        return mark.session

    @cached_property
    def session_on(self) -> Session:
        """Return the session that is under way."""
        return Session.objects.get(
            course__slug=HOUSING.slug, ends_at__gt=self.now, starts_at__lte=self.now
        )

    @cached_property
    def groups(self) -> GroupPlan:
        """Return the plan of groups of the course that is still to come."""
        return GroupPlan.objects.get(course__slug="partnerships")

    @cached_property
    def held_groups(self) -> GroupPlan:
        """Return a plan all of whose rounds were held."""
        return GroupPlan.objects.get(course__slug="good-practices")

    @cached_property
    def two_places(self) -> tuple[str, str]:
        """Return two people who can change places in the first round to come."""
        places = GroupPlace.objects.filter(round__plan=self.groups, round__number=1)
        first, second = (places.filter(group=n).order_by("pk")[0] for n in (1, 2))
        return first.offer.code, second.offer.code

    def call(self, slug: str) -> Call:
        return Call.objects.get(slug=slug)

    @cached_property
    def draw(self) -> Run:
        """Return the draw that waits for signatures."""
        return Run.objects.get(call__slug=HOUSING.slug, kind=Run.Kind.DRAW)

    @cached_property
    def trial(self) -> Run:
        return Run.objects.get(call__slug=HOUSING.slug, kind=Run.Kind.WHAT_IF)

    def calculation(self, state: str) -> Calculation:
        """Return the trial that is in ``state`` beside the draw."""
        return Calculation.objects.get(call__slug=HOUSING.slug, state=state)

    @cached_property
    def announced(self) -> Run:
        return Run.objects.get(call__slug="partnerships", state=Run.State.ANNOUNCED)

    @cached_property
    def reserve(self) -> Decision:
        """Return somebody on the proposed reserve list."""
        return Decision.objects.filter(
            run=self.draw, outcome=Decision.Outcome.RESERVE
        ).order_by("reserve_place")[0]

    @cached_property
    def nomination(self) -> Nomination:
        """Return a nomination of the open call."""
        return Nomination.objects.filter(call__slug="trial-course").order_by("id")[0]

    @cached_property
    def pair(self) -> PossibleDuplicate:
        return PossibleDuplicate.objects.filter(
            decision=PossibleDuplicate.Decision.OPEN
        ).order_by("id")[0]

    @cached_property
    def waiting_import(self) -> ImportedFile:
        return ImportedFile.objects.filter(call__slug="trial-course").latest("id")

    @cached_property
    def taken_import(self) -> ImportedFile:
        return ImportedFile.objects.filter(call__slug=HOUSING.slug).latest("id")

    def offer(self, state: str) -> Offer:
        """Return the first offer in ``state`` in the second of the announced calls."""
        return Offer.objects.filter(
            seat__call__slug="partnerships", state=state
        ).order_by("seat__number")[0]

    @cached_property
    def city_nomination(self) -> Nomination:
        """Return what Kraków has submitted to the open call."""
        return Nomination.objects.get(
            call__slug="trial-course", organisation__slug="krakow", state="submitted"
        )

    @cached_property
    def city_invitation(self) -> str:
        """Return the code of Kraków's invitation to the open call."""
        call = self.call("trial-course")
        return str(call.invitations.get(organisation__slug="krakow").code)

    @cached_property
    def message(self) -> Message:
        """Return a message that waits to be read."""
        return Message.objects.filter(state=Message.State.DRAFT).order_by("id")[0]

    @cached_property
    def fact(self) -> DatedFact:
        return DatedFact.objects.get(territory__slug="krakow")

    @cached_property
    def cited(self) -> CitedFigure:
        return CitedFigure.objects.earliest("order")

    @cached_property
    def material(self) -> Material:
        """Return a handout with an older version."""
        return Material.objects.earliest("pk")

    @cached_property
    def point(self) -> Point:
        """Return the information point."""
        return Point.objects.get()

    @cached_property
    def district(self) -> Code:
        """Return a code of the city's own list."""
        return Code.objects.filter(owner=self.point.city).earliest("order")

    def record(self, state: str) -> Consultation:
        """Return the first consultation in this state."""
        return Consultation.objects.filter(state=state).latest("day", "key")

    @cached_property
    def membership(self) -> Membership:
        return Membership.objects.filter(body__slug="ump").order_by("id")[0]

    @cached_property
    def correction(self) -> FactProposal:
        return FactProposal.objects.get()

    def survey(self, kind: str, *, few: bool = False) -> Survey:
        """Return a survey of the held course; of two of a kind that with few answers last."""
        return Survey.objects.filter(kind=kind).order_by("-opens_at")[
            0 if not few else 1
        ]

    @cached_property
    def person(self) -> DirectoryPerson:
        return DirectoryPerson.objects.order_by("id")[0]

    def certificate(self, state: str) -> Certificate:
        """Return a certificate that was issued, is revoked, or whose name is shown."""
        rows = Certificate.objects.select_related("offer").order_by("pk")
        if state == "shown":
            return rows.filter(shows_name=True)[0]
        return rows.filter(state=state, shows_name=False)[0]

    @cached_property
    def issuing(self) -> Issuing:
        return Issuing.objects.latest("pk")

    @cached_property
    def incomplete(self) -> Offer:
        """Return somebody who was there, but too little for a certificate."""
        course = self.issuing.course_id
        found = standings([course], self.now)
        short = [key for key, one in found.items() if one.status == "not_completed"]
        return Offer.objects.get(pk=min(short))

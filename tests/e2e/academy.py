"""What was played, as the pages' addresses and the people who look at them need it."""

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from mosty.accounts.models import User
from mosty.demo import facts
from mosty.directory.models import (
    DatedFact,
    FactProposal,
    Membership,
)
from mosty.directory.models import Person as DirectoryPerson
from mosty.evaluation.models import Survey
from mosty.figures.models import CitedFigure, Release
from mosty.infopoint.models import (
    Code,
    Consultation,
    Guide,
    Point,
    Poster,
    Workshop,
)
from mosty.infopoint.models import ImportedFile as PastFile
from mosty.library.models import SynonymSet
from mosty.nominations.models import Call, ImportedFile, Nomination, PossibleDuplicate
from mosty.outbox.models import Link, Message
from mosty.partnerships.models import Agreement, StakeholderMap
from mosty.plans.models import Action, CheckIn, HelpNote, Objective, Plan
from mosty.programmes.models import Course, Programme, Session
from mosty.selection.models import Calculation, Decision, Offer, Run
from mosty.training.models import (
    Certificate,
    GroupPlace,
    GroupPlan,
    Issuing,
    Mark,
    Material,
)
from mosty.training.queries.standing import standings


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
# Cities whose contacts look at pages.
OURS = ("krakow", "lodz")
HEALTH = course("health", "Access to health care", "Dostęp do opieki zdrowotnej")


@dataclass(frozen=True)
class Academy:
    """What was played, as the pages' addresses and the signed-in users need it."""

    now: datetime

    def user(self, role: str) -> User:
        """Return the first demo user who holds ``role``."""
        return User.objects.filter(grants__role=role).order_by("id")[0]

    def token(self, purpose: str, subject: str) -> str:
        """Return the token of the live link for ``subject``."""

        link = Link.objects.get(purpose=purpose, subject=subject, revoked_at=None)
        return link.token

    @cached_property
    def programme(self) -> Programme:
        """Return the programme that was played; a test may add others."""
        return Programme.objects.earliest("id")

    @cached_property
    def synonyms(self) -> SynonymSet:
        return SynonymSet.objects.earliest("id")

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
        """Return a nomination of the open call, of neither city whose contacts look."""
        found = Nomination.objects.filter(call__slug="trial-course").order_by("id")
        return found.exclude(organisation__slug__in=OURS)[0]

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
        """
        Return the first offer in ``state`` in the second of the announced calls.

        It is of neither city whose contacts look at pages: who it is, differs by play.
        """
        found = Offer.objects.filter(seat__call__slug="partnerships", state=state)
        found = found.exclude(nomination__organisation__slug__in=OURS)
        return found.order_by("seat__number")[0]

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

    def map_of(self, city: str) -> StakeholderMap:
        """Return the map of a city."""
        return StakeholderMap.objects.get(city__slug=city)

    @cached_property
    def group_token(self) -> str:
        """Return the token of a participant who writes on Kraków's map."""
        found = self.map_of("krakow")
        codes = Offer.objects.filter(
            state="accepted",
            nomination__organisation=found.city,
            seat__call__course=found.course,
        ).values("code")
        live = Link.objects.filter(purpose="course", subject__in=codes, revoked_at=None)
        return live.order_by("pk")[0].token

    def agreement(self, state: str) -> Agreement:
        """Return the agreement in this state."""
        return Agreement.objects.get(state=state)

    @cached_property
    def point(self) -> Point:
        """Return the information point."""
        return Point.objects.get(slug="wroclaw")

    @cached_property
    def workshop(self) -> Workshop:
        """Return the workshop that was corrected."""
        found = Workshop.objects.filter(state="counted", point=self.point)
        return found.latest("version", "day", "key")

    @cached_property
    def guide(self) -> Guide:
        return Guide.objects.filter(point=self.point).earliest("pk")

    @cached_property
    def poster(self) -> Poster:
        return Poster.objects.get(point=self.point)

    @cached_property
    def cited_figure(self) -> CitedFigure:
        return CitedFigure.objects.filter(subject=self.point.subject)[0]

    def imported(self, state: str) -> PastFile:
        """Return the point's file in this state."""
        return PastFile.objects.get(point=self.point, state=state)

    def release(self, state: str, subject: str = "point:wroclaw") -> Release:
        """Return a point's first release in this state."""
        return Release.objects.filter(subject=subject, state=state).earliest("pk")

    @cached_property
    def district(self) -> Code:
        """Return a code of the city's own list."""
        return Code.objects.filter(owner=self.point.city).earliest("order")

    def record(self, state: str) -> Consultation:
        """Return the first consultation in this state."""
        found = Consultation.objects.filter(state=state, point=self.point)
        return found.latest("day", "key")

    @cached_property
    def membership(self) -> Membership:
        return Membership.objects.filter(body__slug="ump").order_by("id")[0]

    @cached_property
    def correction(self) -> FactProposal:
        return FactProposal.objects.get()

    def plan(self, which: str) -> Plan:
        """Return a plan: of the course, or one that is public, awaited or closed."""
        rows = Plan.objects.order_by("pk")
        if which == "course":
            return rows.get(course__isnull=False, owner__slug="krakow")
        if which == "public":
            return rows.filter(visibility=3)[0]
        if which == "closed":
            return rows.get(state="closed")
        return self.plan_asked.plan

    @cached_property
    def plan_asked(self) -> CheckIn:
        return CheckIn.objects.select_related("plan").get(
            plan__owner__slug="krakow", invited_at__isnull=False
        )

    @cached_property
    def plan_line(self) -> Action:
        return Action.objects.filter(plan=self.plan_asked.plan)[0]

    def plan_row(self, kind: str) -> str:
        """Return the key of a row of the course's plan."""
        rows = Action if kind == "action" else Objective
        return f"{kind}-{rows.objects.filter(plan=self.plan('course'))[0].pk}"

    @cached_property
    def plan_seat(self) -> Offer:
        plan = self.plan("course")
        return Offer.objects.filter(
            state="accepted",
            seat__call__course=plan.course_id,
            nomination__organisation=plan.owner_id,
        ).order_by("seat__number")[0]

    @cached_property
    def help_note(self) -> HelpNote:
        return HelpNote.objects.get(plan__owner__slug="lodz")

    def survey(self, kind: str, *, few: bool = False) -> Survey:
        """Return a survey of the held course; of two of a kind that with few answers last."""
        return Survey.objects.filter(kind=kind).order_by("-opens_at")[
            0 if not few else 1
        ]

    @cached_property
    def person(self) -> DirectoryPerson:
        return DirectoryPerson.objects.order_by("id")[0]

    def certificate(self, state: str) -> Certificate:
        """
        Return a certificate that was issued, is revoked, or whose name is shown.

        That which was issued is of neither city whose contacts look at pages.
        """
        rows = Certificate.objects.select_related("offer").order_by("pk")
        if state == "shown":
            return rows.filter(shows_name=True)[0]
        found = rows.filter(state=state, shows_name=False)
        if state == "issued":
            found = found.exclude(offer__nomination__organisation__slug__in=OURS)
        return found[0]

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

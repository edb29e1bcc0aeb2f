"""Rows as the first version of each app would have kept them, by its own models."""

from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.apps.registry import Apps
from i18nfield.strings import LazyI18nString

AT = datetime(2026, 3, 2, 9, tzinfo=UTC)
DAY = timedelta(days=1)
BOTH = LazyI18nString({"en": "Example", "pl": "Przykład"})
BY = {"made_by": "Anna", "made_at": AT}


class First:
    """Writes rows with the models of one state of the migrations, and remembers them."""

    def __init__(self) -> None:
        self.apps = Apps()
        self.made: dict[str, Any] = {}

    def new(self, model: str, **fields: Any) -> Any:
        """Store a row; a later app finds it by its model's name."""
        row = self.apps.get_model(model).objects.create(**self._own(model, fields))
        self.made[model.split(".")[1]] = row
        return row

    def _own(self, model: str, fields: dict[str, Any]) -> dict[str, Any]:
        """Return the values, rows by their keys: those of an older state are no rows here."""
        return {
            f"{name}_id" if hasattr(value, "pk") else name: getattr(value, "pk", value)
            for name, value in fields.items()
        }

    def __getattr__(self, model: str) -> Any:
        return self.made[model]


def ground(first: First) -> None:
    """From places to an offer that was accepted."""
    new = first.new
    place = new(
        "directory.Territory",
        slug="krakow", name=BOTH, sort_name="krakow", kind="city", country="PL",
    )  # fmt: skip
    new(
        "directory.TerritoryCode",
        territory=place,
        system="terc",
        code="1261011",
        vintage=2024,
    )
    fact = new(
        "directory.DatedFact",
        territory=place, topic="experience", value="much", as_of=date(2022, 2, 23),
        method=BOTH, source="Report",
    )  # fmt: skip
    new(
        "directory.FactProposal",
        fact=fact, value="little", as_of=date(2022, 2, 1), source="Report",
        reason="Newer", proposed_by="Anna", proposed_at=AT,
    )  # fmt: skip
    union = new(
        "directory.Organisation",
        slug="union", name=BOTH, short_name=BOTH, sort_name="union", kind="union",
    )  # fmt: skip
    city = new(
        "directory.Organisation",
        slug="krakow", name=BOTH, short_name=BOTH, sort_name="krakow", kind="city",
        territory=place,
    )  # fmt: skip
    new("directory.Membership", member=city, body=union, since=date(2020, 1, 1))
    person = new(
        "directory.Person",
        given_name="Ewa", family_name="Żak", sort_name="zak ewa", email="ewa@example.org",
    )  # fmt: skip
    new(
        "directory.Position",
        person=person, organisation=city, department="education", level="middle",
    )  # fmt: skip
    user = new("accounts.User", email="anna@example.org", name="Anna", person=person)
    new("accounts.Grant", user=user, role="city", organisation=city)
    new(
        "audit.Entry",
        at=AT, actor_key="user:1", actor_label="Anna", verb="call.created",
        target_kind="nominations.call", target_key="1", after={"rules": {"seats": 2}},
    )  # fmt: skip
    _course(first, union, city, person)


def _course(first: First, union: Any, city: Any, person: Any) -> None:
    new = first.new
    programme = new(
        "programmes.Programme",
        slug="first", name=BOTH, short_name=BOTH, summary=BOTH, languages=["pl", "en"],
        starts_on=date(2026, 1, 1), ends_on=date(2026, 12, 31), is_published=True,
    )  # fmt: skip
    new(
        "programmes.Partnership",
        programme=programme,
        organisation=union,
        role="coordinator",
    )
    course = new(
        "programmes.Course",
        programme=programme, slug="one", title=BOTH, languages=["pl"], capacity=2, part=1,
        starts_on=date(2026, 6, 1), ends_on=date(2026, 6, 1), place=BOTH, is_published=True,
    )  # fmt: skip
    new("programmes.Topic", course=course, order=1, text=BOTH)
    new("programmes.Provision", course=course, what="venue", organisation=city)
    session = new(
        "programmes.Session",
        course=course, title=BOTH, room="Room 1", starts_at=AT + 91 * DAY,
        ends_at=AT + 91 * DAY + timedelta(hours=3),
    )  # fmt: skip
    new("programmes.SessionTrainer", session=session, person=person)
    call = new(
        "nominations.Call",
        course=course, slug="one", state="published", opens_at=AT, closes_at=AT + 30 * DAY,
        channel=union, contact="Anna", notice=BOTH, seed_source=BOTH, published_at=AT,
        seed="1, 2, 3", seed_entered_at=AT + 31 * DAY,
    )  # fmt: skip
    rules = new("nominations.RulesVersion", call=call, number=1, stored=RULES, **BY)
    new("nominations.Invitation", call=call, code="INV1", organisation=city, sent_at=AT)
    nomination = new(
        "nominations.Nomination",
        call=call, organisation=city, given_name="Ewa", family_name="Żak",
        sort_name="zak ewa", name_key="ewa zak", search="ewa zak", email="ewa@example.org",
        department="education", level="middle", state="submitted", answer="confirmed",
        answered_at=AT, notice_version=1, created_at=AT, changed_at=AT, submitted_at=AT,
        person=person,
    )  # fmt: skip
    new(
        "nominations.Needs",
        nomination=nomination, diet="vegetarian", delete_after=date(2026, 7, 1),
    )  # fmt: skip
    new(
        "nominations.Comment",
        nomination=nomination,
        author="Anna",
        text="Good",
        written_at=AT,
    )
    _selected(first, call, rules, nomination, union)


def _selected(first: First, call: Any, rules: Any, nomination: Any, union: Any) -> None:
    new = first.new
    run = new(
        "selection.Run",
        call=call, number=1, kind="draw", rules=RULES, rules_version=rules,
        input_digest="0" * 64, engine="1", seed="1, 2, 3", seed_source="Lotto",
        record={"cohorts": 1}, **BY,
    )  # fmt: skip
    new("selection.Decision", run=run, nomination=nomination, outcome="selected")
    new(
        "selection.Signature",
        run=run, organisation=union, signed_by="Anna", signer_key="user:1", signed_at=AT,
        digest="0" * 64,
    )  # fmt: skip
    seat = new("selection.Seat", call=call, number=1)
    new(
        "selection.Offer",
        seat=seat, nomination=nomination, state="accepted", made_at=AT + 40 * DAY,
        expires_at=AT + 50 * DAY, answered_at=AT + 41 * DAY,
    )  # fmt: skip
    link = new(
        "outbox.Link",
        purpose="offer", subject="X", digest=b"1" * 32, created_at=AT, expires_at=AT + DAY,
    )  # fmt: skip
    new(
        "outbox.Message",
        key="offer:1", kind="selection.offer", to_name="Ewa", to_email="ewa@example.org",
        language="pl", subject="Seat", body="Answer: {link}", link=link, state="sent",
        created_at=AT, released_at=AT, released_by="Anna", sent_at=AT,
    )  # fmt: skip


RULES = {
    "seats": 2, "reserve": 1, "least": 1, "most": 2, "members_of": "union",
    "exceptions": [], "departments": ["education"], "levels": ["middle"],
    "new_in_post_months": 12, "must_confirm": True, "quotas": [], "priorities": [],
}  # fmt: skip


def evaluation(first: First) -> None:
    """A survey that was answered and closed."""
    new = first.new
    asked = new(
        "evaluation.Questionnaire",
        programme=first.Programme,
        name="Opinion",
        made_at=AT,
    )
    version = new(
        "evaluation.QuestionnaireVersion",
        questionnaire=asked,
        number=1,
        stored={},
        **BY,
    )
    survey = new(
        "evaluation.Survey",
        course=first.Course, version=version, kind="reaction", opens_at=AT,
        closes_at=AT + DAY, made_at=AT,
    )  # fmt: skip
    new("evaluation.Answer", survey=survey, content={"useful": 4})
    new("evaluation.Said", survey=survey, question="better", text="More time")
    new("evaluation.Quote", survey=survey, question="quote", text="Good")


def inbox(first: First) -> None:
    """What a device has sent once."""
    first.new(
        "inbox.Receipt",
        key=UUID(int=5), sender_key="user:1", kind="mark", answer={}, received_at=AT,
    )  # fmt: skip


def figures(first: First) -> None:
    """A figure that somebody else has published."""
    first.new(
        "figures.CitedFigure",
        subject="programme:first", label=BOTH, value=25, unit=BOTH, source="Report",
    )  # fmt: skip


def infopoint(first: First) -> None:
    """A point with a record."""
    new = first.new
    point = new(
        "infopoint.Point",
        city=first.Organisation, slug="krakow", name=BOTH, opened_on=date(2025, 1, 1),
    )  # fmt: skip
    operation = new(
        "infopoint.Operation",
        point=point, operator=first.Organisation, since=date(2025, 1, 1),
    )  # fmt: skip
    codes = {
        kind: new("infopoint.Code", kind=kind, code="first", label=BOTH)
        for kind in ("channel", "language", "topic", "outcome")
    }
    new(
        "infopoint.Consultation",
        key=UUID(int=7), point=point, operation=operation, day=date(2026, 3, 2),
        channel=codes["channel"], language=codes["language"], topics=[codes["topic"].pk],
        outcome=codes["outcome"], recorded_at=AT, recorder_key="user:1",
    )  # fmt: skip
    new(
        "infopoint.Period",
        point=point, year=2025, closed_at=AT, closed_by="Anna",
    )  # fmt: skip


def training(first: First) -> None:
    """A mark that was corrected."""
    new = first.new
    new("training.CompletionRule", course=first.Course, least_percent=75)
    noted = {
        "way": "roster", "noted_at": AT + 91 * DAY, "marked_at": AT + 91 * DAY,
        "marked_by": "Ewa", "marker_key": "user:1",
    }  # fmt: skip
    mark = new(
        "training.Mark",
        session=first.Session, offer=first.Offer, kind="late", minutes=20, version=2, **noted,
    )  # fmt: skip
    new(
        "training.MarkChange",
        mark=mark, kind="absent", version=1, changed_at=AT + 92 * DAY, changed_by="Ewa",
        reason="Came later", **noted,
    )  # fmt: skip


def plans(first: First) -> None:
    """A plan that is signed off, with a check-in that was answered."""
    new = first.new
    plan = new(
        "plans.Plan",
        programme=first.Programme, owner=first.Organisation, language="pl", title="Plan",
        state="signed", signed_version=1, signed_title="Plan", first_signed_at=AT, **BY,
    )  # fmt: skip
    objective = new("plans.Objective", plan=plan, order=1, text="Objective")
    action = new(
        "plans.Action",
        plan=plan, objective=objective, order=1, what="Action", topic=BOTH,
        status="going-on", percent=40, reported_at=AT,
    )  # fmt: skip
    new(
        "plans.PlanVersion",
        plan=plan, number=1, content={"title": "Plan"}, sha256="0" * 64, signed_at=AT,
        signed_by="Anna",
    )  # fmt: skip
    asked = new(
        "plans.CheckIn", plan=plan, months=3, due_on=date(2026, 6, 2), answered_at=AT
    )
    reply = new("plans.Reply", check_in=asked, number=1, sent_at=AT, sent_by="Anna")
    new(
        "plans.Report",
        action=action, reply=reply, said_at=AT, said_by="Anna", status="going-on", percent=40,
    )  # fmt: skip


def library(first: First) -> None:
    """A practice that was published, reviewed and adopted; a tool with a section."""
    new = first.new
    practice = new(
        "library.Practice", slug="first", city=first.Organisation, created_at=AT
    )
    words = ("title", "summary", "issue", "how", "results", "beneficiaries", "place")
    version = new(
        "library.PracticeVersion",
        practice=practice, number=1, state="published", language="pl", author=first.User,
        areas=["housing"], groups=["women"], started_on=date(2020, 1, 1), created_at=AT,
        submitted_at=AT, decided_at=AT, decided_by="Anna",
        **dict.fromkeys(words, "Words"),
    )  # fmt: skip
    new(
        "library.Review",
        version=version, reviewer=first.User, asked_at=AT, asked_by="Anna",
    )  # fmt: skip
    tool = new(
        "library.Tool",
        slug="first",
        kind="manual",
        name=BOTH,
        issuer="Office",
        created_at=AT,
    )
    edition = new(
        "library.Edition", tool=tool, language="pl", is_source=True, licence="cc-by-4.0"
    )
    own = new(
        "library.EditionVersion",
        edition=edition,
        number=1,
        title="Manual",
        created_at=AT,
    )
    new("library.Section", version=own, order=1, title="One", digest="0" * 64)


def partnerships(first: First) -> None:
    """A map with an actor and an agreement."""
    new = first.new
    drawn = new(
        "partnerships.StakeholderMap",
        city=first.Organisation, title="Map", topic="housing", made_on=date(2026, 3, 2),
        created_at=AT, created_by="Anna",
    )  # fmt: skip
    new(
        "partnerships.Actor",
        map=drawn, name="School", name_key="school", sort_name="school", function="public",
    )  # fmt: skip
    new(
        "partnerships.Agreement",
        city=first.Organisation, title="Agreement", parties=["City", "School"],
        created_at=AT, created_by="Anna",
    )  # fmt: skip


# In the order in which they landed: what each app's first migration brought.
LATER = (
    evaluation, inbox, figures, infopoint, training, plans, library, partnerships,
)  # fmt: skip
GROUND = (
    ("directory", "0001_initial"), ("accounts", "0001_initial"), ("audit", "0001_initial"),
    ("outbox", "0001_initial"), ("programmes", "0001_initial"),
    ("nominations", "0001_initial"), ("selection", "0001_initial"),
)  # fmt: skip

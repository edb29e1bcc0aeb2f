"""
Plays the main chain, from a call to a roster, through the same actions as people use.

Every act has its own moment, in office hours: the calls lie in the weeks before now, so
that the demo always looks like a programme in full swing. Prints each step with its
numbers.
"""

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from django.db.models import Count, F

from mosty.accounts.models import Role, User
from mosty.audit.actors import SYSTEM
from mosty.demo import facts, files, load
from mosty.demo.people import nominees
from mosty.directory.models import Organisation
from mosty.nominations.actions import answers, calls, checks, duplicates, invitations
from mosty.nominations.actions import nominations as nominating
from mosty.nominations.actions.entries import Person
from mosty.nominations.actions.imports import files as uploads
from mosty.nominations.actions.imports import taking
from mosty.nominations.models import Call, Nomination, PossibleDuplicate
from mosty.nominations.queries import participants
from mosty.nominations.queries.imports import plan as plans
from mosty.nominations.queries.imports import sentences, stored
from mosty.nominations.rules import parse
from mosty.nominations.rules.words import priority_words
from mosty.outbox import actions as outbox
from mosty.outbox.models import Link, Message
from mosty.programmes.models import Course, Programme
from mosty.selection.actions import deciding, offers, runs
from mosty.selection.models import Offer, Run
from mosty.selection.queries import records
from mosty.selection.words import measure_words

Say = Callable[[str], None]

# How many people each city nominates; Bydgoszcz and Szczecin do not answer.
COUNTS_PART_2 = (
    ("Białystok", 4), ("Częstochowa", 3), ("Gdańsk", 4), ("Hrubieszów", 2),
    ("Katowice", 3), ("Kraków", 4), ("Leszno", 3), ("Lublin", 4), ("Łódź", 4),
    ("Poznań", 4), ("Rzeszów", 4), ("Warszawa", 4), ("Wrocław", 4),
)  # fmt: skip
COUNTS_PART_3 = (
    ("Białystok", 3), ("Częstochowa", 2), ("Gdańsk", 3), ("Hrubieszów", 2),
    ("Katowice", 3), ("Kraków", 3), ("Leszno", 2), ("Lublin", 3), ("Łódź", 3),
    ("Poznań", 3), ("Rzeszów", 3), ("Warszawa", 3), ("Wrocław", 2),
)  # fmt: skip
# One text for every language: the office's own name, as it writes it.
CONTACT = "Unia Metropolii Polskich (demo)"
COUNTS_TRIAL = (("Gdańsk", 2), ("Leszno", 1), ("Lublin", 2))


@dataclass(frozen=True, slots=True)
class Cast:
    """Who acts."""

    coordinator: User
    partner: User
    secretariat: User
    odihr: Organisation
    unhcr: Organisation
    ump: Organisation


def play(now: datetime, say: Say) -> dict[str, int]:
    """Load everything, play both documented calls and leave a third one open."""
    programme = load.load(now)
    now = morning(now)
    say(
        f"Loaded: {Organisation.objects.filter(kind='city').count()} cities, "
        f"{programme.partnerships.values('organisation').distinct().count()} partners, "
        f"{programme.courses.count()} documented courses. All people are fictional."
    )
    cast = _cast()
    part_2 = _part_2(programme, cast, now, say)
    part_3 = _part_3(programme, cast, part_2, now, say)
    _trial(programme, cast, part_3, now, say)
    return _numbers([part_2, part_3])


def morning(now: datetime) -> datetime:
    """
    Return nine o'clock of today where the programme is held.

    Acts are counted back from here by whole days and a few hours: nobody in the demo
    works at night, whenever the demo is played.
    """
    return now.astimezone(load.ZONE).replace(hour=9, minute=0, second=0, microsecond=0)


def _office_hour(first: datetime, number: int) -> datetime:
    """Return the moment of the ``number``-th act, eight a day from ``first`` on."""
    days, hours = divmod(number, 8)
    return first + timedelta(days=days, hours=hours)


def _cast() -> Cast:
    def user(role: Role) -> User:
        return User.objects.filter(grants__role=role).order_by("id")[0]

    def body(slug: str) -> Organisation:
        return Organisation.objects.get(slug=slug)

    return Cast(
        user(Role.COORDINATOR),
        user(Role.PARTNER),
        user(Role.SECRETARIAT),
        body("odihr"),
        body("unhcr"),
        body("ump"),
    )


# Calls -------------------------------------------------------------------------------


def _part_2(programme: Programme, cast: Cast, now: datetime, say: Say) -> Call:
    course = programme.courses.get(part=2)
    load.plan(course, (now + timedelta(days=24)).date())
    opened = now - timedelta(days=60)
    call = _open(
        course,
        cast,
        facts.RULES_PART_2,
        facts.COSTS_PART_2,
        opened,
        now - timedelta(days=26),
    )
    say(
        f"Part II: call published, {call.rules.seats} seats, up to {call.rules.most} a city."
    )
    _invite(call, cast, opened + timedelta(days=1), say)
    people = nominees(COUNTS_PART_2, on=opened.date())
    by_city = {
        name: [one for one in people if one.city.name == name]
        for name, _n in COUNTS_PART_2
    }
    own = ("Kraków", "Łódź", "Warszawa")
    rest = [one for one in people if one.city.name not in own]
    at = opened + timedelta(days=12)
    lists = (
        files.union_workbook(rest, "zgloszenia-ump.xlsx"),
        files.polish_csv(by_city["Kraków"], "krakow.csv"),
        files.english_csv(by_city["Łódź"], "lodz.csv"),
        files.tabbed(by_city["Warszawa"], "warszawa.txt", unit="Zarząd Dróg"),
        files.tabbed(by_city["Warszawa"], "warszawa-2.txt"),
    )
    for number, file in enumerate(lists):
        _import(call, file, cast.secretariat, at + timedelta(hours=number), say)
    _import(call, lists[0], cast.secretariat, at + timedelta(days=1), say)
    _confirm(call, cast, at + timedelta(days=2), say, silent=1, declining=1)
    run = _select(call, cast, "4, 11, 17, 23, 38, 49", now - timedelta(days=24), say)
    announced = now - timedelta(days=20)
    _announce(run, cast, announced, say)
    _answer(call, announced + timedelta(days=1), say, declining=3, silent=2)
    _expire(call, announced + timedelta(days=10), say)
    _accept_all(call, announced + timedelta(days=11), say)
    return call


def _part_3(
    programme: Programme, cast: Cast, part_2: Call, now: datetime, say: Say
) -> Call:
    course = programme.courses.get(part=3)
    load.plan(course, (now + timedelta(days=52)).date())
    opened = now - timedelta(days=40)
    # Part III is part II with two numbers changed; page, form, import and draw follow.
    rules = {**part_2.rules.as_json(), **facts.CHANGES_PART_3}
    call = _open(
        course, cast, rules, facts.COSTS_PART_3, opened, now - timedelta(days=9)
    )
    say(
        f"Part III: the same rules with {call.rules.seats} seats and "
        f"{call.rules.least} or {call.rules.most} people a city."
    )
    _invite(call, cast, opened + timedelta(days=1), say)
    people = nominees(COUNTS_PART_3, on=opened.date(), seed=20230317)
    half = len(people) // 2
    at = opened + timedelta(days=10)
    _import(
        call,
        files.union_workbook(people[:half], "ump-1.xlsx"),
        cast.secretariat,
        at,
        say,
    )
    _import(
        call,
        files.polish_csv(people[half:], "ump-2.csv"),
        cast.secretariat,
        at + timedelta(hours=2),
        say,
    )
    _confirm(call, cast, at + timedelta(days=2), say, silent=0, declining=1)
    run = _select(call, cast, "2, 9, 14, 30, 31, 45", now - timedelta(days=7), say)
    announced = now - timedelta(days=4)
    _announce(run, cast, announced, say, unread=1)
    _answer(call, announced + timedelta(days=1), say, declining=2, silent=4)
    return call


def _trial(
    programme: Programme, cast: Cast, earlier: Call, now: datetime, say: Say
) -> Call:
    """Open one more, illustrative call, so that there is something to try out."""
    course = load.add_course(
        programme, facts.TRIAL_COURSE, (now + timedelta(days=80)).date()
    )
    opened = now - timedelta(days=5)
    rules = {**earlier.rules.as_json(), **facts.TRIAL_RULES}
    call = _open(course, cast, rules, ("", ""), opened, now + timedelta(days=15))
    _invite(call, cast, opened + timedelta(hours=4), say)
    people = nominees(COUNTS_TRIAL, on=opened.date(), seed=20230318)
    cities = {str(city.slug): city for city in participants.for_call(call)}
    for number, one in enumerate(people):
        nominating.nominate(
            call=call,
            organisation=cities[load.slug_of(one.city)],
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
            submit=True,
            actor=cast.secretariat,
            now=now - timedelta(days=2) + timedelta(minutes=12 * number),
        )
    _twin(call, cast, now - timedelta(days=1))
    _deliver()
    say("A third, illustrative call stays open for you to try.")
    return call


def _twin(call: Call, cast: Cast, now: datetime) -> None:
    """Nominate somebody a second time under a like name, for the secretariat to decide."""
    first = Nomination.objects.filter(call=call).order_by("id")[2]
    nominating.nominate(
        call=call,
        organisation=first.organisation,
        person=Person(
            given_name=first.given_name,
            family_name=f"{first.family_name}-{first.family_name[:-1]}",
            email=f"drugi.{first.email}",
            department=first.department,
            level="middle",
            gender=first.gender,
            in_post_since=first.in_post_since,
            is_fictional=True,
        ),
        submit=True,
        actor=cast.secretariat,
        now=now,
    )


def _open(
    course: Course,
    cast: Cast,
    rules: Mapping[str, Any],
    costs: tuple[str, str],
    opens: datetime,
    closes: datetime,
) -> Call:
    zone = course.programme.zone
    closing = calls.closing_moment(closes.astimezone(zone).date(), zone)
    text = calls.CallText(
        slug=course.slug,
        opens_at=datetime.combine(opens.astimezone(zone).date(), time(9), tzinfo=zone),
        closes_at=closing,
        channel=cast.ump,
        contact=CONTACT,
        contact_email="nominations@demo.example.org",
        costs=load.text(costs),
        notice=load.text(facts.NOTICE),
        seed_source=load.text(facts.SEED_SOURCE),
    )
    before = opens - timedelta(days=1)
    call = calls.create(
        course=course, text=text, rules=rules, actor=cast.coordinator, now=before
    )
    return calls.publish(call=call, actor=cast.coordinator, now=before)


def _invite(call: Call, cast: Cast, at: datetime, say: Say) -> None:
    contacts = [
        invitations.Contact(city, "", f"integracja@{city.slug}.example.org")
        for city in participants.for_call(call)
    ]
    invitations.invite(call=call, contacts=contacts, actor=cast.secretariat, now=at)
    _release(call, cast.coordinator, at + timedelta(hours=1))
    say(f"  passed to {len(contacts)} cities")


# Nominations -------------------------------------------------------------------------


def _import(call: Call, file: files.File, actor: User, at: datetime, say: Say) -> None:
    """Bring a list in as the wizard does: read, try, and take over if all is well."""
    imported = uploads.upload(
        call=call,
        organisation=None,
        content=file.content,
        file_name=file.name,
        actor=actor,
        now=at,
    )
    plan = plans.make(call=call, table=stored.table_of(imported), own=None, now=at)
    counts = ", ".join(
        f"{number} {kind}" for kind, number in plan.counts.items() if number
    )
    say(f"  import {file.name} ({file.kind}): {counts}")
    for row in plan.rows:
        for fault in row.faults:
            say(f"    line {row.line}: {sentences.say(fault, plan)}")
    if plan.can_be_taken:
        taking.take_over(
            imported=imported,
            seen=plan.digest,
            actor=actor,
            now=at + timedelta(minutes=2),
        )
        # Offices' files have no such column; everybody in this demo is made up.
        Nomination.objects.filter(call=call).update(is_fictional=True)
    else:
        uploads.drop(imported=imported, actor=actor, now=at + timedelta(minutes=2))
        say("    nothing written")


def _confirm(
    call: Call, cast: Cast, at: datetime, say: Say, *, silent: int, declining: int
) -> None:
    """Let nominees answer by their links, and the secretariat check and decide pairs."""
    _release(call, cast.coordinator, at)
    links = {
        link.subject: link
        for link in Link.objects.filter(purpose=Link.Purpose.CONFIRM, revoked_at=None)
    }
    rows = list(
        Nomination.objects.filter(call=call, state=Nomination.State.SUBMITTED)
        .select_related("call__course__programme", "organisation")
        .order_by("family_name", "given_name")
    )
    for number, row in enumerate(rows[silent:]):
        answers.answer(
            nomination=row,
            confirm=number >= declining,
            diet="wegetariańska" if number % 9 == 4 else "",
            access="miejsce blisko tłumacza języka migowego" if number == 20 else "",
            actor=links[row.code],
            now=at + timedelta(minutes=7 * number),
        )
    pairs = PossibleDuplicate.objects.filter(
        first__call=call, decision=PossibleDuplicate.Decision.OPEN
    ).select_related("first__call__course__programme", "second")
    for pair in pairs:
        duplicates.decide(
            pair=pair,
            decision=PossibleDuplicate.Decision.DIFFERENT,
            reason="Potwierdzone z miastem przez telefon (demo).",
            actor=cast.secretariat,
            now=at + timedelta(days=1),
        )
    checks.check_many(
        call=call,
        codes=[row.code for row in rows],
        actor=cast.secretariat,
        now=at + timedelta(days=1),
    )
    say(
        f"  {len(rows)} nominations checked: {len(rows) - silent - declining} confirmed, "
        f"{declining} declined, {silent} without an answer"
    )


# Selection ---------------------------------------------------------------------------


def _select(call: Call, cast: Cast, seed: str, at: datetime, say: Say) -> Run:
    call = calls.enter_seed(call=call, seed=seed, actor=cast.coordinator, now=at)
    run = runs.draw(call=call, actor=cast.coordinator, now=at + timedelta(hours=1))
    outcomes = dict(
        run.decisions.values_list("outcome").annotate(Count("id")).order_by("outcome")
    )
    say(
        f"  drawn with the seed “{seed}”: {outcomes.get('selected', 0)} seats, "
        f"{outcomes.get('reserve', 0)} on the reserve list, "
        f"{outcomes.get('not_selected', 0)} not selected, "
        f"{outcomes.get('not_eligible', 0)} not eligible"
    )
    rules = parse(run.rules)
    reached = records.reached(run)
    for priority, value in zip(rules.priorities, reached, strict=True):
        words = priority_words(priority, rules).rstrip(".")
        say(f"    {words}: {measure_words(priority, value)}, the best possible")
    say(
        f"    smallest chance of a seat among equals: {records.smallest(run)};"
        f" {run.record['cohorts']} cohorts in the lottery"
    )
    return run


def _announce(run: Run, cast: Cast, at: datetime, say: Say, unread: int = 0) -> None:
    deciding.sign(run=run, organisation=cast.odihr, actor=cast.coordinator, now=at)
    deciding.sign(
        run=run,
        organisation=cast.unhcr,
        actor=cast.partner,
        now=at + timedelta(hours=2),
    )
    answer_by = (at + timedelta(days=9)).replace(hour=23, minute=59)
    deciding.announce(
        run=run,
        answer_by=answer_by,
        actor=cast.coordinator,
        now=at + timedelta(hours=3),
    )
    waiting = Message.objects.filter(
        scope=run.call.slug, state=Message.State.DRAFT
    ).count()
    released = _release(
        run.call, cast.coordinator, at + timedelta(hours=4), unread=unread
    )
    say(
        f"  signed by ODIHR and UNHCR, announced: {waiting} messages written, "
        f"{released} read and released"
    )


def _answer(
    call: Call, first_day: datetime, say: Say, *, declining: int, silent: int
) -> None:
    """
    Let those who were offered seats answer; declined ones pass to the reserve list.

    People of the cities one can sign in for accept, so that their pages are never empty.
    """
    shown = [one.organisation for one in load.USERS if one.role == Role.CITY]
    first = sorted(
        Offer.objects.filter(seat__call=call, state=Offer.State.OPEN).select_related(
            "seat", "nomination__organisation"
        ),
        key=lambda one: (one.nomination.organisation.slug in shown, one.seat.number),
    )
    for number, offer in enumerate(first[silent:]):
        offers.answer(
            offer=offer,
            accept=number >= declining,
            actor=_link(offer),
            now=_office_hour(first_day, number),
        )
    replaced = Offer.objects.filter(seat__call=call, replaces__isnull=False).count()
    say(
        f"  {len(first) - silent - declining} accepted, {declining} declined, {silent} did "
        f"not answer; {replaced} seats passed on within all limits"
    )


def _expire(call: Call, at: datetime, say: Say) -> None:
    expired = offers.expire_due(actor=SYSTEM, now=at)
    say(f"  {expired} offers expired; their seats went to the reserve list")


def _accept_all(call: Call, at: datetime, say: Say) -> None:
    left = Offer.objects.filter(seat__call=call, state=Offer.State.OPEN)
    for number, offer in enumerate(left.order_by("seat__number")):
        offers.answer(
            offer=offer,
            accept=True,
            actor=_link(offer),
            now=at + timedelta(minutes=25 * number),
        )
    accepted = Offer.objects.filter(seat__call=call, state=Offer.State.ACCEPTED).count()
    say(f"  roster: {accepted} participants")


def _link(offer: Offer) -> Link:
    return Link.objects.get(
        purpose=Link.Purpose.OFFER, subject=offer.code, revoked_at__isnull=True
    )


# Messages ----------------------------------------------------------------------------


def _release(call: Call, actor: User, at: datetime, *, unread: int = 0) -> int:
    """Let a person release what waits in the outbox, and the worker send it."""
    waiting = Message.objects.filter(scope=call.slug, state=Message.State.DRAFT)
    # Offers leave first: what stays unread asks nobody for an answer.
    first = sorted(waiting, key=lambda one: (one.kind != "selection.offer", one.pk))
    released = outbox.release(
        messages=[one.pk for one in first[: len(first) - unread]],
        actor=actor,
        now=at,
    )
    _deliver()
    return released


def _deliver() -> None:
    """Mark what was released as sent: the demo writes to nobody, not even to a file."""
    Message.objects.filter(state=Message.State.RELEASED).update(
        state=Message.State.SENT,
        sent_at=F("released_at") + timedelta(minutes=1),
        attempts=1,
    )


def _numbers(played: Sequence[Call]) -> dict[str, int]:
    """Return what the chain came to, for the last line of ``mosty demo --check``."""
    decided = Run.objects.filter(call__in=played, state=Run.State.ANNOUNCED)
    outcomes = dict(
        decided.values_list("decisions__outcome")
        .annotate(Count("decisions"))
        .order_by()
    )
    return {
        "calls": len(played),
        "nominations": Nomination.objects.filter(
            call__in=played, state=Nomination.State.SUBMITTED
        ).count(),
        "selected": outcomes.get("selected", 0),
        "reserve": outcomes.get("reserve", 0),
        "offers_accepted": Offer.objects.filter(
            seat__call__in=played, state=Offer.State.ACCEPTED
        ).count(),
        "replaced": Offer.objects.filter(
            seat__call__in=played, replaces__isnull=False
        ).count(),
    }


def as_line(numbers: Mapping[str, object]) -> str:
    """Return the numbers as one line of JSON."""
    return json.dumps(numbers)

"""From a call to checked nominations."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Any

from mosty.accounts.models import User
from mosty.demo import facts, files, load
from mosty.demo.cast import Cast, Say
from mosty.demo.mail import release
from mosty.importing.queries.tables import table_of
from mosty.nominations.actions import answers, calls, checks, duplicates, invitations
from mosty.nominations.actions.imports import files as uploads
from mosty.nominations.actions.imports import taking
from mosty.nominations.models import Call, Nomination, PossibleDuplicate
from mosty.nominations.queries import participants
from mosty.nominations.queries.imports import plan as plans
from mosty.nominations.queries.imports import sentences
from mosty.outbox.models import Link
from mosty.programmes.models import Course

# One text for every language: the office's own name, as it writes it.
CONTACT = "Unia Metropolii Polskich (demo)"


def open_call(
    course: Course,
    cast: Cast,
    rules: Mapping[str, Any],
    costs: tuple[str, str],
    opens: datetime,
    closes: datetime,
    casting: str = Call.Casting.SEED,
    source: tuple[str, str] = facts.SEED_SOURCE,
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
        seed_source=load.text(source),
        casting=casting,
    )
    before = opens - timedelta(days=1)
    call = calls.create(
        course=course, text=text, rules=rules, actor=cast.coordinator, now=before
    )
    return calls.publish(call=call, actor=cast.coordinator, now=before)


def invite(call: Call, cast: Cast, at: datetime, say: Say) -> None:
    contacts = [
        invitations.Contact(city, "", f"integracja@{city.slug}.example.org")
        for city in participants.for_call(call)
    ]
    invitations.invite(call=call, contacts=contacts, actor=cast.secretariat, now=at)
    release(call, cast.coordinator, at + timedelta(hours=1))
    say(f"  passed to {len(contacts)} cities")


def bring_in(call: Call, file: files.File, actor: User, at: datetime, say: Say) -> None:
    """Bring a list in as the wizard does: read, try, and take over if all is well."""
    imported = uploads.upload(
        call=call,
        organisation=None,
        content=file.content,
        file_name=file.name,
        actor=actor,
        now=at,
    )
    plan = plans.make(call=call, table=table_of(imported), own=None, now=at)
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


def confirm(
    call: Call, cast: Cast, at: datetime, say: Say, *, silent: int, declining: int
) -> None:
    """Let nominees answer by their links, and the secretariat check and decide pairs."""
    release(call, cast.coordinator, at)
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

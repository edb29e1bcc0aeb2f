"""One common job of each kind of user by keyboard alone, from her first page to its end."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.conf import settings
from django.utils import timezone
from playwright.sync_api import Browser, expect

from mosty.accounts.models import Grant, Role
from mosty.audit.models import Entry
from mosty.evaluation.models import Answer
from mosty.figures.models import Release
from mosty.infopoint.models import Code, Consultation
from mosty.nominations.models import Nomination
from mosty.outbox.models import Message
from mosty.selection.models import Signature
from mosty.training.models import Mark, MarkChange
from tests.e2e.academy import SCHOOL, Academy
from tests.e2e.keys import Held, Keys

pytestmark = [pytest.mark.e2e, pytest.mark.django_db]


@dataclass(frozen=True, slots=True)
class Job:
    """What somebody does, and where she begins: signed in, on the page of her day."""

    user: str
    do: Callable[[Keys, Academy], None]
    # More keys than this is too many for her.
    most: int
    begins: Callable[[Academy], str] = lambda academy: "/en/today/"
    # When it is for the site.
    when: Callable[[Academy], datetime] = lambda academy: timezone.now()


def publish_call(keys: Keys, academy: Academy) -> None:
    """The coordinator goes on with a call: another last day, who pays, and out with it."""
    # Day and month alike, since browsers ask for them in different orders.
    days = (academy.now.date() + timedelta(days=one) for one in range(40, 80))
    last = next(day for day in days if day.day == day.month)
    keys.skip()
    keys.follow("Go on")
    keys.skip()
    keys.follow("Edit the draft")
    keys.skip()
    keys.jump("To the dates and texts")
    keys.fill("Last day for nominations", f"{last:%d%m%Y}", "Date")
    keys.fill("What is paid by whom (Polish)", "Organizator opłaca materiały.")
    keys.fill("What is paid by whom (English)", "The organiser pays for materials.")
    keys.follow("Save the draft", "button")
    keys.skip()
    keys.follow("Publish")
    keys.skip()
    keys.follow("Publish", "button")
    call = academy.call(SCHOOL.slug)
    assert (call.state, call.closes_at.date()) == ("published", last)


def sign(keys: Keys, academy: Academy) -> None:
    """The officer goes past the people to the signatures, and signs for her partner."""
    keys.skip()
    keys.follow("Review and sign")
    keys.skip()
    keys.jump("To the signature")
    keys.follow("Sign for: UNHCR", "button")
    signed = Signature.objects.filter(run=academy.draw).order_by("signed_at")
    assert [one.organisation.slug for one in signed] == ["unhcr"]


def remind(keys: Keys, academy: Academy) -> None:
    """The secretariat reminds the cities that are silent, and lets the messages leave."""
    keys.skip()
    keys.follow("Remind them")
    keys.skip()
    keys.follow("Put the reminders into the outbox", "button")
    keys.skip()
    keys.follow("Release: 11", "button")
    states = Message.objects.filter(kind="nominations.reminder")
    assert list(states.values_list("state").distinct()) == [("released",)]


def submit_draft(keys: Keys, academy: Academy) -> None:
    """The city's contact completes whom she had begun to nominate, and submits."""
    draft = Nomination.objects.get(
        call__slug="trial-course", organisation__slug="krakow", state="draft"
    )
    keys.skip()
    keys.follow("Nominate")
    keys.skip()
    keys.follow("Complete and submit")
    keys.skip()
    keys.fill("Position", "Główna specjalistka")
    keys.follow("Submit the nomination", "button")
    draft.refresh_from_db()
    assert (draft.state, draft.position) == ("submitted", "Główna specjalistka")


def confirm(keys: Keys, academy: Academy) -> None:
    """The nominee reads what is said of her, confirms, and says what she eats."""
    keys.skip()
    keys.go_to("radio", "I confirm")
    keys.press("Space")
    keys.fill("Diet", "no nuts")
    keys.follow("Send the answer", "button")
    nominee = Nomination.objects.get(pk=academy.nomination.pk)
    assert (nominee.answer, nominee.needs.diet) == ("confirmed", "no nuts")


def give_feedback(keys: Keys, academy: Academy) -> None:
    """The participant answers what she is asked after a course."""
    keys.skip()
    keys.go_to("radio", "a look")
    keys.press("Space", "Tab", "Space")
    keys.follow("Send the answers", "button")
    given = Answer.objects.get(survey=academy.survey("test"))
    assert given.content == {"first": "a1", "partner": "a1"}


def mark(keys: Keys, academy: Academy) -> None:
    """The trainer corrects who was there."""
    keys.skip()
    keys.follow("II ·")
    keys.skip()
    keys.follow("Attendance")
    keys.skip()
    excused = Mark.objects.filter(kind="excused", session__title__contains="empathetic")
    keys.follow("Mark : The empathetic city")
    keys.skip()
    # Two people may have one family name.
    person = excused.get().offer.nomination
    name = f"{person.family_name} {person.given_name}"
    keys.fill("Search by name", name, "searchbox")
    keys.go_to("radio", "excused")
    keys.press("ArrowRight", "Enter")
    keys.type("She told nobody.")
    keys.press("Enter")
    assert keys.at == Held("radio", "absent")
    expect(keys.tab.locator("[data-note]:visible")).to_have_text("saved")
    changed = MarkChange.objects.latest("changed_at")
    assert (changed.kind, changed.mark.kind) == ("excused", "absent")
    assert changed.reason == "She told nobody."


def record(keys: Keys, academy: Academy) -> None:
    """The worker records a talk; of what is asked second, third and fourth nothing is said."""
    keys.skip()
    keys.follow("Record a consultation")
    keys.skip()
    keys.go_to("radio", "")
    keys.press("ArrowRight")
    chosen = [keys.at.name]
    for _group in range(8):
        keys.press("Tab")
        keys.go_to("radio", "")
        keys.press("Space")
        chosen.append(keys.at.name)
    keys.go_to("button", "Save")
    keys.press("Enter")
    expect(keys.tab.locator("[data-said]")).to_contain_text("Saved")
    # The next one can be recorded at once.
    expect(keys.tab.locator("[data-ask=topic] input").first).to_be_focused()
    made = Consultation.objects.latest("recorded_at")
    assert (made.nationality, made.sex, made.age_band) == (None, None, None)
    said = (
        Code.objects.get(pk=made.topics[0]), made.outcome, made.duration, made.channel,
        made.language,
    )  # fmt: skip
    assert [str(one) for one in said] == [chosen[0], *chosen[5:]]


def publish_year(keys: Keys, academy: Academy) -> None:
    """The lead publishes the year that is ready."""
    ready = Release.objects.filter(subject=academy.point.subject, state="ready").get()
    keys.skip()
    keys.follow("Look and publish")
    keys.skip()
    keys.follow("Publish")
    keys.skip()
    keys.follow("Publish", "button")
    ready.refresh_from_db()
    assert ready.state == "published"


def look_up(keys: Keys, academy: Academy) -> None:
    """The auditor finds who signed selections."""
    keys.skip()
    keys.follow("Open the ledger")
    keys.skip()
    keys.go_to("combobox", "What")
    keys.type("selection signed")
    keys.follow("Show", "button")
    found = keys.tab.locator("tbody td:nth-child(2)").all_inner_texts()
    signed = Entry.objects.filter(verb="selection.signed").order_by("-at", "-pk")
    assert found == [one.actor_label for one in signed]


def add_person(keys: Keys, academy: Academy) -> None:
    """The administrator adds somebody, with a role."""
    keys.go_to("link", "Users")
    keys.enter()
    keys.skip()
    keys.follow("Add a user")
    keys.skip()
    keys.fill("Full name", "Nina Nowa")
    keys.fill("E-mail", "nina.nowa@example.org")
    keys.follow("Add the user", "button")
    keys.skip()
    keys.go_to("combobox", "Role")
    keys.type("auditor")
    keys.follow("Give the role", "button")
    given = Grant.objects.get(user__email="nina.nowa@example.org")
    assert given.role == Role.AUDITOR


def find(keys: Keys, academy: Academy) -> None:
    """Anybody finds what there is about flats."""
    keys.go_to("link", "Search")
    keys.enter()
    keys.skip()
    keys.fill("Words", "mieszkania", "searchbox")
    keys.press("Enter")
    expect(keys.tab.locator("#total")).to_have_text("Found: 3")
    keys.jump("To what was found")
    keys.follow("Poranki")
    title = "Poranki sąsiedzkie w bibliotece (przykład)"
    assert keys.tab.locator("h1").inner_text() == title


def _link(purpose: str, subject: Callable[[Academy], str]) -> Callable[[Academy], str]:
    return lambda academy: (
        f"/en/link/{purpose}/{academy.token(purpose, subject(academy))}/"
    )


def _day_after(academy: Academy) -> datetime:
    """Return a moment at which marks of the last course can still be corrected."""
    return academy.held_session.ends_at + timedelta(days=1)


JOBS = (
    Job(Role.COORDINATOR, publish_call, 86),
    Job(Role.PARTNER, sign, 12),
    Job(Role.SECRETARIAT, remind, 24),
    Job(Role.CITY, submit_draft, 33),
    Job("nominee", confirm, 8, _link("confirm", lambda a: a.nomination.code)),
    Job(
        "participant",
        give_feedback,
        10,
        _link("feedback", lambda a: a.survey("test").code),
    ),
    Job(Role.TRAINER, mark, 51, when=_day_after),
    Job(Role.WORKER, record, 31),
    Job(Role.LEAD, publish_year, 19),
    Job(Role.AUDITOR, look_up, 20),
    Job(Role.ADMINISTRATOR, add_person, 33),
    Job("public", find, 19, lambda academy: "/en/"),
)


def play(
    job: Job,
    browser: Browser,
    site: str,
    academy: Academy,
    signed_in: Mapping[str, str],
) -> Keys:
    """Do a job in a browser of its own, and return the keyboard it was done with."""
    context = browser.new_context(
        base_url=site, locale="en-GB", reduced_motion="reduce"
    )
    context.set_default_timeout(20_000)
    if job.user in signed_in:
        name, value = settings.SESSION_COOKIE_NAME, signed_in[job.user]
        context.add_cookies([{"name": name, "value": value, "url": site}])
    keys = Keys(context.new_page())
    ahead = job.when(academy) - timezone.now()
    real = timezone.now
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(timezone, "now", lambda: real() + ahead)
        keys.tab.goto(job.begins(academy))
        job.do(keys, academy)
    context.close()
    return keys


@pytest.mark.parametrize("job", JOBS, ids=lambda job: job.user)
def test_job_by_keyboard(
    job: Job,
    browser: Browser,
    site: str,
    academy: Academy,
    signed_in: Mapping[str, str],
) -> None:
    keys = play(job, browser, site, academy, signed_in)

    assert keys.presses <= job.most

"""Messages about what changed: to each person her changes, in her language, once."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from mosty.audit.actors import Actor
from mosty.directory.models import Person
from mosty.nominations.models import Call
from mosty.outbox import actions as outbox
from mosty.outbox.letters import Copy, Letter, Recipient
from mosty.outbox.models import Link, Message
from mosty.programmes.calendar import page_of
from mosty.programmes.changes import sentence
from mosty.programmes.models import Course, TimetableVersion
from mosty.programmes.queries.timetables import trainer_names
from mosty.programmes.timetable import Change, Entry, compare, read
from mosty.selection.models import Offer
from mosty.training import policies
from mosty.training.queries.roster import call_of

KIND = "training.timetable_changed"
# Her page and her calendar stay open for certificates and for what comes after.
LINK_OUTLIVES = timedelta(days=180)


def link_end(sessions: Sequence[Entry], now: datetime) -> datetime:
    """Return until when links to a course open: half a year after its last session."""
    last = max((entry.ends_at for entry in sessions), default=now)
    return max(last, now) + LINK_OUTLIVES


def seats_of(call: Call) -> list[Offer]:
    """Return the taken seats of ``call`` with their people, in their order."""
    seats = policies.accepted().filter(seat__call=call)
    return list(
        seats.select_related("nomination__organisation").order_by("seat__number")
    )


def recipient(offer: Offer) -> Recipient:
    """Return a participant as the outbox knows her."""
    nomination = offer.nomination
    return Recipient(str(nomination), nomination.email, nomination.language)


def changed(
    *, course: Course, version: TimetableVersion, actor: Actor, now: datetime
) -> list[Message]:
    """
    Write to everybody whose session ``version`` changed; return the messages.

    A course without a call has no participants, and nobody who reads its messages.
    """
    call = call_of(course)
    if call is None:
        return []
    told = _Told(course, call, version, _take_back(course, call, version, actor, now))
    copies = [*_to_participants(told, now), *_to_trainers(told)]
    return outbox.put_many(copies, now=now)


def _take_back(
    course: Course, call: Call, version: TimetableVersion, actor: Actor, now: datetime
) -> dict[str, int]:
    """Take back what nobody let leave; return which version each person knows of."""
    waiting = Message.objects.filter(
        kind=KIND, state=Message.State.DRAFT, key__startswith=f"{KIND}:{course.pk}:"
    )
    known: dict[str, int] = {}
    for key in waiting.values_list("key", flat=True):
        _kind, _course, who, _number, base = key.split(":")
        known[who] = min(known.get(who, version.number), int(base))
    outbox.withdraw_unread(
        scope=call.slug,
        among=waiting,
        reason=_("A newer timetable was published."),
        actor=actor,
        now=now,
    )
    return known


class _Told:
    """What changed for each person, since the version that she knows."""

    def __init__(
        self,
        course: Course,
        call: Call,
        version: TimetableVersion,
        known: Mapping[str, int],
    ) -> None:
        self.course, self.call, self.version = course, call, version
        self._known = known
        numbers = {*known.values(), version.number - 1}
        rows = TimetableVersion.objects.filter(course=course, number__in=numbers)
        self.before = {row.number: read(row.content).sessions for row in rows}
        self.sessions = read(version.content).sessions
        self.trainers = {
            code
            for entries in (self.sessions, *self.before.values())
            for entry in entries
            for code in entry.trainers
        }
        self._names = trainer_names(self.trainers)
        self._letters: dict[object, Letter] = {}

    def changes(self, who: str) -> list[Change]:
        return compare(self.before[self._base(who)], self.sessions)

    def _base(self, who: str) -> int:
        return self._known.get(who, self.version.number - 1)

    def copy(
        self,
        who: str,
        to: Recipient,
        changes: Sequence[Change],
        link: Link | None = None,
    ) -> Copy:
        """Return her copy; those with the same changes and language share a letter."""
        language = to.language if to.language in dict(settings.LANGUAGES) else "en"
        shared = (language, self._base(who), link is None and who)
        if shared not in self._letters:
            with translation.override(language):
                self._letters[shared] = self._letter(changes, to_trainer=link is None)
        key = f"{KIND}:{self.course.pk}:{who}:{self.version.number}:{self._base(who)}"
        return Copy(self._letters[shared], key, to, link)

    def _letter(self, changes: Sequence[Change], *, to_trainer: bool) -> Letter:
        names = self._names if to_trainer else None
        zone = self.course.programme.zone
        return Letter(
            KIND,
            "training/mail/timetable_changed.txt",
            {
                "course": self.course,
                "call": self.call,
                "changes": [sentence(one, zone, names=names) for one in changes],
                "note": self.version.note,
                "to_trainer": to_trainer,
                "page": page_of(self.course),
            },
            self.call.slug,
            self.call.contact_email,
        )


def _to_participants(told: _Told, now: datetime) -> list[Copy]:
    found = [(offer, told.changes(offer.code)) for offer in seats_of(told.call)]
    found = [(offer, changes) for offer, changes in found if changes]
    links = outbox.make_links(
        purpose=Link.Purpose.TAKE_PART,
        subjects=[offer.code for offer, _changes in found],
        now=now,
        expires_at=link_end(told.sessions, now),
    )
    return [
        told.copy(offer.code, recipient(offer), changes, link)
        for (offer, changes), link in zip(found, links, strict=True)
    ]


def _to_trainers(told: _Told) -> list[Copy]:
    copies = []
    for person in Person.objects.filter(code__in=told.trainers).exclude(email=""):
        who = f"trainer-{person.code}"
        own = [one for one in told.changes(who) if person.code in one.people]
        if own:
            to = Recipient(str(person), person.email, person.language)
            copies.append(told.copy(who, to, own))
    return copies

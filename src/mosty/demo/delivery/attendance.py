"""Who was there: marked by taps, by a phone, from a signed sheet, and corrected once."""

from datetime import datetime, timedelta
from random import Random
from uuid import UUID

from mosty.accounts.models import Role, User
from mosty.demo.cast import Cast, Say
from mosty.programmes.models import Course, Session
from mosty.training import checkin, policies
from mosty.training.actions import attendance
from mosty.training.actions import checkin as checking_in
from mosty.training.actions.attendance import Participant, Wanted
from mosty.training.models import Mark
from mosty.training.models.attendance import Attended, Way

SEED = 2024
# Out of twenty: most are there, some are late, few are missing.
KINDS = (
    *[Attended.PRESENT] * 16,
    Attended.LATE,
    Attended.LATE,
    Attended.EXCUSED,
    Attended.ABSENT,
)


def play(course: Course, cast: Cast, now: datetime, say: Say) -> None:
    """Mark every session of ``course`` that has ended."""
    random = Random(SEED)  # noqa: S311 - a story, told the same each time
    trainer = User.objects.filter(grants__role=Role.TRAINER).order_by("id")[0]
    offers = list(
        policies.accepted()
        .filter(seat__call__course=course)
        .select_related("nomination")
        .order_by("nomination__sort_name", "pk")
    )
    sessions = list(course.sessions.filter(ends_at__lte=now).order_by("starts_at"))
    corrected = False
    for number, session in enumerate(sessions):
        own = offers[:4] if number == 0 else []
        for offer in own:
            at = session.starts_at + timedelta(minutes=random.randrange(-15, 8))
            phone = f"demo-{offer.code}"
            ticket = checkin.read_ticket(checkin.new_ticket(session, phone, at))
            checking_in.check_in(
                scanned=checking_in.Scanned(session, ticket, phone, at),
                actor=Participant(offer),
                now=at,
            )
        is_last = number == len(sessions) - 1
        wanted = [_wanted(offer.code, random) for offer in offers if offer not in own]
        attendance.mark(
            session=session,
            wanted=wanted,
            # The last was signed for, and typed as it ended.
            way=Way.SHEET if is_last else Way.ROSTER,
            key=UUID(int=random.getrandbits(128)),
            actor=cast.secretariat if is_last else trainer,
            now=session.ends_at
            if is_last
            else session.starts_at + timedelta(minutes=10),
        )
        corrected = corrected or _correct(session, trainer, random)
    marks = Mark.objects.filter(session__in=sessions)
    say(
        f"Attendance: {marks.count()} marks at {len(sessions)} sessions, "
        f"{marks.filter(way=Way.SELF).count()} by phone, "
        f"{marks.filter(version=2).count()} corrected."
    )


def _wanted(code: str, random: Random) -> Wanted:
    kind = random.choice(KINDS)
    minutes = random.randrange(12, 35) if kind == Attended.LATE else None
    return Wanted(code=code, kind=kind, minutes=minutes)


def _correct(session: Session, trainer: User, random: Random) -> bool:
    """Put an absence right, as the session ends; test if there was one."""
    mark = (
        Mark.objects.filter(session=session, kind=Attended.ABSENT, way=Way.ROSTER)
        .select_related("offer")
        .order_by("pk")
        .first()
    )
    if mark is None:
        return False
    late = Wanted(
        code=mark.offer.code, kind=Attended.LATE, minutes=25, seen=mark.version
    )
    attendance.mark(
        session=session,
        wanted=[late],
        way=Way.ROSTER,
        key=UUID(int=random.getrandbits(128)),
        actor=trainer,
        now=session.ends_at,
        reason="Pociąg był opóźniony, osoba dotarła po rozpoczęciu zajęć.",
    )
    return True

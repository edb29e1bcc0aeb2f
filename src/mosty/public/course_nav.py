"""
The pages of one course, over all apps, as the reader may open them.

By role alone, without a question to the database: whoever stands on one page of a
course has it through that role.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import Role, User
from mosty.programmes.models import Course
from mosty.ui.nav import NavItem

_PLANNERS = frozenset({Role.COORDINATOR, Role.PARTNER, Role.SECRETARIAT})
_TRAINERS = _PLANNERS | {Role.TRAINER}
_ALL = _TRAINERS | {Role.CITY}


def _by_key(course: Course) -> list[object]:
    return [course.pk]


def _by_slugs(course: Course) -> list[object]:
    return [course.programme.slug, course.slug]


@dataclass(frozen=True, slots=True)
class Tab:
    """One page of a course, the roles that open it, and what its address holds."""

    label: str | Promise
    name: str
    roles: frozenset[Role]
    args: Callable[[Course], list[object]] = _by_key
    # Where its address leads on to: the tab is current there too.
    leads_to: str = ""


TABS = (
    Tab(_("Course"), "programmes:course_plan", _PLANNERS, _by_slugs),
    Tab(_("Call"), "nominations:of_course", _PLANNERS, leads_to="nominations:desk"),
    Tab(_("Timetable"), "training:timetable", _TRAINERS),
    Tab(_("Participants"), "training:roster", _ALL),
    Tab(_("Groups"), "training:groups", _TRAINERS),
    Tab(_("Materials"), "training:materials", _TRAINERS),
    Tab(_("Attendance"), "training:attendance", _TRAINERS),
    Tab(_("Certificates"), "training:certificates", _ALL),
    Tab(_("Action plans"), "plans:course", _TRAINERS),
    Tab(_("Feedback"), "evaluation:course", _TRAINERS),
)


def items(request: HttpRequest, course: Course) -> list[NavItem]:
    """Return the tabs of ``course`` for whoever asks, in the order of a course's days."""
    user = getattr(request, "user", None)
    if not isinstance(user, User):
        return []
    found = []
    for tab in TABS:
        if not user.has_role(*tab.roles):
            continue
        try:
            url = reverse(tab.name, args=tab.args(course))
        except NoReverseMatch:
            continue
        # Only the page itself: those below it have their own way back.
        current = request.path == url or _is_led_to(request, tab)
        found.append(NavItem(str(tab.label), url, current))
    return found


def _is_led_to(request: HttpRequest, tab: Tab) -> bool:
    match = request.resolver_match
    return match is not None and match.view_name == tab.leads_to


def above(request: HttpRequest, course: Course) -> list[NavItem]:
    """
    Return the way down to ``course`` for whoever asks: programmes, programme, course.

    To the pages on which she works; for others to those that everybody reads.
    """
    user = getattr(request, "user", None)
    plans = isinstance(user, User) and user.has_role(*_PLANNERS)
    trains = isinstance(user, User) and user.has_role(Role.TRAINER)
    programme = course.programme
    if plans:
        own = reverse("programmes:course_plan", args=_by_slugs(course))
    elif trains:
        own = reverse("training:timetable", args=[course.pk])
    else:
        own = reverse("public:course", args=_by_slugs(course))
    all_of_them = "programmes:index" if plans or trains else "public:home"
    one = "programmes:plan" if plans else "public:programme"
    return [
        NavItem(str(_("Programmes")), reverse(all_of_them)),
        NavItem(str(programme.short_name), reverse(one, args=[programme.slug])),
        NavItem(str(course.title), own, request.path == own),
    ]

"""The main navigation and the footer: what is there for the public, and for each role."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mosty.accounts.models import Role, User
from mosty.ui.everyone import language_of
from mosty.ui.nav import NavItem, here

EVERYBODY = frozenset[Role]()
_PLANNERS = frozenset({Role.COORDINATOR, Role.PARTNER, Role.SECRETARIAT})


@dataclass(frozen=True, slots=True)
class Page:
    """
    One entry of the menu, and the roles that see it.

    It is current on every page of the ``apps``, and on its own address and below where
    no entry has the app.
    """

    label: str | Promise
    name: str
    roles: frozenset[Role] = EVERYBODY
    apps: frozenset[str] = frozenset()
    # Only for users who stand in the directory as people.
    of_person: bool = False
    # In the languages of everyone: its address says which.
    for_everyone: bool = False

    def url(self, request: HttpRequest) -> str:
        """Return its address; one for everyone stays in the language of the page."""
        if not self.for_everyone:
            return reverse(self.name)
        language = language_of(request) or get_language() or settings.LANGUAGE_CODE
        return reverse(self.name, args=[language])


PUBLIC = (
    Page(_("Programmes"), "public:home", apps=frozenset({"public"})),
    Page(_("Calls"), "public:calls", apps=frozenset({"nominations"})),
    Page(_("Action plans"), "plans:index", apps=frozenset({"plans"})),
    Page(_("Good practices"), "library:practices"),
    Page(_("Tools"), "library:tools"),
    Page(_("Search"), "library:search"),
)
OFFICE = (
    Page(_("Today"), "office:today", frozenset(Role)),
    Page(
        _("Programmes"),
        "programmes:index",
        _PLANNERS | {Role.TRAINER},
        frozenset({"programmes", "public", "training", "evaluation"}),
    ),
    Page(_("Programmes"), "public:home", frozenset({Role.CITY}), frozenset({"public"})),
    Page(
        _("My calendar"),
        "training:my_calendar",
        frozenset({Role.TRAINER}),
        of_person=True,
    ),
    # In the order of a course's year: called, selected, told, and what cities make of it.
    Page(
        _("Calls"),
        "nominations:calls",
        _PLANNERS | {Role.CITY},
        frozenset({"nominations"}),
    ),
    Page(_("Selection"), "selection:runs", _PLANNERS, frozenset({"selection"})),
    Page(_("Outbox"), "office:outbox", frozenset({Role.COORDINATOR, Role.SECRETARIAT})),
    Page(
        _("Action plans"),
        "plans:index",
        _PLANNERS | {Role.CITY, Role.TRAINER},
        frozenset({"plans"}),
    ),
    Page(
        _("Maps of partners"),
        "partnerships:maps",
        _PLANNERS | {Role.CITY},
        frozenset({"partnerships"}),
    ),
    Page(
        _("Information point"),
        "infopoint:index",
        frozenset({Role.WORKER, Role.LEAD}),
        frozenset({"infopoint"}),
    ),
    Page(
        _("Library"),
        "library:desk",
        _PLANNERS | {Role.CITY, Role.TRAINER},
        frozenset({"library"}),
    ),
    Page(
        _("Directory"),
        "directory:index",
        frozenset({Role.COORDINATOR, Role.SECRETARIAT}),
        frozenset({"directory"}),
    ),
    # Whoever plans is led there from the selection.
    Page(_("Draws to check"), "selection:proofs", frozenset({Role.AUDITOR})),
    Page(_("Ledger"), "office:ledger", frozenset({Role.COORDINATOR, Role.AUDITOR})),
    Page(_("Users"), "accounts:users", frozenset({Role.ADMINISTRATOR})),
)
FOOTER = (
    Page(_("Information points"), "points_for_everyone", for_everyone=True),
    Page(_("Search"), "library:search"),
    Page(_("Check a certificate"), "training:check_form"),
    Page(_("Privacy"), "public:privacy"),
    Page(_("Accessibility"), "public:accessibility"),
)
# Pages of apps that the menu counts to the programmes, and that belong to none.
_APART = {
    "public:calls",
    "public:privacy",
    "public:accessibility",
    "training:my_calendar",
}


def items(request: HttpRequest) -> list[NavItem]:
    """Return the menu for whoever asks; at most one query, for her roles."""
    user = getattr(request, "user", None)
    if not isinstance(user, User) or not user.held:
        return _shown(request, PUBLIC)
    seen = [
        page
        for page in OFFICE
        if user.has_role(*page.roles) and (user.person_id or not page.of_person)
    ]
    if {page.name for page in seen} >= {"programmes:index", "public:home"}:
        # She is several things: one entry for programmes is enough.
        seen = [page for page in seen if page.name != "public:home"]
    return _shown(request, seen)


def footer(request: HttpRequest) -> list[NavItem]:
    """Return the links at the foot of every page."""
    return _shown(request, FOOTER)


def _shown(request: HttpRequest, pages: Iterable[Page]) -> list[NavItem]:
    """Return the entries whose pages exist in this installation."""
    there = []
    for page in pages:
        try:
            there.append((page, page.url(request)))
        except NoReverseMatch:
            continue
    # An address may lie below another entry's: whose page it is, its app says.
    owners = {page.name for page, _url in there if _owns(page, request)}
    return [
        NavItem(
            str(page.label),
            url,
            page.name in owners if owners else here(request, url),
        )
        for page, url in there
    ]


def _owns(page: Page, request: HttpRequest) -> bool:
    """Test if the page asked for belongs to an app of this entry."""
    match = request.resolver_match
    return (
        match is not None
        and match.app_name in page.apps
        and match.view_name not in _APART
    )

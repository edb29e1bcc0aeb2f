"""
Every page: what it is called, who looks at it, and at what in the played Academy.

Read by the checks of all pages and by ``scripts/screenshots.py``.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation

from mosty.accounts.models import Role
from mosty.training import checkin
from tests.e2e.academy import CULTURE, HOUSING, SCHOOL, SPORT, Academy

OPEN = "trial-course"
DONE = "partnerships"
Args = Callable[[Academy], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``role`` is empty for somebody who is not signed in."""

    name: str
    role: str = ""
    args: Args = lambda academy: {}
    # Tells pages of one name apart, such as a link's before and after the answer.
    variant: str = ""
    query: str | Callable[[Academy], str] = ""
    status: int = 200

    @property
    def key(self) -> str:
        """Return what names the page in a test or a picture's file."""
        return "-".join(filter(None, (self.name.replace(":", "-"), self.variant)))

    def path(self, academy: Academy, language: str) -> str:
        """Return the page's address in ``language``."""
        with translation.override(language):
            path = reverse(self.name, kwargs=dict(self.args(academy)))
        return path + (
            self.query if isinstance(self.query, str) else self.query(academy)
        )


def _of(**fixed: Any) -> Args:
    return lambda academy: fixed


def _run(academy: Academy) -> Mapping[str, Any]:
    return {"pk": academy.draw.pk}


def _programme(academy: Academy) -> Mapping[str, Any]:
    return {"programme": academy.programme.slug}


def _course(academy: Academy) -> Mapping[str, Any]:
    return {**_programme(academy), "course": DONE}


def _course_key(academy: Academy) -> Mapping[str, Any]:
    return {"pk": academy.call(DONE).course_id}


def _held(academy: Academy) -> Mapping[str, Any]:
    return {**_programme(academy), "course": academy.material.course.slug}


def _held_key(academy: Academy) -> Mapping[str, Any]:
    return {"pk": academy.material.course_id}


def _material(academy: Academy) -> Mapping[str, Any]:
    return {"pk": academy.material.course_id, "material": academy.material.pk}


def _course_held(academy: Academy) -> dict[str, Any]:
    return {"pk": academy.survey("reaction").course_id}


def _survey(kind: str, *, few: bool = False) -> Args:
    return lambda academy: {"code": academy.survey(kind, few=few).code}


def _questionnaire(academy: Academy) -> Mapping[str, Any]:
    return {"pk": academy.survey("reaction").version.questionnaire_id}


def _asked(kind: str) -> Args:
    return lambda a: {"token": a.token("feedback", a.survey(kind).code)}


def _nomination(academy: Academy) -> Mapping[str, Any]:
    return {"code": academy.nomination.code}


def _nominate(academy: Academy) -> dict[str, Any]:
    return {"token": academy.token("nominate", academy.city_invitation)}


def _nominated(academy: Academy) -> dict[str, Any]:
    return {**_nominate(academy), "code": academy.city_nomination.code}


def _calculation(state: str) -> Args:
    return lambda academy: {"pk": academy.calculation(state).pk}


def _offer(state: str) -> Args:
    return lambda academy: {"code": academy.offer(state).code}


def _offered(state: str) -> Args:
    return lambda academy: {"token": academy.token("offer", academy.offer(state).code)}


def _seated(academy: Academy) -> dict[str, Any]:
    return {"token": academy.token("course", academy.offer("accepted").code)}


def _session_held(academy: Academy) -> dict[str, Any]:
    session = academy.held_session
    return {"pk": session.course_id, "session": session.pk}


def _on(academy: Academy) -> dict[str, Any]:
    session = academy.session_on
    return {"pk": session.course_id, "session": session.pk}


def _scanned(academy: Academy) -> dict[str, Any]:
    session = academy.session_on
    return {"pk": session.pk, "code": checkin.code(session, timezone.now())}


def _groups(academy: Academy) -> dict[str, Any]:
    return {"pk": academy.groups.course_id}


def _held_groups(academy: Academy) -> dict[str, Any]:
    return {"pk": academy.held_groups.course_id}


def _two_places(academy: Academy) -> str:
    first, second = academy.two_places
    return f"?round=1&first={first}&target={second}"


_KRAKOW = _of(slug=OPEN, city="krakow")
_TERRITORY = _of(slug="krakow")

PUBLIC = (
    Page("public:home"),
    Page("public:calls"),
    Page("public:privacy"),
    Page("public:accessibility"),
    Page("public:programme", args=_programme),
    Page("public:course", args=_course),
    Page("public:changelog", args=_course),
    Page("nominations:call", args=lambda a: {**_programme(a), "slug": OPEN}),
    Page("selection:draw_explained"),
    Page("selection:numbers", args=_of(slug=CULTURE.slug)),
    Page("ui:styleguide"),
    Page("account_login"),
    Page("account_request_login_code"),
    Page("account_reset_password"),
)
EVALUATION = (
    *(
        Page(f"evaluation:{name}", Role.COORDINATOR, args)
        for name, args in (
            ("course", _course_held),
            ("new", lambda a: {**_course_held(a), "kind": "after"}),
            ("survey", _survey("test")),
            ("move", _survey("test")),
            ("close", _survey("test")),
            ("results", _survey("reaction")),
            ("questionnaires", _of()),
            ("write", _programme),
            ("bring", _programme),
            ("questionnaire", _questionnaire),
            ("edit", _questionnaire),
            ("compare", _questionnaire),
        )
    ),
    Page("evaluation:results", Role.TRAINER, _survey("after"), variant="pairs"),
    Page("evaluation:results", Role.PARTNER, _survey("reaction", few=True),
         variant="hidden"),
    Page("evaluation:answer", args=_asked("test")),
    Page("evaluation:answer", args=_asked("reaction"), variant="closed"),
    Page("evaluation:answer", args=_asked("three"), variant="planned"),
)  # fmt: skip
LINKS = (
    Page("nominations:link_city", args=_nominate),
    Page("nominations:link_nominate", args=_nominate),
    Page("nominations:link_city_decline", args=_nominate),
    Page("nominations:link_edit", args=_nominated),
    Page("nominations:link_withdraw", args=_nominated),
    Page(
        "nominations:link_confirm",
        args=lambda a: {"token": a.token("confirm", a.nomination.code)},
    ),
    Page("nominations:link_confirm", args=_of(token="x" * 43), variant="gone",
         status=404),
    Page("training:link_course", args=_seated),
    Page("selection:link_offer", args=_offered("open")),
    Page("selection:link_offer", args=_offered("open"), variant="decline",
         query="?step=decline"),
    Page("selection:link_offer", args=_offered("accepted"), variant="accepted"),
    Page("selection:link_offer", args=_offered("accepted"), variant="give-back",
         query="?step=give-back"),
    Page("selection:link_offer", args=_offered("declined"), variant="declined"),
)  # fmt: skip
TODAY = tuple(Page("office:today", role, variant=role) for role in Role.values)
PROGRAMMES = tuple(
    Page(f"programmes:{name}", Role.COORDINATOR, args)
    for name, args in (
        ("index", _of()),
        ("create", _of()),
        ("plan", _programme),
        ("unpublish", _programme),
        ("edit", _programme),
        ("partners", _programme),
        ("create_course", _programme),
        ("course_plan", _course),
        ("edit_course", _course),
        ("topics", _course),
        ("provisions", _course),
        ("sessions", _course),
        ("clone_course", _course),
        ("unpublish_course", _course),
        ("discard_course", _course),
    )
)
CALLS = tuple(
    Page(f"nominations:{name}", Role.COORDINATOR, args, variant, query)
    for name, args, variant, query in (
        ("calls", _of(), "", ""),
        ("call_new", lambda a: {"course": a.bare_course.pk}, "", ""),
        ("call_new", lambda a: {"course": a.bare_course.pk}, "copy", f"?source={DONE}"),
        ("desk", _of(slug=OPEN), "", ""),
        ("desk", _of(slug=SCHOOL.slug), "draft", ""),
        ("desk", _of(slug=HOUSING.slug), "closed", ""),
        ("call_edit", _of(slug=SCHOOL.slug), "", ""),
        ("call_rules", _of(slug=OPEN), "", ""),
        ("call_publish", _of(slug=SCHOOL.slug), "", ""),
        ("call_closing", _of(slug=OPEN), "", ""),
        ("call_cancel", _of(slug=OPEN), "", ""),
        ("call_seed", _of(slug=OPEN), "", ""),
        ("cities", _of(slug=OPEN), "", ""),
        ("waive", _KRAKOW, "", ""),
    )
)
NOMINATIONS = tuple(
    Page(f"nominations:{name}", Role.SECRETARIAT, args, variant, query)
    for name, args, variant, query in (
        ("calls", _of(), "secretariat", ""),
        ("desk", _of(slug=OPEN), "secretariat", ""),
        ("invite", _of(slug=OPEN), "", "?city=1&city=2&city=3"),
        ("remind", _of(slug=OPEN), "", ""),
        ("nominations", _of(slug=DONE), "", ""),
        ("nominations", _of(slug=OPEN), "open", ""),
        ("duplicates", _of(slug=OPEN), "", ""),
        ("duplicate", lambda a: {"slug": OPEN, "pk": a.pair.pk}, "", ""),
        ("nomination", _nomination, "", ""),
        ("nomination_edit", _nomination, "", ""),
        ("nomination_withdraw", _nomination, "", ""),
        ("imports", _of(slug=OPEN), "", ""),
        ("import", lambda a: {"pk": a.waiting_import.pk}, "waiting", ""),
        ("import", lambda a: {"pk": a.taken_import.pk}, "taken", ""),
    )
) + tuple(
    Page(f"nominations:{name}", Role.CITY, args, variant)
    for name, args, variant in (
        ("calls", _of(), "city"),
        ("city", _KRAKOW, ""),
        ("nominate", _KRAKOW, ""),
        ("city_decline", _KRAKOW, ""),
    )
)
SELECTION = tuple(
    Page(f"selection:{name}", role, args, variant, query)
    for name, role, args, variant, query in (
        ("runs", Role.COORDINATOR, _of(), "", ""),
        ("call", Role.COORDINATOR, _of(slug=HOUSING.slug), "", ""),
        ("call", Role.COORDINATOR, _of(slug=OPEN), "open", ""),
        ("call", Role.COORDINATOR, _of(slug=SPORT.slug), "stuck", ""),
        ("call", Role.COORDINATOR, _of(slug=CULTURE.slug), "listed", ""),
        ("numbers", Role.COORDINATOR, _of(slug=CULTURE.slug), "partner", ""),
        ("number", Role.COORDINATOR, _of(slug=CULTURE.slug), "", ""),
        ("repair", Role.COORDINATOR, _of(slug=SPORT.slug), "", ""),
        ("try", Role.COORDINATOR, _of(slug=HOUSING.slug), "", ""),
        ("calculation", Role.COORDINATOR, _calculation("waiting"), "waiting", ""),
        ("calculation", Role.COORDINATOR, _calculation("failed"), "failed", ""),
        ("run", Role.PARTNER, _run, "sign", ""),
        ("run", Role.COORDINATOR, lambda a: {"pk": a.announced.pk}, "announced", ""),
        ("run", Role.COORDINATOR, lambda a: {"pk": a.trial.pk}, "trial", ""),
        ("costs", Role.PARTNER, _run, "", ""),
        ("verify", Role.PARTNER, _run, "", ""),
        ("verify", Role.COORDINATOR, lambda a: {"pk": a.announced.pk}, "done", ""),
        ("compare", Role.COORDINATOR,
         lambda a: {"pk": a.draw.pk, "other": a.trial.pk}, "", ""),
        ("decision", Role.COORDINATOR,
         lambda a: {"pk": a.draw.pk, "code": a.reserve.nomination.code}, "", ""),
        ("exchange", Role.COORDINATOR, _run, "", ""),
        ("announce", Role.COORDINATOR, _run, "", ""),
        ("discard", Role.COORDINATOR, _run, "", ""),
        ("offers", Role.COORDINATOR, _of(slug=DONE), "", ""),
        ("answer", Role.COORDINATOR, _offer("open"), "", ""),
        ("give_back", Role.COORDINATOR, _offer("accepted"), "", ""),
    )
)  # fmt: skip
TRAINING = (
    *(
        Page("training:roster", role, _course_key, variant=role)
        for role in (Role.TRAINER, Role.COORDINATOR, Role.CITY)
    ),
    Page("training:timetable", Role.COORDINATOR, _course_key),
    Page("training:timetable", Role.PARTNER, lambda a: {"pk": a.first_draft.pk}, "new"),
    Page("training:timetable", Role.COORDINATOR, lambda a: {"pk": a.moved.pk}, "moved"),
    Page("training:my_calendar", Role.TRAINER),
    Page("training:attendance", Role.TRAINER, _held_key),
    Page("training:attendance_session", Role.TRAINER, _session_held),
    Page("training:attendance_sheet", Role.COORDINATOR, _session_held),
    Page("training:completion_rule", Role.COORDINATOR, _held_key),
    Page("training:screen", Role.COORDINATOR, _on),
    Page("training:check_in", args=_scanned),
    Page("training:check_in", args=lambda a: {**_scanned(a), "code": "X" * 10},
         variant="old", status=410),
    Page("training:checked_in", args=lambda a: {"pk": a.session_on.pk}),
)  # fmt: skip
GROUPS = (
    Page("training:groups", Role.COORDINATOR, _groups),
    Page("training:groups", Role.TRAINER, _held_groups, "table", "?view=table"),
    Page(
        "training:groups",
        Role.PARTNER,
        lambda a: {"pk": a.bare_course.pk},
        "none",
    ),
    Page("training:groups_make", Role.COORDINATOR, _groups),
    Page("training:groups_change", Role.COORDINATOR, _groups, query=_two_places),
    Page("training:groups_remix", Role.COORDINATOR, _groups),
)
MATERIALS = (
    *(
        Page(f"training:{name}", role, args, variant)
        for name, role, args, variant in (
            ("materials", Role.TRAINER, _held_key, ""),
            ("materials", Role.PARTNER, _held_key, "partner"),
            (
                "materials",
                Role.COORDINATOR,
                lambda a: {"pk": a.bare_course.pk},
                "empty",
            ),
            ("material_add", Role.TRAINER, _held_key, ""),
            ("material_add_link", Role.COORDINATOR, _held_key, ""),
            ("material_change", Role.TRAINER, _material, ""),
            ("material_renew", Role.TRAINER, _material, ""),
            ("material_withdraw", Role.TRAINER, _material, ""),
        )
    ),
    Page("public:course", Role.CITY, _held, "held"),
)


def _certificate(state: str) -> Args:
    return lambda academy: {"serial": academy.certificate(state).serial}


def _certified(academy: Academy) -> Mapping[str, Any]:
    code = academy.certificate("issued").offer.code
    return {"token": academy.token("course", code)}


CERTIFICATES = (
    Page("training:check_form"),
    Page("training:check", args=_certificate("issued")),
    Page("training:check", args=_certificate("shown"), variant="shown"),
    Page("training:check", args=_certificate("revoked"), variant="revoked"),
    Page("training:check", args=_of(serial="2026-BBBB-BBBBB"), variant="unknown",
         status=404),
    Page("training:link_certificate", args=_certified),
    *(
        Page("training:certificates", role, _held_key, variant=role)
        for role in (Role.COORDINATOR, Role.TRAINER, Role.CITY)
    ),
    Page("training:certificate_design", Role.COORDINATOR, _held_key),
    Page("training:certificate_exception", Role.COORDINATOR,
         lambda a: {**_held_key(a), "code": a.incomplete.code}),
    Page("training:issuing", Role.COORDINATOR, lambda a: {"pk": a.issuing.pk}),
    Page("training:certificate", Role.COORDINATOR, _certificate("issued")),
    Page("training:certificate", Role.COORDINATOR, _certificate("revoked"), "revoked"),
    Page("training:revoke", Role.COORDINATOR, _certificate("issued")),
    Page("training:reissue", Role.COORDINATOR, _certificate("issued")),
)  # fmt: skip
REPORTS = tuple(
    Page(f"reports:{name}", Role.COORDINATOR, args)
    for name, args in (
        ("numbers", _programme),
        ("people", _programme),
        ("sessions", _programme),
        ("cite", _programme),
        ("take_out", lambda a: {**_programme(a), "pk": a.cited.pk}),
    )
)
OFFICE = tuple(
    Page(f"office:{name}", role, args, query=query)
    for name, role, args, query in (
        ("outbox", Role.COORDINATOR, _of(), ""),
        (
            "release",
            Role.COORDINATOR,
            _of(),
            f"?scope={OPEN}&kind=nominations.nominated",
        ),
        ("message", Role.COORDINATOR, lambda a: {"pk": a.message.pk}, ""),
        ("withdraw", Role.COORDINATOR, lambda a: {"pk": a.message.pk}, ""),
        ("ledger", Role.AUDITOR, _of(), ""),
    )
)
DIRECTORY = (
    Page("directory:propose", Role.CITY, lambda a: {"pk": a.fact.pk}),
    *(
        Page(f"directory:{name}", Role.COORDINATOR, args)
        for name, args in (
            ("index", _of()),
            ("territories", _of()),
            ("add_territory", _of()),
            ("territory", _TERRITORY),
            ("change_territory", _TERRITORY),
            ("add_code", _TERRITORY),
            ("add_fact", _of(slug="krakow", topic="experience")),
            ("corrections", _of()),
            ("correction", lambda a: {"pk": a.correction.pk}),
            ("organisations", _of()),
            ("add_organisation", _of()),
            ("organisation", _TERRITORY),
            ("change_organisation", _TERRITORY),
            ("add_member", _of(slug="ump")),
            ("end_member", lambda a: {"pk": a.membership.pk}),
            ("people", _of()),
            ("person", lambda a: {"code": a.person.code}),
        )
    ),
)
ACCOUNTS = tuple(
    Page(name, Role.ADMINISTRATOR, args)
    for name, args in (
        ("accounts:profile", _of()),
        ("accounts:users", _of()),
        ("accounts:add_user", _of()),
        ("accounts:user", lambda a: {"pk": a.user(Role.CITY).pk}),
        ("accounts:change_user", lambda a: {"pk": a.user(Role.CITY).pk}),
        ("accounts:deactivate", lambda a: {"pk": a.user(Role.CITY).pk}),
        ("accounts:reactivate", lambda a: {"pk": a.user(Role.CITY).pk}),
        ("accounts:end_role", lambda a: {"pk": a.user(Role.CITY).held[0].pk}),
        ("account_logout", _of()),
        ("account_set_password", _of()),
        ("mfa_index", _of()),
        ("usersessions_list", _of()),
    )
)


def _point(academy: Academy) -> Mapping[str, Any]:
    return {"slug": academy.point.slug}


def _consultation(state: str) -> Args:
    return lambda a: {**_point(a), "key": a.record(state).pk}


def _operation(academy: Academy) -> Mapping[str, Any]:
    return {**_point(academy), "pk": academy.point.operations.latest("since").pk}


INFOPOINT = (
    Page("infopoint:record", Role.WORKER, _point),
    Page("infopoint:index", Role.WORKER, variant="worker"),
    Page("infopoint:records", Role.WORKER, _point, variant="worker"),
    *(
        Page(f"infopoint:{name}", Role.LEAD, args, variant, query)
        for name, args, variant, query in (
            ("index", _of(), "", ""),
            ("open", _of(), "", ""),
            ("records", _point, "", "?state=counted"),
            ("export", _point, "", ""),
            ("periods", _point, "", ""),
            ("operators", _point, "", ""),
            ("settings", _point, "", ""),
            ("lists", _point, "", ""),
            ("codes", lambda a: {**_point(a), "kind": "topic"}, "", ""),
            ("codes", lambda a: {**_point(a), "kind": "district"}, "own", ""),
            ("code_add", lambda a: {**_point(a), "kind": "district"}, "", ""),
            ("code", lambda a: {**_point(a), "pk": a.district.pk}, "", ""),
            ("start", _point, "", ""),
            ("end", _operation, "", ""),
            ("consultation", _consultation("withdrawn"), "withdrawn", ""),
            ("consultation", _consultation("late"), "late", ""),
            ("correct", _consultation("counted"), "", ""),
            ("withdraw", _consultation("counted"), "", ""),
            ("accept", _consultation("late"), "", ""),
            ("refuse", _consultation("late"), "", ""),
        )
    ),
)
ALL = (
    *PUBLIC,
    *LINKS,
    *TODAY,
    *PROGRAMMES,
    *CALLS,
    *NOMINATIONS,
    *SELECTION,
    *TRAINING,
    *GROUPS,
    *MATERIALS,
    *CERTIFICATES,
    *REPORTS,
    *EVALUATION,
    *INFOPOINT,
    *OFFICE,
    Page("office:outbox", Role.PARTNER, variant="counts"),
    *DIRECTORY,
    *ACCOUNTS,
)

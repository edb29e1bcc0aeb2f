"""Action plans, their check-ins, and the help board."""

from collections.abc import Callable, Mapping
from typing import Any

from mosty.accounts.models import Role
from mosty.plans.models import Evidence
from tests.e2e.academy import Academy
from tests.e2e.pages.page import Args, Page


def _plan(which: str, **more: Any) -> Args:
    return lambda academy: {"code": academy.plan(which).code, **more}


def _editing(kind: str) -> Callable[[Academy], str]:
    return lambda a: f"?edit={a.plan_row(kind)}"


def _course(academy: Academy) -> Mapping[str, Any]:
    return {"pk": academy.plan("course").course_id}


def _group(academy: Academy) -> Mapping[str, Any]:
    return {"token": academy.token("course", academy.plan_seat.code)}


def _map(academy: Academy) -> Mapping[str, Any]:
    return {"pk": academy.map_of("krakow").pk}


def _evidence(academy: Academy) -> Mapping[str, Any]:
    found = Evidence.objects.select_related("report__action__plan").earliest("pk")
    return {"code": found.report.action.plan.code, "pk": found.pk}


def _asked(academy: Academy) -> Mapping[str, Any]:
    return {"token": academy.token("plan", academy.plan_asked.code)}


PAGES = (
    Page("plans:index"),
    Page("plans:index", Role.CITY, variant="city"),
    Page("plans:plan", args=_plan("public"), variant="public"),
    *(
        Page(f"plans:{name}", Role.CITY, args, variant, query)
        for name, args, variant, query in (
            ("begin", lambda a: {}, "", ""),
            ("board", lambda a: {}, "", ""),
            ("board_add", lambda a: {}, "", ""),
            ("board_answer", lambda a: {"pk": a.help_note.pk}, "", ""),
            ("plan", _plan("awaited"), "", ""),
            ("edit", _plan("course"), "", ""),
            ("edit", _plan("course"), "action", _editing("action")),
            ("sign", _plan("course"), "", ""),
            ("revise", _plan("awaited"), "", ""),
            ("close", _plan("awaited"), "", ""),
            ("share", _plan("awaited"), "", ""),
            ("share_line", lambda a: {"code": a.plan("awaited").code,
                                      "pk": a.plan_line.pk}, "", ""),
            ("check_in", _plan("awaited", months=3), "", ""),
            ("check_in", _plan("public", months=12), "answered", ""),
            ("bring", _plan("awaited"), "", ""),
        )
    ),
    Page("plans:plan", Role.COORDINATOR, _plan("closed"), "coordinator"),
    Page("plans:overview", Role.COORDINATOR),
    Page("plans:course", Role.COORDINATOR, _course),
    Page("plans:link_draft", args=_group),
    Page("plans:link_check_in", args=_asked),
)  # fmt: skip

# Wide tables, long forms, and what people open on a phone.
SMALL = {
    "plans-index-city",
    "plans-plan",
    "plans-edit-action",
    "plans-overview",
    "plans-link_draft",
    "plans-link_check_in",
    "plans-board",
}
# What is there for buttons to send to, for programs to read or for people to keep.
NO_PAGES: dict[str, Args] = {
    "plans:board_end": lambda a: {"pk": a.help_note.pk},
    "plans:docx": _plan("awaited"),
    "plans:evidence": _evidence,
    "plans:link_partner": lambda a: {"token": a.group_token, **_map(a)},
    "plans:link_sheet": _group,
    "plans:partner": _map,
    "plans:pdf": _plan("awaited"),
    "plans:sheet": _plan("course"),
    "plans:sheets": _course,
    "plans:table": _plan("awaited"),
}

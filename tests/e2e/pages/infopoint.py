"""Information points."""

from collections.abc import Mapping
from typing import Any

from mosty.accounts.models import Role
from tests.e2e.academy import Academy
from tests.e2e.pages.page import Args, Page, of


def _point(academy: Academy) -> Mapping[str, Any]:
    return {"slug": academy.point.slug}


def _consultation(state: str) -> Args:
    return lambda a: {**_point(a), "key": a.record(state).pk}


def _operation(academy: Academy) -> Mapping[str, Any]:
    return {**_point(academy), "pk": academy.point.operations.latest("since").pk}


def _imported(state: str) -> Args:
    return lambda a: {**_point(a), "pk": a.imported(state).pk}


def _cited(academy: Academy) -> Mapping[str, Any]:
    return {**_point(academy), "pk": academy.cited_figure.pk}


def _release(state: str) -> Args:
    return lambda a: {**_point(a), "pk": a.release(state).pk}


def _year(academy: Academy) -> Mapping[str, Any]:
    return {**_point(academy), "year": academy.release("published").year}


def _poster(academy: Academy) -> Mapping[str, Any]:
    return {**_point(academy), "code": academy.poster.code}


def _workshop(academy: Academy) -> Mapping[str, Any]:
    return {**_point(academy), "key": academy.workshop.pk}


def _guide(academy: Academy) -> Mapping[str, Any]:
    return {**_point(academy), "pk": academy.guide.pk}


PAGES = (
    Page("opinion", args=_poster, for_everyone=True),
    Page("opinion_thanks", args=_poster, for_everyone=True),
    Page("points_for_everyone", for_everyone=True),
    Page(
        "points_compared",
        args=lambda a: {"year": a.release("published", "point:krakow").year},
        for_everyone=True,
    ),
    Page("years_in_numbers", args=_point, for_everyone=True),
    Page("year_in_numbers", args=_year, for_everyone=True),
    Page("infopoint:record", Role.WORKER, _point),
    Page("infopoint:workshop_add", Role.WORKER, _point),
    Page("infopoint:index", Role.WORKER, variant="worker"),
    Page("infopoint:records", Role.WORKER, _point, variant="worker"),
    *(
        Page(f"infopoint:{name}", Role.LEAD, args, variant, query)
        for name, args, variant, query in (
            ("index", of(), "", ""),
            ("open", of(), "", ""),
            ("records", _point, "", "?state=counted"),
            ("export", _point, "", ""),
            ("periods", _point, "", ""),
            ("imports", _point, "", ""),
            ("import", _imported("uploaded"), "waits", ""),
            ("import", _imported("done"), "done", ""),
            ("import", _imported("withdrawn"), "withdrawn", ""),
            ("import_withdraw", _imported("done"), "", ""),
            ("releases", _point, "", ""),
            ("release", _release("published"), "published", ""),
            ("release", _release("ready"), "ready", ""),
            ("release", _release("refused"), "refused", ""),
            ("release", _release("draft"), "waits", ""),
            ("release_publish", _release("ready"), "", ""),
            (
                "release_start",
                lambda a: {**_point(a), "year": a.release("ready").year},
                "",
                "",
            ),
            ("cited", _point, "", ""),
            ("cite", _point, "", ""),
            ("cited_correct", _cited, "", ""),
            ("cited_take_out", _cited, "", ""),
            ("operators", _point, "", ""),
            ("settings", _point, "", ""),
            ("retention", _point, "", ""),
            ("workshops", _point, "", ""),
            ("workshop", _workshop, "", ""),
            ("workshop_correct", _workshop, "", ""),
            ("workshop_withdraw", _workshop, "", ""),
            ("guides", _point, "", ""),
            ("guide_add", _point, "", ""),
            ("guide_correct", _guide, "", ""),
            ("guide_end", _guide, "", ""),
            ("opinions", _point, "", ""),
            ("opinion_settings", _point, "", ""),
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

# Wide tables, pictures, long forms, and what people open on a phone.
SMALL = {
    "opinion",
    "infopoint-opinions",
    "infopoint-workshop_add",
    "infopoint-workshops",
    "infopoint-record",
    "infopoint-records",
    "infopoint-periods",
    "infopoint-correct",
    "infopoint-import-waits",
    "infopoint-cited",
    "year_in_numbers",
    "infopoint-release-ready",
    "infopoint-release_start",
}
# What is there for buttons to send to, for programs to read or for people to keep.
NO_PAGES: dict[str, Args] = {
    "opinion_scanned": _poster,
    "infopoint:poster": _point,
    "infopoint:close": _point,
    "infopoint:import_template": _point,
    "infopoint:import_take_over": _imported("uploaded"),
    "infopoint:import_drop": _imported("uploaded"),
    "infopoint:release_set_aside": _release("ready"),
    "infopoint:compared_join": _point,
    "infopoint:compared_leave": _point,
    "year_chart": lambda a: {**_year(a), "language": "en", "table": "month"},
    "year_file": lambda a: {**_year(a), "language": "en", "name": "numbers.csv"},
}

"""Which pages are opened, by whom: those of the tests' table, and the same of large things."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils import timezone, translation
from tests.e2e import pages
from tests.e2e.academy import HOUSING, Academy
from tests.e2e.pages.page import DONE, OPEN, Page

from mosty.accounts.models import Role
from mosty.evaluation.models import Survey
from mosty.infopoint.models import Point
from mosty.nominations.models import Call
from mosty.selection.models import Run

LANGUAGE = "pl"
# Files that carry whole lists; no pages, but as long.
FILES = (
    ("nominations:nominations_csv", Role.SECRETARIAT, "slug"),
    ("nominations:nominations_xlsx", Role.SECRETARIAT, "slug"),
    ("training:roster_csv", Role.COORDINATOR, "pk"),
    ("training:roster_xlsx", Role.COORDINATOR, "pk"),
    ("training:attendance_csv", Role.COORDINATOR, "pk"),
    ("training:attendance_xlsx", Role.COORDINATOR, "pk"),
)


# A code on a screen is of its moment; the others speak of what large things have not.
NOT_OPENED = {"training-check_in"}
NOT_LARGE = {"selection:calculation", "training:groups_remix", "training:groups_change"}


@dataclass(frozen=True, slots=True)
class Visit:
    """One address as one role opens it."""

    key: str
    role: str
    path: str
    status: int = 200


@dataclass(frozen=True)
class Big:
    """The largest things there are, for which small ones are exchanged in addresses."""

    academy: Academy

    @cached_property
    def calls(self) -> list[Call]:
        """Return the calls of the large courses, in order."""
        rows = Call.objects.filter(slug__startswith="large-").order_by("slug")
        return list(rows.select_related("course__programme"))

    @cached_property
    def swaps(self) -> Mapping[tuple[str, frozenset[tuple[str, Any]]], dict[str, Any]]:
        """Return, by app and arguments of an address, the arguments of a larger thing."""
        *_others, held, drawn, running = self.calls
        academy = self.academy
        small = academy.programme.slug
        point = Point.objects.filter(slug__startswith="probnik-").earliest("pk").slug
        survey = Survey.objects.get(course=held.course)
        whole = {"programme": held.course.programme.slug}
        one = {**whole, "course": held.course.slug}
        found = [
            ("*", {"programme": small}, whole),
            ("*", {"programme": small, "course": DONE}, one),
            ("nominations", {"programme": small, "slug": OPEN},
             {**whole, "slug": running.slug}),
            ("training", {"pk": academy.material.course_id}, {"pk": held.course_id}),
            ("training", {"pk": academy.call(DONE).course_id}, {"pk": held.course_id}),
            ("plans", {"pk": academy.plan("course").course_id}, {"pk": held.course_id}),
            ("evaluation", {"pk": survey.course_id}, {"pk": held.course_id}),
            ("evaluation", {"code": academy.survey("reaction").code},
             {"code": survey.code}),
            ("selection", {"pk": academy.announced.pk},
             {"pk": Run.objects.get(call=held).pk}),
            ("selection", {"pk": academy.draw.pk},
             {"pk": Run.objects.get(call=drawn).pk}),
            ("infopoint", {"slug": academy.point.slug}, {"slug": point}),
        ]  # fmt: skip
        for app in ("nominations", "selection"):
            found += [
                (app, {"slug": OPEN}, {"slug": running.slug}),
                (app, {"slug": HOUSING.slug}, {"slug": drawn.slug}),
                (app, {"slug": DONE}, {"slug": held.slug}),
            ]
        return {(app, frozenset(args.items())): new for app, args, new in found}

    def args(self, page: Page) -> dict[str, Any] | None:
        """Return the arguments of a larger thing, where there is one of its kind."""
        app = page.name.split(":")[0]
        key = frozenset(page.args(self.academy).items())
        return self.swaps.get((app, key)) or self.swaps.get(("*", key))


def small() -> list[Visit]:
    """Return every page of the tests' table."""
    academy = Academy(timezone.now())
    return [
        Visit(page.key, page.role, page.path(academy, LANGUAGE), page.status)
        for page in pages.ALL
        if page.key not in NOT_OPENED
    ]


def large() -> list[Visit]:
    """Return every page of the tests' table, and of larger things where there are."""
    return [*small(), *_larger(), *_files()]


def _larger() -> Iterator[Visit]:
    big = Big(Academy(timezone.now()))
    for page in pages.ALL:
        args = big.args(page)
        if args is None or page.name in NOT_LARGE or not isinstance(page.query, str):
            continue
        if page.for_everyone:
            args = {**args, "language": LANGUAGE}
        with translation.override(LANGUAGE):
            path = reverse(page.name, kwargs=args) + page.query
        yield Visit(f"{page.key} (large)", page.role, path, page.status)


def _files() -> Iterator[Visit]:
    held = Big(Academy(timezone.now())).calls[-3]
    for name, role, kind in FILES:
        args = {"slug": held.slug} if kind == "slug" else {"pk": held.course_id}
        with translation.override(LANGUAGE):
            path = reverse(name, kwargs=args)
        yield Visit(name.replace(":", "-"), role, path)

"""Practices, tools, and the desk where they are kept."""

from collections.abc import Mapping
from typing import Any

from mosty.accounts.models import Role
from mosty.library.models import (
    Adoption,
    Confirmation,
    Edition,
    EditionVersion,
    PracticeVersion,
    Review,
    Tool,
)
from tests.e2e.academy import Academy
from tests.e2e.pages.page import Args, Page, of


def _practice(state: str, city: str = "krakow") -> Args:
    def args(academy: Academy) -> Mapping[str, Any]:
        found = PracticeVersion.objects.filter(state=state, practice__city__slug=city)
        return {"slug": found.earliest("pk").practice.slug}

    return args


PUBLISHED = _practice("published")
DRAFT = _practice("draft")
IN_REVIEW = _practice("submitted", "hrubieszow")


def _numbered(academy: Academy) -> Mapping[str, Any]:
    return {**PUBLISHED(academy), "number": 1}


def _edition_key(academy: Academy) -> Mapping[str, Any]:
    return {"pk": Edition.objects.get(language="pl", tool__kind="checklist").pk}


def _with_file() -> EditionVersion:
    return EditionVersion.objects.exclude(file="").latest("pk")


def _filed(academy: Academy) -> Mapping[str, Any]:
    found = _with_file()
    edition = found.edition
    return {
        "slug": edition.tool.slug,
        "language": edition.language,
        "number": found.number,
    }


def _filed_key(academy: Academy) -> Mapping[str, Any]:
    return {"pk": _with_file().pk}


def _reviewing(academy: Academy) -> Mapping[str, Any]:
    return {**IN_REVIEW(academy), "pk": Review.objects.get(given_at=None).pk}


def _tool(academy: Academy) -> Mapping[str, Any]:
    return {"slug": Tool.objects.get(kind="checklist").slug}


def _edition(language: str, number: int = 0) -> Args:
    def args(academy: Academy) -> Mapping[str, Any]:
        found = {**_tool(academy), "language": language}
        return {**found, "number": number} if number else found

    return args


def _version(state: str, language: str) -> Args:
    def args(academy: Academy) -> Mapping[str, Any]:
        rows = EditionVersion.objects.filter(state=state, edition__language=language)
        return {"pk": rows.latest("pk").pk}

    return args


def _asked(academy: Academy) -> Mapping[str, Any]:
    code = Confirmation.objects.earliest("pk").code
    return {"token": academy.token("practice", code)}


def _adoption(academy: Academy) -> Mapping[str, Any]:
    return {"pk": Adoption.objects.filter(city__slug="krakow").earliest("pk").pk}


WAITS = _version("proposed", "en")
WRITTEN = _version("draft", "pl")
PAGES = (
    Page("library:practices"),
    Page("library:practices", query="?area=safety&language=et", variant="none"),
    Page("library:practice", args=PUBLISHED),
    Page("library:practice_version", args=_numbered),
    Page("library:practice_card", args=PUBLISHED),
    Page("library:tools"),
    Page("library:tool", args=_tool),
    Page("library:tool_card", args=_tool),
    Page("library:edition", args=_edition("pl")),
    Page("library:edition_version", args=_edition("en", 1)),
    Page("library:link_practice", args=_asked),
    *(
        Page(f"library:{name}", role, args, variant)
        for name, role, args, variant in (
            ("desk", Role.COORDINATOR, of(), ""),
            ("desk", Role.CITY, of(), "city"),
            ("desk", Role.PARTNER, of(), "partner"),
            ("desk", Role.TRAINER, of(), "trainer"),
            ("new_practice", Role.CITY, of(), ""),
            ("desk_practice", Role.CITY, DRAFT, "draft"),
            ("desk_practice", Role.CITY, PUBLISHED, "published"),
            ("desk_practice", Role.COORDINATOR, IN_REVIEW, "in-review"),
            ("edit", Role.CITY, DRAFT, ""),
            ("withdraw", Role.CITY, DRAFT, ""),
            ("retire", Role.CITY, PUBLISHED, ""),
            ("ask", Role.COORDINATOR, IN_REVIEW, ""),
            ("publish", Role.COORDINATOR, IN_REVIEW, ""),
            ("return", Role.COORDINATOR, IN_REVIEW, ""),
            ("review", Role.PARTNER, IN_REVIEW, ""),
            ("adopt", Role.CITY, _practice("published", "lodz"), ""),
            ("tell", Role.CITY, _adoption, ""),
            ("new_tool", Role.PARTNER, of(), ""),
            ("kept_tool", Role.PARTNER, _tool, ""),
            ("change_tool", Role.PARTNER, _tool, ""),
            ("add_edition", Role.PARTNER, _tool, ""),
            ("retire_tool", Role.COORDINATOR, _tool, ""),
            ("version", Role.PARTNER, WRITTEN, "translation"),
            ("version", Role.COORDINATOR, WAITS, "waits"),
            ("approve", Role.COORDINATOR, WAITS, ""),
            ("return_version", Role.COORDINATOR, WAITS, ""),
            ("take_back", Role.PARTNER, WRITTEN, ""),
        )
    ),
)
# Wide tables, long forms, and what people open on a phone.
SMALL = {
    "library-practices",
    "library-practice",
    "library-tool",
    "library-link_practice",
    "library-desk-city",
    "library-edit",
    "library-review",
    "library-version-translation",
}
# What is there for programs, for buttons to send to, or to be kept as a file.
NO_PAGES: dict[str, Args] = {
    "library:again": PUBLISHED,
    "library:begin": _edition_key,
    "library:edition_cite": lambda a: {**_edition("en", 1)(a), "form": "bib"},
    "library:edition_file": _filed,
    "library:give_out": WRITTEN,
    "library:practice_cite": lambda a: {**_numbered(a), "form": "bib"},
    "library:practice_data": PUBLISHED,
    "library:practices_feed": of(),
    "library:propose": WRITTEN,
    "library:release": _reviewing,
    "library:submit": DRAFT,
    "library:tool_data": _tool,
    "library:tools_feed": of(),
    "library:version_file": _filed_key,
}

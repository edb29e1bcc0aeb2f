"""What everybody sees, and what links without an account open."""

from typing import Any

from tests.e2e.academy import CULTURE, Academy
from tests.e2e.pages.page import DONE, OPEN, Args, Page, course, of, programme


def _nominate(academy: Academy) -> dict[str, Any]:
    return {"token": academy.token("nominate", academy.city_invitation)}


def _nominated(academy: Academy) -> dict[str, Any]:
    return {**_nominate(academy), "code": academy.city_nomination.code}


def _offered(state: str) -> Args:
    return lambda academy: {"token": academy.token("offer", academy.offer(state).code)}


def _seated(academy: Academy) -> dict[str, Any]:
    return {"token": academy.token("course", academy.offer("accepted").code)}


PUBLIC = (
    Page("public:home"),
    Page("public:calls"),
    Page("public:privacy"),
    Page("public:accessibility"),
    Page("public:programme", args=programme),
    Page("public:course", args=course),
    Page("public:changelog", args=course),
    Page("nominations:call", args=lambda a: {**programme(a), "slug": OPEN}),
    Page("selection:draw_explained"),
    Page("selection:result", args=of(slug=DONE)),
    Page("selection:result", args=of(slug=OPEN), variant="waits"),
    Page("selection:numbers", args=of(slug=CULTURE.slug)),
    Page("ui:styleguide"),
    Page("account_login"),
    Page("account_request_login_code"),
    Page("account_reset_password"),
)

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
    Page("nominations:link_confirm", args=of(token="x" * 43), variant="gone",
         status=404),
    Page("training:link_course", args=_seated),
    Page("training:link_course", args=_seated, variant="give-back",
         query="?step=give-back"),
    Page("selection:link_offer", args=_offered("open")),
    Page("selection:link_offer", args=_offered("open"), variant="decline",
         query="?step=decline"),
    Page("selection:link_offer", args=_offered("accepted"), variant="accepted"),
    Page("selection:link_offer", args=_offered("accepted"), variant="give-back",
         query="?step=give-back"),
    Page("selection:link_offer", args=_offered("declined"), variant="declined"),
)  # fmt: skip

PAGES = (*PUBLIC, *LINKS)

# Wide tables, pictures, long forms, and what people open on a phone.
SMALL = {
    "public-home",
    "public-calls",
    "public-privacy",
    "public-accessibility",
    "public-course",
    "public-programme",
    "nominations-call",
    "account_login",
    "nominations-link_city",
    "nominations-link_nominate",
    "nominations-link_confirm",
    "selection-link_offer",
    "public-course-held",
    "public-changelog",
    "ui-styleguide",
}
# What is there for buttons to send to, for programs to read or for people to keep.
NO_PAGES: dict[str, Args] = {
    "health": of(),
    "nominations:link_city_order": _nominate,
    "public:agenda": course,
    "public:calendar": course,
    "robots": of(),
    "service_worker": of(),
    "ui:example_chart": of(),
}

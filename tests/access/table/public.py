"""What everybody sees."""

from tests.access.circles import EVERYBODY
from tests.access.rules import Table, form, page

TABLE: Table = {
    "public:home": page(EVERYBODY),
    "public:calls": page(EVERYBODY),
    "public:privacy": page(EVERYBODY),
    "public:accessibility": page(EVERYBODY),
    # A published programme, course and call; what is not, other rows show.
    "public:programme": page(EVERYBODY),
    "public:course": page(EVERYBODY),
    "public:changelog": page(EVERYBODY),
    "public:agenda": page(EVERYBODY),
    "public:calendar": page(EVERYBODY),
    "nominations:call": page(EVERYBODY),
    "ui:styleguide": form(EVERYBODY),
    "ui:example_chart": page(EVERYBODY),
    "health": page(EVERYBODY),
    "robots": page(EVERYBODY),
    "service_worker": page(EVERYBODY),
}

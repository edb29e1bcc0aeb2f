"""
What opens by a link: whoever has it, and nobody without it.

Who is signed in makes no difference; see ``test_links.py`` for wrong links.
"""

from tests.access.circles import EVERYBODY
from tests.access.rules import Table, button, form, page
from tests.access.table.plans import an_actor

_READ = (
    "partnerships:link_maps", "partnerships:link_map",
    "partnerships:link_grid", "partnerships:link_network",
    "plans:link_sheet",
    "training:link_badge", "training:link_badge_png", "training:link_certificate_pdf",
    "training:link_calendar", "training:link_material_file",
    "training:link_materials_zip",
)  # fmt: skip
_ANSWERED = (
    "nominations:link_city_decline", "nominations:link_confirm",
    "nominations:link_edit", "nominations:link_nominate", "nominations:link_withdraw",
    "selection:link_offer",
    "training:link_course", "training:link_certificate",
    "evaluation:answer",
    "library:link_practice",
    "partnerships:link_make",
    "partnerships:link_actor", "partnerships:link_actor_add",
    "partnerships:link_actor_remove",
    "partnerships:link_tie", "partnerships:link_tie_add", "partnerships:link_tie_remove",
    "plans:link_check_in",
)  # fmt: skip

TABLE: Table = {
    **{name: page(EVERYBODY) for name in _READ},
    **{name: form(EVERYBODY) for name in _ANSWERED},
    "plans:link_draft": form(EVERYBODY, row="plan"),
    "nominations:link_city": page(EVERYBODY),
    "nominations:link_city_order": button(EVERYBODY),
    "plans:link_partner": button(EVERYBODY, an_actor),
}

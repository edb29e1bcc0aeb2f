"""Programmes, courses, calls and nominations."""

from tests.access.circles import (
    CITIES,
    CITY,
    COORDINATOR,
    COORDINATORS,
    GATHERERS,
    PARTNERS,
    SIGNED_IN,
    Reader,
)
from tests.access.rules import Table, button, file, form, page

PROGRAMMES: Table = {
    # Published ones, and her own.
    "programmes:index": page(SIGNED_IN),
    "programmes:create": form(COORDINATORS),
    "programmes:plan": page(PARTNERS),
    "programmes:course_plan": page(PARTNERS),
    **{
        f"programmes:{name}": form(COORDINATOR)
        for name in (
            "edit", "partners", "unpublish", "create_course", "edit_course", "topics",
            "provisions", "sessions", "clone_course", "unpublish_course",
            "discard_course",
        )
    },
    "programmes:publish": button(COORDINATOR),
    "programmes:publish_course": button(COORDINATOR),
}  # fmt: skip

CALLS: Table = {
    # Lists show each reader her own calls.
    "nominations:calls": page(SIGNED_IN - {Reader.ROLELESS}),
    "nominations:desk": page(PARTNERS),
    # Leads on to the desk, or says that there is no call.
    "nominations:of_course": page(PARTNERS),
    # A draft is its coordinator's alone.
    "nominations:desk/draft": page(COORDINATOR),
    **{
        f"nominations:{name}": form(COORDINATOR)
        for name in (
            "call_new", "call_edit", "call_rules", "call_publish", "call_closing",
            "call_cancel", "call_seed",
        )
    },
    "nominations:call_preview": button(
        COORDINATOR, lambda a: {"course": str(a.bare_course.pk)}
    ),
    "nominations:cities": page(PARTNERS),
    # Rules are the coordinator's, and so are exceptions to them.
    "nominations:waive": form(COORDINATOR),
    "nominations:invite": form(GATHERERS),
    "nominations:remind": form(GATHERERS),
}  # fmt: skip

NOMINATIONS: Table = {
    # A city sees its own nominees there.
    "nominations:nominations": page(PARTNERS | CITIES),
    "nominations:nominations_csv": file(PARTNERS | CITIES),
    "nominations:nominations_xlsx": file(PARTNERS | CITIES),
    # Whoever comes by the address alone is led back to the list.
    "nominations:nominations_bulk": form(GATHERERS),
    "nominations:duplicates": page(GATHERERS),
    "nominations:duplicate": form(GATHERERS),
    # Of a third city: neither Kraków nor Łódź knows that there is such a nomination.
    "nominations:nomination": page(PARTNERS),
    "nominations:nomination_edit": form(GATHERERS),
    "nominations:nomination_withdraw": form(GATHERERS),
    "nominations:nomination_check": button(GATHERERS),
    "nominations:nomination_comment": button(GATHERERS),
    "nominations:nomination_remind": button(GATHERERS),
    "nominations:city": page(GATHERERS | CITY),
    "nominations:nominate": form(GATHERERS | CITY),
    "nominations:city_decline": form(GATHERERS | CITY),
    "nominations:city_order": button(GATHERERS | CITY),
    "nominations:imports": form(GATHERERS | CITIES),
    "nominations:import_template": page(GATHERERS | CITIES),
    # A list of the whole call, brought in by who gathers it.
    "nominations:import": form(GATHERERS),
    "nominations:import_take_over": button(GATHERERS),
    "nominations:import_drop": button(GATHERERS),
}

TABLE: Table = {**PROGRAMMES, **CALLS, **NOMINATIONS}

"""Practices, tools, the search, and the desk where they are kept."""

from tests.access.circles import (
    CITIES,
    CITY,
    COORDINATORS,
    EVERYBODY,
    PLANNERS,
    SECRETARIAT,
    TRAINERS,
    Reader,
)
from tests.access.rules import Table, button, form, page, same_for_all

WORDS = COORDINATORS | SECRETARIAT
# Whom the coordinator asked to review both practices of which the desk is looked at.
REVIEWERS = SECRETARIAT | {Reader.PARTNER}

READ: Table = {
    f"library:{name}": page(EVERYBODY)
    for name in (
        "search", "practices", "practice", "practice_version", "practice_cite",
        "practice_data", "practices_feed", "tools", "tool", "tool_data", "tools_feed",
        "edition", "edition_version", "edition_file", "edition_cite",
    )
} | {
    "library:practice_card": same_for_all(),
    "library:tool_card": same_for_all(),
}  # fmt: skip

WORDS_KEPT: Table = {
    "library:thesaurus": page(WORDS),
    "library:synonyms": page(WORDS),
    "library:concept_add": form(WORDS),
    "library:concept": form(WORDS),
    "library:synonyms_add": form(WORDS),
    "library:synonyms_change": form(WORDS),
    "library:synonyms_remove": button(WORDS),
}

PRACTICES: Table = {
    "library:desk": page(PLANNERS | CITIES | TRAINERS),
    "library:new_practice": form(CITIES),
    # A draft is its city's alone.
    "library:desk_practice": page(CITY),
    # Any coordinator sees what was submitted, reviewers what they were asked about.
    "library:desk_practice/published": page(COORDINATORS | REVIEWERS | CITY),
    "library:desk_practice/in-review": page(COORDINATORS | REVIEWERS),
    "library:edit": form(CITY),
    "library:submit": form(CITY),
    "library:withdraw": form(CITY),
    "library:again": button(CITY),
    "library:retire": form(COORDINATORS | CITY),
    "library:ask": form(COORDINATORS),
    "library:release": button(COORDINATORS),
    "library:publish": form(COORDINATORS),
    "library:return": form(COORDINATORS),
    "library:review": form(REVIEWERS),
    # Of Łódź: others adopt it.
    "library:adopt": form(CITY),
    "library:tell": form(CITY),
}

TOOLS: Table = {
    "library:new_tool": form(PLANNERS),
    "library:kept_tool": page(PLANNERS),
    "library:change_tool": form(PLANNERS),
    "library:add_edition": form(PLANNERS),
    "library:retire_tool": form(COORDINATORS),
    "library:begin": button(PLANNERS),
    "library:version": form(PLANNERS),
    "library:version_file": page(PLANNERS),
    "library:propose": button(PLANNERS),
    "library:approve": form(COORDINATORS),
    # Whoever keeps tools may return what waits; approving is another matter.
    "library:return_version": form(PLANNERS),
    "library:give_out": page(PLANNERS),
    "library:take_back": form(PLANNERS),
}

TABLE: Table = {**READ, **WORDS_KEPT, **PRACTICES, **TOOLS}

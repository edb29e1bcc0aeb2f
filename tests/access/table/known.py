"""
Who is told "no" (403), and to whom there is nothing (404).

A reader who may know that something is there, but not do this with it, gets 403; whoever
must not know of it gets 404, the same as for what never was. Who may read a page knows
what is on it. Here stand the others who know: those who see the thing elsewhere, and
everybody signed in, where the page is about no single thing or about a public one.
"""

from collections.abc import Iterable

from tests.access.circles import (
    CITIES,
    CITY,
    COORDINATOR,
    COORDINATORS,
    LEAD,
    PARTNERS,
    PLANNERS,
    SECRETARIAT,
    SIGNED_IN,
    TRAINER,
    WORKER,
    Circle,
)


def _of(app: str, names: str) -> list[str]:
    return [f"{app}:{name}" for name in names.split()]


# Whoever shares in the programme, the trainers of its course, the cities it called.
COURSE_AND_CITIES = PARTNERS | TRAINER | CITIES
# The library's tools are kept by whoever plans anything.
_WHO_KNOWS: Iterable[tuple[Circle, list[str]]] = (
    # About no single thing: she may not do it at all, and knows that it is done.
    (
        SIGNED_IN,
        [
            "infopoint:index", "infopoint:open", "nominations:calls", "partnerships:maps",
            "partnerships:make", "partnerships:agreements", "partnerships:agreement_make",
            "plans:begin", "plans:board_add", "plans:overview", "programmes:create",
            "selection:proofs", "selection:runs", "training:my_calendar",
            *_of("library", "desk new_practice new_tool thesaurus synonyms synonyms_add"),
            "library:concept_add",
        ],
    ),
    # The programme, its course and its numbers are published; so is the practice, and
    # words of the thesaurus are offered as filters to everybody.
    (
        SIGNED_IN,
        [
            *_of("programmes", "plan course_plan edit partners unpublish create_course"),
            *_of("programmes", "edit_course topics provisions sessions clone_course"),
            *_of("programmes", "unpublish_course discard_course publish publish_course"),
            *_of("nominations", "call_new call_preview"),
            *_of("training", "certificate_design certificate_logo certificate_logos"),
            "training:specimen",
            *_of("reports", "numbers numbers_pdf people sessions cite take_out"),
            *_of("library", "adopt concept synonyms_change synonyms_remove"),
        ],
    ),
    # Partners of the programme see its calls, runs, groups and materials.
    (
        PARTNERS,
        [
            *_of("nominations", "call_rules call_closing call_cancel call_seed waive"),
            *_of("nominations", "invite remind nomination_edit nomination_withdraw"),
            *_of("nominations", "nomination_check nomination_comment nomination_remind"),
            *_of("selection", "draw try repair make_list number exchange announce"),
            *_of("selection", "discard answer give_back pass_on"),
            *_of("training", "attendance_session attendance_sheet certificate_pdf"),
            *_of("training", "groups_make groups_change groups_remix groups_hold"),
            *_of("training", "material_add material_add_link material_change"),
            *_of("training", "material_renew material_withdraw revoke reissue"),
            "evaluation:edit", "office:erase",
            *_of("library", "retire ask release publish return"),
        ],
    ),
    (PARTNERS | CITIES, ["nominations:nominations_bulk"]),
    (PARTNERS | TRAINER, ["training:screen", *_of("evaluation", "new quotes")]),
    (
        COURSE_AND_CITIES,
        [
            *_of("training", "sheets sheet timetable attendance attendance_csv"),
            *_of("training", "attendance_xlsx completion_rule certificate_exception issue"),
        ],
    ),
    # Messages about nominations are shown to the secretariat; others are not hers to send.
    (SECRETARIAT, ["office:withdraw", "office:retry"]),
    # What a point does is known to who works there; what she records, to its lead.
    (
        WORKER,
        [
            *_of("infopoint", "accept refuse export periods releases release imports"),
            *_of("infopoint", "import import_template close cited operators lists codes"),
            *_of("infopoint", "cite cited_correct cited_take_out import_withdraw"),
            *_of("infopoint", "release_publish release_start settings retention"),
            *_of("infopoint", "opinion_settings code_add code start end"),
            *_of("infopoint", "import_take_over import_drop release_set_aside"),
            *_of("infopoint", "compared_join compared_leave"),
        ],
    ),
    (LEAD, ["infopoint:record"]),
    # The coordinator follows the plans of her courses, a trainer while they are written.
    (COORDINATOR, _of("plans", "revise close share share_line bring")),
    (COORDINATOR | TRAINER, _of("plans", "edit sign sheet")),
    # Notes on the help board are for the programme and its cities.
    (PARTNERS | CITIES, _of("plans", "board_answer board_end")),
    # The directory of places and organisations: planners, and a city its own.
    (PLANNERS, ["directory:propose", "directory:end_member"]),
    (PLANNERS | CITIES, _of("directory", "add_territory add_organisation add_member")),
    (PLANNERS | CITY, _of("directory", "change_territory add_code add_fact")),
    (PLANNERS | CITY, ["directory:change_organisation"]),
    (CITY, ["directory:correction"]),
    (PLANNERS, _of("library", "retire_tool approve")),
    # A practice that its city changes again: whoever had it to review.
    (PARTNERS | COORDINATORS, ["library:again"]),
)  # fmt: skip
KNOWN = {name: circle for circle, names in _WHO_KNOWS for name in names}
# Some of their kind are public, so that nobody is led to sign in: there is nothing.
NOBODY_IS_ASKED = frozenset(
    {
        "plans:docx", "plans:pdf", "plans:plan", "plans:plan/coordinator",
        "training:material_file", "training:materials_zip",
    }
)  # fmt: skip

"""Information points."""

from tests.access.circles import EVERYBODY, LEAD, LEADS, POINT, POINTS, WORKER
from tests.access.rules import Table, button, file, form, page, same_for_all

EVERYONE: Table = {
    # Behind the code of a poster.
    "opinion_scanned": page(EVERYBODY),
    "opinion": form(EVERYBODY),
    "opinion_thanks": page(EVERYBODY),
    "points_for_everyone": page(EVERYBODY),
    # Releases that were published.
    "points_compared": page(EVERYBODY),
    "years_in_numbers": same_for_all(),
    "year_in_numbers": same_for_all(),
    "year_chart": page(EVERYBODY),
    "year_file": same_for_all(),
}

RECORDS: Table = {
    "infopoint:index": page(POINTS),
    # Only who works there today records; the lead does not.
    "infopoint:record": form(WORKER),
    "infopoint:records": page(POINT),
    # Old records: reading them is noted.
    "infopoint:consultation": file(POINT),
    # The lead, or who wrote it: this worker.
    "infopoint:correct": form(POINT),
    "infopoint:withdraw": form(POINT),
    "infopoint:accept": form(LEAD),
    "infopoint:refuse": form(LEAD),
    "infopoint:workshops": page(POINT),
    "infopoint:workshop": page(POINT),
    "infopoint:workshop_add": form(POINT),
    "infopoint:workshop_correct": form(POINT),
    "infopoint:workshop_withdraw": form(POINT),
    "infopoint:guides": page(POINT),
    "infopoint:guide_add": form(POINT),
    "infopoint:guide_correct": form(POINT),
    "infopoint:guide_end": form(POINT),
    "infopoint:opinions": page(POINT),
    "infopoint:poster": page(POINT),
}

LEADING: Table = {
    "infopoint:open": form(LEADS),
    "infopoint:export": form(LEAD),
    # Shows what came too late, one by one.
    "infopoint:periods": file(LEAD),
    "infopoint:releases": page(LEAD),
    "infopoint:release": page(LEAD),
    "infopoint:imports": form(LEAD),
    "infopoint:import": form(LEAD),
    "infopoint:import_template": page(LEAD),
    "infopoint:close": button(
        LEAD, lambda a: {"year": str(a.now.year), "month": str(a.now.month)}
    ),
    "infopoint:cited": page(LEAD),
    "infopoint:operators": page(LEAD),
    "infopoint:lists": page(LEAD),
    "infopoint:codes": page(LEAD),
    **{
        f"infopoint:{name}": form(LEAD)
        for name in (
            "cite", "cited_correct", "cited_take_out", "import_withdraw", "release_publish", "release_start", "settings",
            "retention", "opinion_settings", "code_add", "code", "start", "end",
        )
    },
    **{
        f"infopoint:{name}": button(LEAD)
        for name in (
            "import_take_over", "import_drop", "release_set_aside",
            "compared_join", "compared_leave",
        )
    },
}  # fmt: skip

TABLE: Table = {**EVERYONE, **RECORDS, **LEADING}

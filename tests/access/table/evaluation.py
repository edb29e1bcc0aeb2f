"""Questionnaires, surveys and their results."""

from tests.access.circles import COORDINATOR, COURSE, PARTNERS, SIGNED_IN
from tests.access.rules import Table, button, file, form, page

TABLE: Table = {
    "evaluation:course": page(COURSE),
    "evaluation:new": form(COORDINATOR),
    # Until it is closed, a survey is the coordinator's.
    "evaluation:survey": page(COORDINATOR),
    "evaluation:qr": page(COORDINATOR),
    "evaluation:move": form(COORDINATOR),
    "evaluation:close": form(COORDINATOR),
    "evaluation:invite": button(COORDINATOR),
    "evaluation:remind": button(COORDINATOR),
    "evaluation:results": page(COURSE),
    "evaluation:picture": page(COURSE),
    "evaluation:results_csv": file(COURSE),
    "evaluation:results_xlsx": file(COURSE),
    "evaluation:quotes": button(COORDINATOR),
    # Lists those of her programmes, if any.
    "evaluation:questionnaires": page(SIGNED_IN),
    "evaluation:questionnaire": page(PARTNERS),
    "evaluation:compare": page(PARTNERS),
    "evaluation:xlsform": file(PARTNERS),
    "evaluation:write": form(COORDINATOR),
    "evaluation:bring": form(COORDINATOR),
    "evaluation:edit": form(COORDINATOR),
}

"""Certificates, and the page that checks one."""

from dataclasses import replace

from tests.access.circles import (
    CITIES,
    COORDINATOR,
    COURSE,
    EVERYBODY,
    GATHERERS,
    PARTNERS,
)
from tests.access.rules import Table, button, file, form, page, same_for_all

TABLE: Table = {
    # Says of a number only what its holder shows.
    "training:check_form": page(EVERYBODY),
    "training:check": page(EVERYBODY),
    "badge_issuer": same_for_all(),
    "badge_keys": same_for_all(),
    "badge_status": same_for_all(),
    # A city sees its own people there; a trainer who completed.
    "training:certificates": page(COURSE | CITIES),
    # Not if nobody of the city has one.
    "training:certificates_zip": replace(file(GATHERERS | CITIES), may_be_empty=CITIES),
    # Of somebody of a third city.
    "training:certificate": page(PARTNERS),
    "training:certificate_pdf": file(GATHERERS),
    "training:certificate_design": form(COORDINATOR),
    "training:certificate_logo": page(COORDINATOR),
    "training:certificate_logos": button(COORDINATOR),
    "training:specimen": page(COORDINATOR),
    "training:certificate_exception": form(COORDINATOR),
    "training:issue": button(COORDINATOR),
    "training:issuing": page(COORDINATOR),
    "training:cancel_issuing": button(COORDINATOR),
    "training:revoke": form(COORDINATOR),
    "training:reissue": form(COORDINATOR),
}

"""Today, messages, the ledger, reports, the directory and accounts."""

from tests.access.circles import (
    ADMINISTRATOR,
    AUDITOR,
    CITIES,
    CITY,
    COORDINATOR,
    COORDINATORS,
    EVERYBODY,
    GATHERERS,
    PARTNERS,
    PLANNERS,
    SECRETARIAT,
    SIGNED_IN,
)
from tests.access.rules import Table, button, file, form, page

OFFICE: Table = {
    "office:today": page(SIGNED_IN),
    # Counts of her own scopes stand there; no role, no box.
    "office:outbox": page(PLANNERS),
    # Shows and releases her own messages and no others, whatever the address asks for.
    "office:release": form(PLANNERS),
    # About the selection: the union reads it, but sends only what it gathers by.
    "office:message": page(GATHERERS),
    "office:withdraw": form(COORDINATOR),
    "office:retry": button(COORDINATOR),
    "office:erase": form(COORDINATOR),
    "office:ledger": page(COORDINATORS | AUDITOR),
}

REPORTS: Table = {
    "reports:numbers": page(PARTNERS),
    "reports:numbers_pdf": file(PARTNERS),
    "reports:people": page(PARTNERS),
    "reports:sessions": page(PARTNERS),
    "reports:cite": form(COORDINATOR),
    "reports:take_out": form(COORDINATOR),
}

DIRECTORY: Table = {
    "directory:index": page(PLANNERS | CITIES),
    "directory:territories": page(PLANNERS | CITIES),
    "directory:territory": page(PLANNERS | CITY),
    "directory:add_territory": form(COORDINATORS),
    "directory:change_territory": form(COORDINATORS),
    "directory:add_code": form(COORDINATORS),
    "directory:add_fact": form(COORDINATORS),
    # A city proposes; whoever keeps the directory decides.
    "directory:propose": form(CITY),
    # Each reader sees there what she may decide, or has proposed.
    "directory:corrections": page(PLANNERS | CITIES),
    "directory:correction": form(COORDINATORS),
    "directory:organisations": page(PLANNERS | CITIES),
    "directory:organisation": page(PLANNERS | CITY),
    "directory:add_organisation": form(COORDINATORS),
    "directory:change_organisation": form(COORDINATORS),
    # The union says who belongs to it.
    "directory:add_member": form(COORDINATORS | SECRETARIAT),
    "directory:end_member": form(COORDINATORS | SECRETARIAT),
    "directory:people": page(PLANNERS | CITIES),
    # Somebody who holds no post in either city.
    "directory:person": page(PLANNERS),
}

ACCOUNTS: Table = {
    "accounts:profile": form(SIGNED_IN),
    # Tests run as a demo does; elsewhere it is a 404, see tests/accounts.
    "accounts:demo_sign_in": button(EVERYBODY),
    "accounts:users": page(ADMINISTRATOR),
    "accounts:add_user": form(ADMINISTRATOR),
    "accounts:user": form(ADMINISTRATOR),
    "accounts:change_user": form(ADMINISTRATOR),
    "accounts:deactivate": form(ADMINISTRATOR),
    "accounts:reactivate": form(ADMINISTRATOR),
    "accounts:end_role": form(ADMINISTRATOR),
}

TABLE: Table = {**OFFICE, **REPORTS, **DIRECTORY, **ACCOUNTS}

"""Today, messages, the ledger, reports, the directory and accounts."""

from mosty.accounts.models import Role
from tests.e2e.pages.page import OPEN, Args, Page, of, programme

_TERRITORY = of(slug="krakow")


TODAY = tuple(Page("office:today", role, variant=role) for role in Role.values)

REPORTS = tuple(
    Page(f"reports:{name}", Role.COORDINATOR, args)
    for name, args in (
        ("numbers", programme),
        ("people", programme),
        ("sessions", programme),
        ("cite", programme),
        ("take_out", lambda a: {**programme(a), "pk": a.cited.pk}),
    )
)

OFFICE = tuple(
    Page(f"office:{name}", role, args, query=query)
    for name, role, args, query in (
        ("outbox", Role.COORDINATOR, of(), ""),
        (
            "release",
            Role.COORDINATOR,
            of(),
            f"?scope={OPEN}&kind=nominations.nominated",
        ),
        ("message", Role.COORDINATOR, lambda a: {"pk": a.message.pk}, ""),
        ("withdraw", Role.COORDINATOR, lambda a: {"pk": a.message.pk}, ""),
        ("ledger", Role.AUDITOR, of(), ""),
        ("erase", Role.COORDINATOR, lambda a: {"code": a.nomination.code}, ""),
    )
)

DIRECTORY = (
    Page("directory:propose", Role.CITY, lambda a: {"pk": a.fact.pk}),
    *(
        Page(f"directory:{name}", Role.COORDINATOR, args)
        for name, args in (
            ("index", of()),
            ("territories", of()),
            ("add_territory", of()),
            ("territory", _TERRITORY),
            ("change_territory", _TERRITORY),
            ("add_code", _TERRITORY),
            ("add_fact", of(slug="krakow", topic="experience")),
            ("corrections", of()),
            ("correction", lambda a: {"pk": a.correction.pk}),
            ("organisations", of()),
            ("add_organisation", of()),
            ("organisation", _TERRITORY),
            ("change_organisation", _TERRITORY),
            ("add_member", of(slug="ump")),
            ("end_member", lambda a: {"pk": a.membership.pk}),
            ("people", of()),
            ("person", lambda a: {"code": a.person.code}),
        )
    ),
)

ACCOUNTS = tuple(
    Page(name, Role.ADMINISTRATOR, args)
    for name, args in (
        ("accounts:profile", of()),
        ("accounts:users", of()),
        ("accounts:add_user", of()),
        ("accounts:user", lambda a: {"pk": a.user(Role.CITY).pk}),
        ("accounts:change_user", lambda a: {"pk": a.user(Role.CITY).pk}),
        ("accounts:deactivate", lambda a: {"pk": a.user(Role.CITY).pk}),
        ("accounts:reactivate", lambda a: {"pk": a.user(Role.CITY).pk}),
        ("accounts:end_role", lambda a: {"pk": a.user(Role.CITY).held[0].pk}),
        ("account_logout", of()),
        ("account_set_password", of()),
        ("mfa_index", of()),
        ("usersessions_list", of()),
    )
)

PAGES = (
    *TODAY,
    *REPORTS,
    *OFFICE,
    *DIRECTORY,
    *ACCOUNTS,
    Page("office:outbox", Role.PARTNER, variant="counts"),
)

# Wide tables, pictures, long forms, and what people open on a phone.
SMALL = {
    "office-today-coordinator",
    "office-today-city",
    "directory-territory",
}
# What is there for buttons to send to, for programs to read or for people to keep.
NO_PAGES: dict[str, Args] = {
    "accounts:demo_sign_in": lambda a: {"pk": a.user(Role.CITY).pk},
    "office:retry": lambda a: {"pk": a.message.pk},
    "reports:numbers_pdf": programme,
}

"""Certificates, and the page that checks one."""

from collections.abc import Mapping
from typing import Any

from mosty.accounts.models import Role
from mosty.training.models import Logo
from tests.e2e.academy import Academy
from tests.e2e.pages.page import Args, Page, held_key, of


def _certificate(state: str) -> Args:
    return lambda academy: {"serial": academy.certificate(state).serial}


def _certified(academy: Academy) -> Mapping[str, Any]:
    code = academy.certificate("issued").offer.code
    return {"token": academy.token("course", code)}


def _logo(academy: Academy) -> Mapping[str, Any]:
    logo = Logo.objects.select_related("design", "picture").earliest("pk")
    return {"pk": logo.design.course_id, "digest": logo.picture.digest}


PAGES = (
    Page("training:check_form"),
    Page("training:check", args=_certificate("issued")),
    Page("training:check", args=_certificate("shown"), variant="shown"),
    Page("training:check", args=_certificate("revoked"), variant="revoked"),
    Page("training:check", args=of(serial="2026-BBBB-BBBBB"), variant="unknown",
         status=404),
    Page("training:link_certificate", args=_certified),
    *(
        Page("training:certificates", role, held_key, variant=role)
        for role in (Role.COORDINATOR, Role.TRAINER, Role.CITY)
    ),
    Page("training:certificate_design", Role.COORDINATOR, held_key),
    Page("training:certificate_exception", Role.COORDINATOR,
         lambda a: {**held_key(a), "code": a.incomplete.code}),
    Page("training:issuing", Role.COORDINATOR, lambda a: {"pk": a.issuing.pk}),
    Page("training:certificate", Role.COORDINATOR, _certificate("issued")),
    Page("training:certificate", Role.COORDINATOR, _certificate("revoked"), "revoked"),
    Page("training:revoke", Role.COORDINATOR, _certificate("issued")),
    Page("training:reissue", Role.COORDINATOR, _certificate("issued")),
)  # fmt: skip
# What is there for buttons to send to, for programs to read or for people to keep.
NO_PAGES: dict[str, Args] = {
    "badge_issuer": of(),
    "badge_keys": of(),
    "badge_status": of(number=0),
    "training:cancel_issuing": lambda a: {"pk": a.issuing.pk},
    "training:certificate_logo": _logo,
    "training:certificate_logos": held_key,
    "training:certificate_pdf": _certificate("issued"),
    "training:certificates_zip": held_key,
    "training:issue": held_key,
    "training:link_badge": _certified,
    "training:link_badge_png": _certified,
    "training:link_certificate_pdf": _certified,
    "training:specimen": held_key,
}

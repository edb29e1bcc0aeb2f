"""What a certificate says, put together once and then kept as it is."""

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import rfc8785
from i18nfield.strings import LazyI18nString

from mosty.nominations.models import Nomination
from mosty.programmes.models import Course, Partnership
from mosty.training.models import CertificateDesign

# Of what is kept; raised where its form changes, so that old ones are still read.
VERSION = 1
Content = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Frame:
    """What all certificates of a course say."""

    languages: Sequence[str]
    common: Content

    def content(
        self, nomination: Nomination, *, minutes: int, of: int, name: str = ""
    ) -> Content:
        """Return what the certificate of one person says; her own language first."""
        languages = sorted(self.languages, key=lambda code: code != nomination.language)
        return {
            **self.common,
            "languages": languages,
            "name": name or str(nomination),
            "is_fictional": nomination.is_fictional,
            "minutes": minutes,
            "of_minutes": of,
        }


def frame(design: CertificateDesign) -> Frame:
    """Return what all certificates of this design say; three queries."""
    course, codes = design.course, list(design.languages)
    coordinator = (
        course.programme.partnerships.filter(role=Partnership.Role.COORDINATOR)
        .select_related("organisation")
        .first()
    )
    issuer = coordinator.organisation.name if coordinator else course.programme.name
    return Frame(
        codes,
        {
            "version": VERSION,
            "course": in_all(course.title, codes),
            "programme": in_all(course.programme.name, codes),
            "issuer": in_all(issuer, codes),
            "place": in_all(course.place, codes),
            "starts_on": _day(course.starts_on),
            "ends_on": _day(course.ends_on),
            "is_illustrative": course.is_illustrative,
            "address": _address(course),
            "outcomes": {
                code: lines(said) for code, said in _own(design.outcomes, codes).items()
            },
            "signatories": [
                {
                    "name": one.name,
                    "function": in_all(one.function, codes),
                    "organisation": in_all(one.organisation, codes),
                }
                for one in design.signatories.all()
            ],
            "logos": [
                {"name": logo.name, "digest": logo.picture.digest}
                for logo in design.logos.select_related("picture").defer(
                    "picture__content"
                )
            ],
        },
    )


def digest(content: Content) -> str:
    """Return the SHA-256 of what a certificate says, in canonical form."""
    return hashlib.sha256(rfc8785.dumps(content)).hexdigest()


def in_all(text: object, codes: Sequence[str]) -> dict[str, str]:
    """Return ``text`` in each of the languages; where it is not written, in another."""
    if isinstance(text, LazyI18nString):
        return {code: text.localize(code) for code in codes}
    return dict.fromkeys(codes, str(text or ""))


def _own(text: object, codes: Sequence[str]) -> dict[str, str]:
    """Return ``text`` only in those of the languages in which it is written."""
    data: Mapping[str, str] = getattr(text, "data", None) or {}
    if not isinstance(data, Mapping):
        return {codes[0]: str(data)}
    return {code: data[code] for code in codes if data.get(code)}


def lines(said: str) -> list[str]:
    """Return the lines of a text that say something."""
    return [line.strip() for line in said.splitlines() if line.strip()]


def _day(day: Any) -> str:
    return day.isoformat() if day else ""


def _address(course: Course) -> str:
    return f"{course.programme.slug}/courses/{course.slug}"

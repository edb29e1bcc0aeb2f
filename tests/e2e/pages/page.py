"""What a page of the table is, and what several areas look at."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils import translation

from tests.e2e.academy import Academy

OPEN = "trial-course"
DONE = "partnerships"
Args = Callable[[Academy], Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``role`` is empty for somebody who is not signed in."""

    name: str
    role: str = ""
    args: Args = lambda academy: {}
    # Tells pages of one name apart, such as a link's before and after the answer.
    variant: str = ""
    query: str | Callable[[Academy], str] = ""
    status: int = 200
    # In five languages, at addresses that begin with them: see mosty.ui.everyone.
    for_everyone: bool = False

    @property
    def key(self) -> str:
        """Return what names the page in a test or a picture's file."""
        return "-".join(filter(None, (self.name.replace(":", "-"), self.variant)))

    def path(self, academy: Academy, language: str) -> str:
        """Return the page's address in ``language``."""
        with translation.override(language):
            named = {"language": language} if self.for_everyone else {}
            path = reverse(self.name, kwargs={**self.args(academy), **named})
        return path + (
            self.query if isinstance(self.query, str) else self.query(academy)
        )


def of(**fixed: Any) -> Args:
    return lambda academy: fixed


def programme(academy: Academy) -> Mapping[str, Any]:
    return {"programme": academy.programme.slug}


def course(academy: Academy) -> Mapping[str, Any]:
    return {**programme(academy), "course": DONE}


def held_key(academy: Academy) -> Mapping[str, Any]:
    return {"pk": academy.material.course_id}

"""Documents of tests, and asking the search without its page."""

from typing import Any

from django.contrib.auth.models import AnonymousUser

from mosty.accounts.policies import Viewer
from mosty.engines.search.asked import parse
from mosty.library import policies
from mosty.library.actions import search
from mosty.library.models import Sort
from mosty.library.queries.search.answering import answer
from mosty.library.queries.search.finding import Chosen, Found
from mosty.library.queries.search.question import Question, look_up
from mosty.library.sources import Document, Text


def ask(
    typed: str, user: Viewer | None = None, **filters: tuple[str, ...] | tuple[int, ...]
) -> tuple[Question, Found]:
    """Return what somebody meant by ``typed``, and what answers it."""
    asked = parse(typed)
    among = policies.documents_visible_to(user or AnonymousUser())
    return answer(asked, look_up(asked), among, Chosen(**filters))


def asked(typed: str) -> int:
    """Return how many documents answer ``typed``."""
    return ask(typed)[1].total


def put(key: str, language: str, title: str, summary: str = "", **fields: Any) -> None:
    """Let a practice be found, or what ``fields`` say that it is."""
    search.index(
        Document(
            fields.pop("kind", Sort.PRACTICE),
            key,
            f"/en/library/{key}/",
            (Text(language, title, summary),),
            **fields,
        )
    )

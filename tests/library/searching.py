"""Asking the search without its page."""

from django.contrib.auth.models import AnonymousUser

from mosty.accounts.policies import Viewer
from mosty.engines.search.asked import parse
from mosty.library import policies
from mosty.library.queries.search.answering import answer
from mosty.library.queries.search.finding import Chosen, Found
from mosty.library.queries.search.question import Question, look_up


def ask(
    typed: str, user: Viewer | None = None, **filters: tuple[str, ...] | tuple[int, ...]
) -> tuple[Question, Found]:
    """Return what somebody meant by ``typed``, and what answers it."""
    asked = parse(typed)
    among = policies.documents_visible_to(user or AnonymousUser())
    return answer(asked, look_up(asked), among, Chosen(**filters))

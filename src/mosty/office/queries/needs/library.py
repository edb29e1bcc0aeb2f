"""What waits in the library: reviews, decisions, translations that fell behind."""

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.accounts.models import User
from mosty.library.queries import desk, keeping
from mosty.office.queries.needs.need import Need


def reviews(user: User, now: datetime) -> Iterator[Need]:
    """Yield what the user is asked to review."""
    if count := desk.open_reviews(user).count():
        yield Need(
            count,
            ngettext(
                "practice waits for your review",
                "practices wait for your review",
                count,
            ),
            reverse("library:desk"),
            _("Review"),
        )


def decisions(user: User, now: datetime) -> Iterator[Need]:
    """Yield practices on which all who were asked have given their reviews."""
    if count := desk.to_decide().count():
        yield Need(
            count,
            ngettext(
                "practice waits for your decision, or for reviewers",
                "practices wait for your decision, or for reviewers",
                count,
            ),
            reverse("library:desk"),
            _("Open the library"),
        )


def editions(user: User, now: datetime) -> Iterator[Need]:
    """Yield versions of tools that wait for approval, and translations behind."""
    tools = keeping.kept(user)
    if waiting := sum(tool.waiting for tool in tools):
        yield Need(
            waiting,
            ngettext(
                "version of a tool waits for approval",
                "versions of tools wait for approval",
                waiting,
            ),
            reverse("library:desk"),
            _("Open the library"),
        )
    if behind := sum(tool.behind for tool in tools if not tool.retired):
        yield Need(
            behind,
            ngettext(
                "translation is behind its source",
                "translations are behind their source",
                behind,
            ),
            reverse("library:desk"),
            _("Open the library"),
        )

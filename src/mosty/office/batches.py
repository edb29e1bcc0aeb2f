"""Which messages leave together."""

from dataclasses import dataclass

from django.db.models import QuerySet

from mosty.outbox.models import Message


@dataclass(frozen=True, slots=True)
class Batch:
    """
    Messages that are to leave together: picked ones, or all of one kind of one call.

    ``up_to`` is the newest that was there at the look, so that none leaves unread.
    """

    picked: tuple[int, ...] = ()
    kind: str = ""
    scope: str = ""
    up_to: int | None = None

    def of(self, messages: QuerySet[Message]) -> QuerySet[Message]:
        """Return those of ``messages`` that wait to be read and belong to the batch."""
        waiting = messages.filter(state=Message.State.DRAFT)
        if self.picked:
            return waiting.filter(pk__in=self.picked)
        of_kind = waiting.filter(kind=self.kind, scope=self.scope)
        return of_kind.filter(pk__lte=self.up_to) if self.up_to else of_kind

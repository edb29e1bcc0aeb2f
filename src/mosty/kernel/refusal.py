"""What an action answers when the time or the state is wrong, in words for people."""

from collections.abc import Mapping


class Refusal(Exception):
    """
    Base of every ``CannotX``: the act is not possible now, and the text says why.

    ``fields`` maps form fields to sentences where the reason lies in one of them.
    """

    def __init__(
        self, sentence: object, *, fields: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.fields = dict(fields or {})

    def __str__(self) -> str:
        return str(self.sentence)

"""Letters before they are in the outbox: what is written, and to whom."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.utils import translation
from django.utils.translation import gettext_lazy as _

from mosty.kernel.refusal import Refusal
from mosty.outbox import text
from mosty.outbox.models import Link


class CannotSend(Refusal):
    """The message has a gap, or is not in a state for what is asked of it."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """To whom, and in which language."""

    name: str
    email: str
    language: str


@dataclass(frozen=True, slots=True)
class Letter:
    """
    What is written to one person or to many; made once for each language.

    ``template`` names a text template whose first line is the subject. It writes
    ``{{ link }}`` where the reader's own link belongs, and may name her as
    ``{{ to.name }}`` and ``{{ to.email }}``, just as they are.
    """

    kind: str
    template: str
    context: Mapping[str, object]
    scope: str = ""
    reply_to: str = ""
    _forms: dict[str, str] = field(
        default_factory=dict, init=False, repr=False, compare=False
    )

    def written_to(self, to: Recipient, *, with_link: bool) -> tuple[str, str]:
        """
        Return the subject and the text for one person, whose language is known here.

        :raises CannotSend: if the template asks for what ``context`` does not hold, or
            has a place for a link that there is not, or none for one that there is.
        """
        form = self._forms.get(to.language)
        if form is None:
            form = self._forms[to.language] = self._form(to.language)
        subject, _newline, body = form.partition("\n")
        if (text.LINK in body) != with_link or text.LINK in subject:
            raise CannotSend(
                _("The personal link is missing from the message, or too many.")
            )
        return text.fill(subject, to).strip()[:250], text.fill(body, to).strip() + "\n"

    def _form(self, language: str) -> str:
        anybody = Recipient(text.NAME, text.EMAIL, language)
        with translation.override(language):
            written = text.render(
                self.template, {**self.context, "link": text.LINK, "to": anybody}
            )
        if gaps := text.gaps(written):
            raise CannotSend(
                _("The message has a place that was not filled in: %(place)s")
                % {"place": gaps[0]}
            )
        return written.strip()


@dataclass(frozen=True, slots=True)
class Copy:
    """One person's copy of a letter; the same ``key`` again is the same message."""

    letter: Letter
    key: str
    to: Recipient
    link: Link | None = None

"""The messages to everybody whom a file nominates: the same letter, in few statements."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from mosty.directory.models import Organisation
from mosty.kernel import tokens
from mosty.nominations.actions.imports.files import CannotImport
from mosty.nominations.actions.letters import CONFIRM_FOR, NAME, about
from mosty.nominations.models import Call, Nomination
from mosty.outbox import text
from mosty.outbox.actions import Recipient
from mosty.outbox.models import Link, Message

_BATCH = 500
_TEMPLATE = "nominations/mail/nominated.txt"
# Private characters, which no name can have: they are cleaned away where it is read.
_NAME, _EMAIL = "\ue000", "\ue001"


def put_nominated(
    *, call: Call, nominations: Sequence[Nomination], now: datetime
) -> None:
    """
    Put into the outbox, for somebody to read first, what ``letters.nominated`` writes.

    Only for nominations that were never submitted before: none of them has a link.
    """
    expires_at = call.closes_at + CONFIRM_FOR
    forms = _Forms(call, expires_at)
    for start in range(0, len(nominations), _BATCH):
        batch = nominations[start : start + _BATCH]
        links = Link.objects.bulk_create(
            [_link(nomination, now, expires_at) for nomination in batch]
        )
        Message.objects.bulk_create(
            [
                _message(call, nomination, link, forms, now)
                for nomination, link in zip(batch, links, strict=True)
            ]
        )


def _link(nomination: Nomination, now: datetime, expires_at: datetime) -> Link:
    nonce = tokens.new_nonce()
    return Link(
        purpose=Link.Purpose.CONFIRM,
        subject=nomination.code,
        nonce=nonce,
        digest=tokens.digest(tokens.derive(nonce)),
        created_at=now,
        expires_at=expires_at,
    )


class _Forms:
    """The letter for each city and language, written once, with gaps for the person."""

    def __init__(self, call: Call, expires_at: datetime) -> None:
        until = call.course.programme.local(expires_at - timedelta(minutes=1))
        self._context = {**about(call), "again": False, "answer_until": until}
        self._written: dict[tuple[int, str], str] = {}

    def write(self, nomination: Nomination, to: Recipient) -> str:
        """
        Return the letter to one person.

        :raises CannotImport: if the template asks for what nobody gives it.
        """
        key = nomination.organisation_id, to.language
        if key not in self._written:
            self._written[key] = self._form(nomination.organisation, to.language)
        return self._written[key].replace(_NAME, to.name).replace(_EMAIL, to.email)

    def _form(self, city: Organisation, language: str) -> str:
        anybody = Recipient(_NAME, _EMAIL, language)
        with translation.override(language):
            written = text.render(
                _TEMPLATE,
                {**self._context, "city": city, "link": text.LINK, "to": anybody},
            )
        if text.gaps(written) or text.LINK not in written.partition("\n")[2]:
            raise CannotImport(
                _("The message to the nominees has a place that was not filled in.")
            )
        return written.strip()


def _message(
    call: Call, nomination: Nomination, link: Link, forms: _Forms, now: datetime
) -> Message:
    # A name in braces would read as a place that nobody filled in.
    name = str(nomination).translate({ord("{"): "(", ord("}"): ")"})[:NAME]
    known = nomination.language in dict(settings.LANGUAGES)
    to = Recipient(name, nomination.email, nomination.language if known else "en")
    subject, _newline, body = forms.write(nomination, to).partition("\n")
    return Message(
        key=f"nominations.nominated:{nomination.code}:{link.pk}",
        kind="nominations.nominated",
        scope=call.slug,
        to_name=to.name,
        to_email=to.email,
        reply_to=call.contact_email,
        language=to.language,
        subject=subject.strip()[:250],
        body=body.strip() + "\n",
        link=link,
        created_at=now,
    )

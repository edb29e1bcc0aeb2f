"""How far the worker is with the certificates of a course."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from mosty.kernel import jobs
from mosty.training.models import Issuing
from mosty.training.queries.certificates import failure_words


@dataclass(frozen=True, slots=True)
class IssuingPage:
    """What the page of an issuing shows."""

    issuing: Issuing
    sentence: str
    # Tells whether what is shown changed.
    mark: str


def issuing_page(issuing: Issuing, now: datetime) -> IssuingPage:
    """Return how far ``issuing`` is; one query more while it is live."""
    sentence = _sentence(issuing, now)
    return IssuingPage(
        issuing, sentence, f"{issuing.state}-{issuing.issued}-{sentence}"
    )


def _sentence(issuing: Issuing, now: datetime) -> str:
    match issuing.state:
        case Issuing.State.RUNNING if issuing.cancel_asked:
            return _("It is being cancelled. Certificates that were issued stay.")
        case Issuing.State.RUNNING if jobs.is_forsaken(issuing.job, now):
            return _("It was interrupted, and goes on by itself within five minutes.")
        case Issuing.State.WAITING:
            return _("Issuing waits for its turn.")
        case Issuing.State.RUNNING:
            return _("Certificates are being issued.")
        case Issuing.State.FAILED:
            return failure_words(issuing)
        case Issuing.State.CANCELLED:
            return _("Cancelled. Certificates that were issued stay.")
    return _("Done. Read the letters in the outbox, and let them leave.")

"""Messages and links. A message changes only through :mod:`mosty.outbox.actions`."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.kernel import tokens


class Link(models.Model):
    """
    What lets a person without an account do one thing, until a moment.

    The token itself is never stored: it is derived from ``nonce`` when the message
    leaves, and found again by ``digest``.
    """

    class Purpose(models.TextChoices):
        NOMINATE = "nominate", _("Nominate for a city")
        CONFIRM = "confirm", _("Confirm a nomination")
        OFFER = "offer", _("Answer an offer")
        TAKE_PART = "course", _("Take part in a course")
        CALENDAR = "calendar", _("Read a calendar")
        FEEDBACK = "feedback", _("Give feedback")
        PRACTICE = "practice", _("Confirm a good practice")
        PLAN = "plan", _("Say how a plan goes")

    purpose = models.CharField(max_length=20, choices=Purpose)
    # Code of what it opens: a nomination, an offer, an invitation.
    subject = models.CharField(max_length=60)
    nonce = models.BinaryField(default=tokens.new_nonce)
    digest = models.BinaryField(unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("link")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(expires_at__gt=models.F("created_at")),
                name="link_expires_after_creation",
            ),
            models.UniqueConstraint(
                fields=["purpose", "subject"],
                condition=Q(revoked_at__isnull=True),
                name="link_one_live_per_subject",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} {self.subject}"

    @property
    def token(self) -> str:
        """Return what the address ends with. Never store or log it."""
        return tokens.derive(bytes(self.nonce))

    @property
    def ledger_key(self) -> str:
        """Return what names the holder of this link in the ledger."""
        return f"link:{self.purpose}:{self.subject}"

    @property
    def ledger_label(self) -> str:
        """Return what a reader of the ledger sees."""
        return f"{self.purpose} link {self.subject}"


class Message(models.Model):
    """One message to one person, in her language."""

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("message", "to be read")
        RELEASED = "released", pgettext_lazy("message", "leaving")
        SENT = "sent", pgettext_lazy("message", "sent")
        FAILED = "failed", pgettext_lazy("message", "not delivered")
        WITHDRAWN = "withdrawn", pgettext_lazy("message", "withdrawn")

    # Says what it is about and to whom: the same act twice makes one message.
    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=40)
    scope = models.CharField(max_length=120, blank=True)
    to_name = models.CharField(pgettext_lazy("message", "to"), max_length=200)
    to_email = models.EmailField()
    reply_to = models.EmailField(blank=True)
    language = models.CharField(max_length=10)
    subject = models.CharField(_("subject"), max_length=250)
    # The place of the link is written {link}; the address is put in as it leaves.
    body = models.TextField(_("text"))
    link = models.ForeignKey(
        Link, models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=12, choices=State, default=State.DRAFT)
    created_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.CharField(max_length=300, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    fault = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name = _("message")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state__in=["released", "sent", "failed"])
                | Q(released_at__isnull=False),
                name="message_left_was_released",
            ),
            models.CheckConstraint(
                condition=~Q(state="sent") | Q(sent_at__isnull=False),
                name="message_sent_has_time",
            ),
            models.CheckConstraint(
                condition=Q(link__isnull=True) | Q(body__contains="{link}"),
                name="message_shows_its_link",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "kind", "id"], name="message_by_state"),
            models.Index(fields=["scope", "state"], name="message_by_scope"),
        ]

    def __str__(self) -> str:
        return self.key

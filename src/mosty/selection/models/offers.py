"""Seats and the offers of them. More live offers than seats cannot be stored."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.kernel.tokens import new_code
from mosty.nominations.models import Call, Nomination


class Seat(models.Model):
    """One of a call's seats; there are as many rows as the rules have seats."""

    call = models.ForeignKey(Call, models.CASCADE, related_name="+")
    number = models.PositiveSmallIntegerField()

    class Meta:
        verbose_name = _("seat")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["call", "number"], name="seat_once"),
            models.CheckConstraint(condition=Q(number__gte=1), name="seat_from_one"),
        ]

    def __str__(self) -> str:
        return f"{self.call_id}/{self.number}"


class Offer(models.Model):
    """
    One seat offered to one nominee, until a moment.

    ``state`` changes only through :mod:`mosty.selection.actions`.
    """

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("offer", "waits for an answer")
        ACCEPTED = "accepted", pgettext_lazy("offer", "accepted")
        DECLINED = "declined", pgettext_lazy("offer", "declined")
        EXPIRED = "expired", pgettext_lazy("offer", "expired")
        WITHDRAWN = "withdrawn", pgettext_lazy("offer", "withdrawn")

    code = models.CharField(
        max_length=12, unique=True, default=new_code, editable=False
    )
    seat = models.ForeignKey(Seat, models.PROTECT, related_name="offers")
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State, default=State.OPEN)
    # The offer whose seat this one passes on.
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Who was passed over on the reserve list and why: codes and parameters.
    passed_over = models.JSONField(default=list)
    # When it ended, nobody on the reserve list could take its seat: who, and why.
    none_fits = models.JSONField(default=list)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    # Kept when the seat is given back: other draws ask who had a seat at a moment.
    accepted_at = models.DateTimeField(null=True, blank=True)
    # Its seat could not be passed on by the calculation, and waits for a person.
    waits_since = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, max_length=2000)

    class Meta:
        verbose_name = _("offer")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(state__in=["open", "accepted"]),
                name="offer_seat_taken_once",
            ),
            models.UniqueConstraint(
                fields=["nomination"],
                condition=Q(state__in=["open", "accepted"]),
                name="offer_one_live_per_nominee",
            ),
            models.CheckConstraint(
                condition=Q(expires_at__gt=F("made_at")), name="offer_expires_later"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(answered_at__isnull=False),
                name="offer_ended_has_time",
            ),
            models.CheckConstraint(
                condition=Q(waits_since__isnull=True)
                | ~Q(state__in=["open", "accepted"]),
                name="offer_live_has_its_seat",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "expires_at"], name="offer_by_expiry"),
        ]

    def __str__(self) -> str:
        return self.code

    @property
    def is_live(self) -> bool:
        """Test if the seat is offered to this person now, or hers."""
        return self.state in (self.State.OPEN, self.State.ACCEPTED)

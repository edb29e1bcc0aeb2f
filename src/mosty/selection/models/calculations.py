"""A draw, a trial or a repetition that somebody has asked for and the worker makes."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.nominations.models import Call, RulesVersion
from mosty.selection.models.runs import Run


class Calculation(models.Model):
    """
    One asking, and what came of it: a run, an answer, or why there is neither.

    A draw or a trial ends with its own ``run``. Solving a run again is ``about`` that
    run, and ends with an ``answer``; so does the making of a numbered list.

    ``state`` changes only through :mod:`mosty.selection.actions.calculations`; while it
    runs, the worker writes ``step`` and ``number`` on their own.
    """

    class State(models.TextChoices):
        WAITING = "waiting", pgettext_lazy("calculation", "waiting")
        RUNNING = "running", pgettext_lazy("calculation", "running")
        DONE = "done", pgettext_lazy("calculation", "done")
        FAILED = "failed", pgettext_lazy("calculation", "failed")
        CANCELLED = "cancelled", pgettext_lazy("calculation", "cancelled")

    class Kind(models.TextChoices):
        DRAW = "draw", pgettext_lazy("run", "draw")
        WHAT_IF = "what_if", pgettext_lazy("run", "what if")
        NUMBERS = "numbers", pgettext_lazy("run", "numbered list")
        AGAIN = "again", pgettext_lazy("run", "solved again")

    LIVE = (State.WAITING, State.RUNNING)

    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=10, choices=Kind)
    state = models.CharField(max_length=10, choices=State, default=State.WAITING)
    # As they stood when it was asked for: a draw by other rules is not what was meant.
    rules_version = models.ForeignKey(RulesVersion, models.PROTECT, related_name="+")
    # A trial's own; a draw's are those of the version.
    rules = models.JSONField()
    asker_key = models.CharField(max_length=120)
    asked_by = models.CharField(max_length=300)
    asked_at = models.DateTimeField()
    # What a run keeps in words, such as the source of the seed, is kept in this one.
    language = models.CharField(max_length=10)
    # The job in the queue, which tells whether its worker is still there.
    job = models.BigIntegerField(null=True, blank=True)
    begun_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    step = models.CharField(max_length=20, blank=True)
    number = models.PositiveIntegerField(default=0)
    cancel_asked = models.BooleanField(default=False)
    # A code and parameters; words are made from them in the reader's language.
    failure = models.CharField(max_length=20, blank=True)
    failure_params = models.JSONField(default=dict)
    run = models.OneToOneField(
        Run, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # The run that is solved again.
    about = models.ForeignKey(
        Run, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Where the run differs from its repetition; or the digest of the numbered list.
    answer = models.JSONField(null=True, blank=True)

    class Meta:
        verbose_name = _("calculation")
        ordering: ClassVar = ["-asked_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(kind="draw", state__in=["waiting", "running"]),
                name="calculation_one_live_draw",
            ),
            # However often somebody tries, she keeps one worker busy, not all.
            models.UniqueConstraint(
                fields=["call", "asker_key"],
                condition=Q(kind="what_if", state__in=["waiting", "running"]),
                name="calculation_one_live_trial",
            ),
            models.UniqueConstraint(
                fields=["call"],
                condition=Q(kind="numbers", state__in=["waiting", "running"]),
                name="calculation_one_live_list",
            ),
            models.UniqueConstraint(
                fields=["asker_key"],
                condition=Q(kind="again", state__in=["waiting", "running"]),
                name="calculation_one_live_repetition",
            ),
            models.CheckConstraint(
                condition=Q(state="done", run__isnull=False, answer__isnull=True)
                | Q(state="done", run__isnull=True, answer__isnull=False)
                | (~Q(state="done") & Q(run__isnull=True, answer__isnull=True)),
                name="calculation_done_has_result",
            ),
            models.CheckConstraint(
                condition=Q(kind="again", about__isnull=False, run__isnull=True)
                | Q(kind="numbers", about__isnull=True, run__isnull=True)
                | Q(
                    kind__in=["draw", "what_if"],
                    about__isnull=True,
                    answer__isnull=True,
                ),
                name="calculation_again_is_about_a_run",
            ),
            models.CheckConstraint(
                condition=(Q(state="failed") & ~Q(failure=""))
                | (~Q(state="failed") & Q(failure="")),
                name="calculation_failed_says_why",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "running"], ended_at__isnull=True)
                | (~Q(state__in=["waiting", "running"]) & Q(ended_at__isnull=False)),
                name="calculation_ended_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["running", "done"]) | Q(begun_at__isnull=False),
                name="calculation_begun_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.call}, {self.kind}, {self.state}"

    @property
    def is_live(self) -> bool:
        """Test if something may still come of it."""
        return self.state in self.LIVE

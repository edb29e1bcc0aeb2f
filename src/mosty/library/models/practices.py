"""Good practices of cities and their versions. What was published never changes."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.library.models.retiring import retired_has_reason
from mosty.library.models.words import Area, Evidence, Group


class Practice(models.Model):
    """
    What a city does well, through all versions of how it is described.

    Its address and its city never change: others cite it. Written only by
    :mod:`mosty.library.actions`.
    """

    slug = models.SlugField(_("address"), max_length=80, unique=True)
    city = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    created_at = models.DateTimeField()
    # When the city is asked next whether it still holds; set by publishing.
    confirm_on = models.DateField(null=True, blank=True)
    confirmed_on = models.DateField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    retired_by = models.CharField(max_length=300, blank=True)
    retired_reason = models.CharField(_("reason"), max_length=500, blank=True)

    class Meta:
        verbose_name = _("good practice")
        ordering: ClassVar = ["slug"]
        constraints: ClassVar = [
            retired_has_reason("practice_retired_has_reason"),
        ]

    def __str__(self) -> str:
        return self.slug


class PracticeVersion(models.Model):
    """
    One description of a practice.

    Its words change only while it is a draft: what reviewers read is what is published.
    Who must work on it again begins a new version with the same words.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("practice", "draft")
        SUBMITTED = "submitted", pgettext_lazy("practice", "in review")
        RETURNED = "returned", pgettext_lazy("practice", "returned")
        WITHDRAWN = "withdrawn", pgettext_lazy("practice", "withdrawn")
        PUBLISHED = "published", pgettext_lazy("practice", "published")

    practice = models.ForeignKey(Practice, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=State, default=State.DRAFT)
    language = models.CharField(_("language"), max_length=10)
    # Limits in words stand in library.template; a draft may be longer.
    title = models.CharField(_("title"), max_length=400)
    summary = models.TextField(_("summary"), blank=True)
    issue = models.TextField(_("issue and goals"), blank=True)
    how = models.TextField(_("how it works"), blank=True)
    results = models.TextField(_("results"), blank=True)
    evaluation = models.TextField(_("evaluation"), blank=True)
    beneficiaries = models.TextField(_("who benefits"), blank=True)
    funding = models.TextField(_("funding"), blank=True)
    areas = ArrayField(
        models.CharField(max_length=20, choices=Area),
        verbose_name=_("policy areas"),
        default=list,
        blank=True,
    )
    groups = ArrayField(
        models.CharField(max_length=20, choices=Group),
        verbose_name=_("target groups"),
        default=list,
        blank=True,
    )
    place = models.CharField(_("place"), max_length=200, blank=True)
    started_on = models.DateField(_("since"), null=True, blank=True)
    ended_on = models.DateField(_("until"), null=True, blank=True)
    in_trial = models.BooleanField(_("in trial"), default=False)
    evidence = models.CharField(
        _("evidence"), max_length=12, choices=Evidence, default=Evidence.DESCRIBED
    )
    link = models.URLField(_("page of the city"), max_length=500, blank=True)
    # Who may not review it; kept, though accounts come and go.
    author = models.ForeignKey(User, models.PROTECT, related_name="+")
    # Rises with every change: who read an older state writes over nothing.
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.CharField(max_length=300, blank=True)
    decided_reason = models.CharField(_("reason"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("version of a practice")
        ordering: ClassVar = ["practice_id", "-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["practice", "number"], name="practice_version_once"
            ),
            models.UniqueConstraint(
                fields=["practice"],
                condition=Q(state__in=["draft", "submitted"]),
                name="practice_one_open_version",
            ),
            models.CheckConstraint(
                condition=Q(areas__contained_by=Area.values),
                name="practice_areas_known",
            ),
            models.CheckConstraint(
                condition=Q(groups__contained_by=Group.values),
                name="practice_groups_known",
            ),
            models.CheckConstraint(
                condition=Q(evidence__in=Evidence.values),
                name="practice_evidence_known",
            ),
            models.CheckConstraint(
                condition=Q(link="") | Q(link__startswith="https://"),
                name="practice_link_is_https",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("started_on")),
                name="practice_ends_after_it_began",
            ),
            # A draft may lack anything but its title; what reviewers get lacks nothing.
            models.CheckConstraint(
                condition=Q(state__in=["draft", "withdrawn"])
                | (
                    Q(
                        submitted_at__isnull=False,
                        started_on__isnull=False,
                        areas__len__gte=1,
                        groups__len__gte=1,
                    )
                    & ~Q(title="")
                    & ~Q(summary="")
                    & ~Q(issue="")
                    & ~Q(how="")
                    & ~Q(results="")
                    & ~Q(beneficiaries="")
                    & ~Q(place="")
                ),
                name="practice_submitted_is_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["draft", "submitted"], decided_at__isnull=True)
                | (
                    Q(
                        state__in=["returned", "withdrawn", "published"],
                        decided_at__isnull=False,
                    )
                    & ~Q(decided_by="")
                ),
                name="practice_decided_by_somebody",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | ~Q(decided_reason=""),
                name="practice_returned_has_reason",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["state", "practice"], name="practice_by_state"),
        ]

    def __str__(self) -> str:
        return self.title


def label_of(model: type[models.Model], name: str) -> str:
    """Return what a field is called, as the pages name it."""
    field = model._meta.get_field(name)
    return str(getattr(field, "verbose_name", name))

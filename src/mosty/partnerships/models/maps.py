"""Maps of a city's stakeholders, and their frozen versions."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.directory.models import Organisation
from mosty.programmes.models import Course


class Topic(models.TextChoices):
    """What a map is about, in one word that cities share."""

    EDUCATION = "education", _("education")
    WORK = "work", _("work and business")
    HOUSING = "housing", _("housing")
    HEALTH = "health", _("health")
    SOCIAL = "social", _("social assistance")
    INFORMATION = "information", _("information and advice")
    LANGUAGE = "language", _("language courses")
    CULTURE = "culture", _("culture and sport")
    SAFETY = "safety", _("safety and equal treatment")
    PARTICIPATION = "participation", _("taking part in the city's life")
    OTHER = "other", pgettext_lazy("topic", "other")


class TargetGroup(models.TextChoices):
    """For whom an actor works, or whom a map concerns."""

    REFUGEES = "refugees", _("refugees")
    WORKERS = "workers", _("migrant workers")
    STUDENTS = "students", _("foreign students")
    CHILDREN = "children", _("children and young people")
    FAMILIES = "families", _("families")
    WOMEN = "women", _("women")
    OLDER = "older", _("older people")
    DISABLED = "disabled", _("people with disabilities")
    EMPLOYERS = "employers", _("employers")
    RESIDENTS = "residents", _("all residents")


class Visibility(models.TextChoices):
    """Who sees a map; the assessments on it are the city's alone, whatever is chosen."""

    CITY = "city", _("only the city")
    NETWORK = "network", _("the city network, without assessments")


class StakeholderMap(models.Model):
    """
    Who matters for a topic in a city, and how they are tied.

    Written only by :mod:`mosty.partnerships.actions`. The database refuses one of
    anything but a city. Its actors and ties are what the map says now; a version keeps
    what it said on a day.
    """

    city = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(_("title"), max_length=200)
    topic = models.CharField(_("topic"), max_length=20, choices=Topic)
    # Whom it concerns; a group that no actor serves is a gap.
    target_groups = ArrayField(
        models.CharField(max_length=20), default=list, blank=True
    )
    made_on = models.DateField(_("made on"))
    # At which it was made in group work: its participants from the city may write on it.
    course = models.ForeignKey(
        Course, models.PROTECT, null=True, blank=True, related_name="+"
    )
    visibility = models.CharField(
        _("who sees it"), max_length=10, choices=Visibility, default=Visibility.CITY
    )
    # Rises with every change of these fields: who read an older state overwrites nothing.
    revision = models.PositiveIntegerField(default=1)
    created_at = models.DateTimeField()
    created_by = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("stakeholder map")
        ordering: ClassVar = ["-made_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~Q(title=""), name="map_has_a_title"),
            models.CheckConstraint(
                condition=Q(topic__in=Topic.values), name="map_topic_known"
            ),
            models.CheckConstraint(
                condition=Q(visibility__in=Visibility.values),
                name="map_visibility_known",
            ),
            models.CheckConstraint(
                condition=Q(target_groups__contained_by=TargetGroup.values),
                name="map_target_groups_known",
            ),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["visibility"],
                condition=Q(visibility="network"),
                name="map_in_network",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class MapVersion(models.Model):
    """
    What a map said on a day; it never changes, and is never deleted.

    ``content`` is what :mod:`mosty.partnerships.content` writes. The network reads the
    newest version, without its assessments, and never what is being worked on.
    """

    map = models.ForeignKey(StakeholderMap, models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField()
    # The day for which it holds, as the city says.
    day = models.DateField(_("day"))
    note = models.CharField(_("what it is"), max_length=200, blank=True)
    content = models.JSONField()
    frozen_at = models.DateTimeField()
    frozen_by = models.CharField(max_length=300)

    class Meta:
        verbose_name = _("version of a map")
        ordering: ClassVar = ["-number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["map", "number"], name="map_version_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1), name="map_version_from_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.map_id}, {self.number}"

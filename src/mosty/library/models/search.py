"""What can be found, and the words it is made of. Written by ``actions.search`` alone."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from mosty.directory.models import Organisation
from mosty.programmes.models import Course


class Sort(models.TextChoices):
    """What sort of thing a document is, as readers filter by it."""

    PRACTICE = "practice", _("good practice")
    TOOL = "tool", _("tool")
    PLAN = "plan", _("action plan")
    GUIDE = "guide", _("guide")
    COURSE = "course", _("course")
    PROGRAMME = "programme", _("programme")


class Reach(models.TextChoices):
    """Who finds a document. Who that is, ``policies.search`` says."""

    PUBLIC = "public", pgettext_lazy("reach", "everybody")
    NETWORK = "network", pgettext_lazy("reach", "the network of cities")
    COURSE = "course", pgettext_lazy("reach", "a course")
    CITY = "city", pgettext_lazy("reach", "a city")


class SearchDocument(models.Model):
    """
    One document in one language, as search knows it.

    A copy of what its own app keeps: it can be thrown away and made anew.
    """

    kind = models.CharField(max_length=12, choices=Sort)
    # Names it within its kind, in all languages: a slug or a code.
    key = models.CharField(max_length=120)
    language = models.CharField(max_length=10)
    title = models.CharField(max_length=500)
    summary = models.TextField(blank=True)
    body = models.TextField(blank=True)
    # Codes of concepts.
    topics = ArrayField(models.CharField(max_length=60), default=list, blank=True)
    city = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="+"
    )
    day = models.DateField(null=True, blank=True)
    # Without the language: "/practices/…"; of a guide where it can be read.
    path = models.CharField(max_length=500)
    reach = models.CharField(max_length=8, choices=Reach)
    # Of the reach: for whose participants it is.
    course = models.ForeignKey(
        Course, models.CASCADE, null=True, blank=True, related_name="+"
    )
    vector = SearchVectorField()

    class Meta:
        verbose_name = _("document")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["kind", "key", "language"], name="search_document_once"
            ),
            models.CheckConstraint(
                condition=Q(reach__in=Reach.values), name="search_reach_known"
            ),
            models.CheckConstraint(
                condition=~Q(reach="course") | Q(course__isnull=False),
                name="search_course_is_named",
            ),
            models.CheckConstraint(
                condition=~Q(reach="city") | Q(city__isnull=False),
                name="search_city_is_named",
            ),
            models.CheckConstraint(
                condition=(Q(path__startswith="/") & ~Q(path__startswith="//"))
                | Q(kind="guide", path__startswith="https://")
                | Q(kind="guide", path__startswith="http://"),
                name="search_path_is_ours",
            ),
        ]
        indexes: ClassVar = [GinIndex(fields=["vector"], name="search_vector")]

    def __str__(self) -> str:
        return self.title


class KnownWord(models.Model):
    """
    A form that stands in some document, for what is typed with slips or without marks.

    It stays when its last document goes: what is shown of it is asked of the documents
    that the reader may see.
    """

    language = models.CharField(max_length=10)
    # As it is written, in small letters.
    said = models.CharField(max_length=60)
    # Without marks.
    plain = models.CharField(max_length=120, db_collation="C")

    class Meta:
        verbose_name = _("known word")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["plain", "said", "language"], name="known_word_once"
            ),
        ]
        indexes: ClassVar = [
            GinIndex(
                fields=["plain"], opclasses=["gin_trgm_ops"], name="known_word_alike"
            ),
        ]

    def __str__(self) -> str:
        return self.said

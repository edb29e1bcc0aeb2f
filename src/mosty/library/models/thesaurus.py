"""The thesaurus of the field, and the synonyms that editors add. SKOS in six languages."""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Concept(models.Model):
    """
    One thing that the field speaks of, whatever it is called.

    Its code never changes: documents carry it. It is not deleted either, it ends. The
    database refuses a ring of broader ones.
    """

    code = models.SlugField(_("code"), max_length=60, unique=True)
    broader = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="narrower"
    )
    # Ended: no filter, and no help in finding.
    is_used = models.BooleanField(_("in use"), default=True)

    class Meta:
        verbose_name = _("concept")
        ordering: ClassVar = ["code"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(broader__isnull=True) | ~Q(broader=F("id")),
                name="concept_not_broader_than_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Label(models.Model):
    """What a concept is called in a language: one word that is preferred, and others."""

    class Kind(models.TextChoices):
        PREFERRED = "pref", pgettext_lazy("label", "preferred")
        OTHER = "alt", pgettext_lazy("label", "other")

    concept = models.ForeignKey(Concept, models.CASCADE, related_name="labels")
    language = models.CharField(max_length=10)
    kind = models.CharField(max_length=4, choices=Kind)
    text = models.CharField(_("label"), max_length=120)
    # Without marks and in small letters: what makes two labels one.
    plain = models.CharField(max_length=240)
    # Of its words, in their order, those of the base forms.
    keys = ArrayField(models.CharField(max_length=120))

    class Meta:
        verbose_name = _("label")
        ordering: ClassVar = ["concept_id", "language", "-kind", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["concept", "language"],
                condition=Q(kind="pref"),
                name="label_one_preferred",
            ),
            models.UniqueConstraint(
                fields=["language", "plain"], name="label_of_one_concept"
            ),
            models.CheckConstraint(
                condition=Q(keys__len__gte=1), name="label_has_words"
            ),
        ]

    def __str__(self) -> str:
        return self.text


class SynonymSet(models.Model):
    """Words that mean the same in one language; the database asks for two or more."""

    language = models.CharField(_("language"), max_length=10)
    changed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("set of synonyms")
        ordering: ClassVar = ["language", "id"]

    def __str__(self) -> str:
        return f"{self.language} {self.pk}"


class VocabularyStamp(models.Model):
    """
    One row, that changes with every change of the thesaurus or of a synonym.

    The database writes it, whatever program changes them: so a process may keep what it
    has read for as long as the stamp is the same. It is random, since a count that is
    rolled back comes again.
    """

    stamp = models.UUIDField()

    class Meta:
        verbose_name = _("stamp of the vocabulary")

    def __str__(self) -> str:
        return str(self.stamp)


class Synonym(models.Model):
    """One word, or several, of a set."""

    of = models.ForeignKey(SynonymSet, models.CASCADE, related_name="words")
    text = models.CharField(max_length=120)
    plain = models.CharField(max_length=240)
    keys = ArrayField(models.CharField(max_length=120))

    class Meta:
        verbose_name = _("synonym")
        ordering: ClassVar = ["of_id", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["of", "plain"], name="synonym_once_in_set"),
            models.CheckConstraint(
                condition=Q(keys__len__gte=1), name="synonym_has_words"
            ),
        ]

    def __str__(self) -> str:
        return self.text

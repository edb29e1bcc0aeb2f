"""People and the positions they hold."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from mosty.directory.models.organisations import Organisation
from mosty.kernel.names import clean, sort_key
from mosty.kernel.tokens import new_code


class Department(models.TextChoices):
    """Kinds of departments and units that calls speak of."""

    EDUCATION = "education", _("education")
    CULTURE = "culture", _("culture")
    SOCIAL_POLICY = "social_policy", _("social policy")
    NGO = "ngo", _("co-operation with non-governmental organisations")
    INFORMATION = "information", _("information policy")
    EQUALITY = "equality", _("equal treatment")
    POLICE = "police", _("municipal police")
    ASSISTANT = "assistant", _("intercultural assistance")
    SOCIAL_WORK = "social_work", _("social work")
    OTHER = "other", _("another unit")


class Level(models.TextChoices):
    """Levels of positions."""

    SENIOR = "senior", _("senior management")
    MIDDLE = "middle", _("middle level")
    JUNIOR = "junior", _("junior level")


class Gender(models.TextChoices):
    """As stated by or for the person; used only where rules balance it."""

    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    OTHER = "other", _("another gender")
    UNSTATED = "unstated", _("not stated")


class Person(models.Model):
    """
    Somebody with one history over courses and programmes.

    Outside the pages of those who may know, a person goes by ``code``.
    """

    code = models.CharField(
        max_length=12, unique=True, default=new_code, editable=False
    )
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    sort_name = models.CharField(max_length=300, editable=False, db_collation="C")
    email = models.EmailField(_("e-mail"), blank=True)
    gender = models.CharField(
        _("gender"), max_length=10, choices=Gender, default=Gender.UNSTATED
    )
    language = models.CharField(_("language"), max_length=10, default="pl")
    # Demo people carry this mark wherever they are shown.
    fictional = models.BooleanField(_("fictional"), default=False)

    class Meta:
        verbose_name = _("person")
        ordering: ClassVar = ["sort_name", "id"]
        indexes: ClassVar = [models.Index(Lower("email"), name="person_email_lower")]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, with names cleaned and the key by which lists are sorted."""
        self.given_name = clean(self.given_name)
        self.family_name = clean(self.family_name)
        self.sort_name = sort_key(f"{self.family_name} {self.given_name}")
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature


class Position(models.Model):
    """What a person does where, from a day, until a day."""

    person = models.ForeignKey(Person, models.CASCADE, related_name="positions")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(_("position"), max_length=200, blank=True)
    department = models.CharField(_("department"), max_length=20, choices=Department)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("position")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(since__isnull=True)
                | Q(until__isnull=True)
                | Q(until__gte=F("since")),
                name="position_ends_after_it_began",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title or self.department}, {self.organisation}"

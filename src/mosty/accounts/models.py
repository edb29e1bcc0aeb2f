"""Users and the roles they hold. What a role opens is each app's policy."""

from datetime import date
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mosty.directory.models import Organisation, Person
from mosty.kernel.names import sort_key
from mosty.kernel.spans import holding_on


class UserManager(BaseUserManager["User"]):
    """Finds users by e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user with this address."""
        return self.get(email__iexact=username)


class Role(models.TextChoices):
    """What a user may be. Each but auditor and administrator acts for an organisation."""

    COORDINATOR = "coordinator", _("coordinator")
    PARTNER = "partner", _("partner officer")
    SECRETARIAT = "secretariat", _("secretariat")
    CITY = "city", _("city contact")
    TRAINER = "trainer", _("trainer")
    # For the organisation that runs an information point, and for its city.
    WORKER = "worker", _("information-point worker")
    LEAD = "lead", _("information-point lead")
    AUDITOR = "auditor", _("auditor")
    ADMINISTRATOR = "administrator", _("administrator")


# Roles that see the data of people of several cities, and so must sign in with a second
# factor. A trainer has whole rosters; a city's contact has her own city's people only.
STAFF_ROLES = frozenset(Role) - {Role.CITY}


class User(AbstractBaseUser):
    """Somebody who signs in. Nominees need no account: they act through links."""

    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=200)
    sort_name = models.CharField(max_length=300, editable=False, db_collation="C")
    language = models.CharField(_("language"), max_length=10, default="pl")
    person = models.ForeignKey(
        Person, models.SET_NULL, null=True, blank=True, related_name="+"
    )
    is_active = models.BooleanField(_("may sign in"), default=True)
    # Offered for a one-click sign-in, and only where the installation is a demo.
    is_demo = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    # Known of who signed in, see accounts.backends; None: not asked yet.
    has_second_factor: bool | None = None

    objects = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"

    class Meta:
        verbose_name = _("user")
        constraints: ClassVar = [
            models.UniqueConstraint(Lower("email"), name="user_email_once"),
        ]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, with the key by which lists are sorted."""
        self.prepare()
        fields = kwargs.get("update_fields")
        if isinstance(fields, list | tuple | set):
            kwargs["update_fields"] = {*fields, "sort_name"}
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature

    def prepare(self) -> None:
        """Set what depends on the name; for bulk creation too."""
        self.sort_name = sort_key(self.name)

    @property
    def ledger_key(self) -> str:
        """Return what names this user in the ledger."""
        return f"user:{self.pk}"

    @property
    def ledger_label(self) -> str:
        """Return what a reader of the ledger sees."""
        return self.name

    @cached_property
    def held(self) -> tuple["Grant", ...]:
        """Return the grants that hold today; one query, kept for the request."""
        today = timezone.localdate()
        return tuple(
            Grant.objects.filter(user=self)
            .filter(holding_on(today))
            .select_related("organisation")
            .order_by("id")
        )

    def has_role(self, *roles: str) -> bool:
        """Test if the user holds one of ``roles`` today."""
        return any(grant.role in roles for grant in self.held)

    def acts_for(self, *roles: str) -> frozenset[int]:
        """Return the keys of the organisations for which the user holds one of ``roles``."""
        return frozenset(
            grant.organisation_id
            for grant in self.held
            if grant.role in roles and grant.organisation_id is not None
        )


class Grant(models.Model):
    """That a user holds a role for an organisation, from a day, until a day."""

    user = models.ForeignKey(User, models.CASCADE, related_name="grants")
    role = models.CharField(_("role"), max_length=20, choices=Role)
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("for"),
    )
    since = models.DateField(_("since"), null=True, blank=True)
    until = models.DateField(_("until"), null=True, blank=True)

    class Meta:
        verbose_name = _("role")
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=Q(
                    role__in=["auditor", "administrator"], organisation__isnull=True
                )
                | (
                    ~Q(role__in=["auditor", "administrator"])
                    & Q(organisation__isnull=False)
                ),
                name="grant_names_its_organisation",
            ),
            models.CheckConstraint(
                condition=Q(since__isnull=True)
                | Q(until__isnull=True)
                | Q(until__gte=F("since")),
                name="grant_ends_after_it_began",
            ),
            models.UniqueConstraint(
                fields=["user", "role", "organisation"],
                condition=Q(until__isnull=True),
                nulls_distinct=False,
                name="grant_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}, {self.organisation or '–'}"

    def holds_on(self, day: date) -> bool:
        """Test if the role is held on ``day``."""
        return (self.since is None or self.since <= day) and (
            self.until is None or day <= self.until
        )

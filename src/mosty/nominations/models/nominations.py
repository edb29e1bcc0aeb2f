"""A nomination, the nominee's needs, comments, and pairs that may be one person."""

from typing import ClassVar

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from mosty.directory.models import Department, Gender, Level, Organisation, Person
from mosty.kernel.names import clean, fold, sort_key
from mosty.kernel.tokens import new_code
from mosty.nominations.models.calls import Call

# What stands for a person whose data is erased, beside the nomination's code; a host
# that no address can have (RFC 2606).
ERASED_NAME = "N.N."
ERASED_HOST = "erased.invalid"


class Nomination(models.Model):
    """
    One city's request that one person attend the course of a call.

    Holds the person as nominated; ``person`` is set when she takes a seat. States
    change only through :mod:`mosty.nominations.actions`. Away from those who may know
    the name, the nomination goes by ``code``.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        SUBMITTED = "submitted", _("submitted")
        WITHDRAWN = "withdrawn", _("withdrawn")

    class Answer(models.TextChoices):
        PENDING = "pending", _("not answered yet")
        CONFIRMED = "confirmed", _("confirmed")
        DECLINED = "declined", _("declined")

    class Source(models.TextChoices):
        FORM = "form", _("form")
        IMPORT = "import", _("import")

    code = models.CharField(
        max_length=12, unique=True, default=new_code, editable=False
    )
    call = models.ForeignKey(Call, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", verbose_name=_("city")
    )
    given_name = models.CharField(_("given name"), max_length=100)
    family_name = models.CharField(_("family name"), max_length=100)
    sort_name = models.CharField(max_length=300, editable=False, db_collation="C")
    # The folded words of the name in order: "anna kowalska" is "kowalska anna" here.
    name_key = models.CharField(max_length=220, editable=False)
    # Code, address and folded name: what the list's search looks into.
    search = models.CharField(max_length=600, editable=False)
    email = models.EmailField(_("e-mail"))
    gender = models.CharField(
        _("gender"), max_length=10, choices=Gender, default=Gender.UNSTATED
    )
    language = models.CharField(_("language of messages"), max_length=10, default="pl")
    position = models.CharField(_("position"), max_length=200, blank=True)
    department = models.CharField(_("department"), max_length=20, choices=Department)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    in_post_since = models.DateField(_("in this post since"), null=True, blank=True)
    motivation = models.TextField(_("why this person"), max_length=2000, blank=True)
    # The city's own order, 1 first; it decides nothing between cities.
    preference = models.PositiveSmallIntegerField(_("city's order"), default=1)
    state = models.CharField(
        _("state"), max_length=10, choices=State, default=State.DRAFT
    )
    source = models.CharField(max_length=10, choices=Source, default=Source.FORM)
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    answer = models.CharField(
        _("nominee's answer"), max_length=10, choices=Answer, default=Answer.PENDING
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    notice_version = models.PositiveSmallIntegerField(null=True, blank=True)
    # The secretariat has looked and lets it pass to the selection.
    checked_at = models.DateTimeField(null=True, blank=True)
    is_fictional = models.BooleanField(default=False)
    person = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Then the person's data was emptied; draws and seats keep the code.
    erased_at = models.DateTimeField(null=True, blank=True)
    # What the form carries, so that sending it twice nominates once.
    form_key = models.UUIDField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("nomination")
        ordering: ClassVar = ["sort_name", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False),
                name="nomination_submitted_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(state="withdrawn") | Q(withdrawn_at__isnull=False),
                name="nomination_withdrawn_has_time",
            ),
            models.CheckConstraint(
                condition=Q(answer="pending")
                | (Q(answered_at__isnull=False) & Q(notice_version__isnull=False)),
                name="nomination_answer_saw_a_notice",
            ),
            models.CheckConstraint(
                condition=Q(preference__gte=1), name="nomination_preference_from_one"
            ),
            models.CheckConstraint(
                condition=Q(erased_at__isnull=True)
                | Q(
                    given_name=ERASED_NAME,
                    family_name=F("code"),
                    email__endswith=f"@{ERASED_HOST}",
                    gender="unstated",
                    position="",
                    motivation="",
                    in_post_since__isnull=True,
                ),
                name="nomination_erased_is_empty",
            ),
            models.UniqueConstraint(
                fields=["call", "person"],
                condition=Q(person__isnull=False) & Q(state="submitted"),
                name="nomination_person_once_a_call",
            ),
            # Within a city: nobody can take another city's key.
            models.UniqueConstraint(
                fields=["call", "organisation", "form_key"],
                name="nomination_form_counts_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["call", "sort_name", "id"], name="nomination_by_name"),
            models.Index(
                fields=["call", "organisation", "state"], name="nomination_by_city"
            ),
            models.Index(
                fields=["call", "state", "answer"], name="nomination_by_state"
            ),
            models.Index("call", Lower("email"), name="nomination_by_email"),
            GinIndex(
                fields=["search"], opclasses=["gin_trgm_ops"], name="nomination_search"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.given_name} {self.family_name}"

    def save(self, *args: object, **kwargs: object) -> None:
        """Save, with names cleaned and the keys for sorting and searching."""
        self.prepare()
        fields = kwargs.get("update_fields")
        if isinstance(fields, list | tuple | set):
            kwargs["update_fields"] = {*fields, "sort_name", "name_key", "search"}
        super().save(*args, **kwargs)  # type: ignore[arg-type]  # Django's own signature

    def prepare(self) -> None:
        """Clean the names and set what depends on them; for bulk creation too."""
        self.given_name = clean(self.given_name)
        self.family_name = clean(self.family_name)
        self.sort_name = sort_key(f"{self.family_name} {self.given_name}")
        self.name_key = " ".join(
            sorted(fold(f"{self.given_name} {self.family_name}").split())
        )[:220]
        # The family name stands twice, so that both orders of a name are found. Some
        # letters fold to several: the name is last, where too much of it is cut off.
        name = fold(f"{self.family_name} {self.given_name} {self.family_name}")
        self.search = f"{self.code.casefold()} {self.email.casefold()} {name}"[:600]


# States in which a nomination takes one of the city's places.
LIVE = (Nomination.State.DRAFT, Nomination.State.SUBMITTED)


class Needs(models.Model):
    """
    What a nominee needs to take part. Seen only by those who must know.

    Deleted ``delete_after`` the course by the worker.
    """

    nomination = models.OneToOneField(Nomination, models.CASCADE, related_name="needs")
    diet = models.CharField(_("diet"), max_length=300, blank=True)
    access = models.CharField(_("access"), max_length=500, blank=True)
    delete_after = models.DateField()

    class Meta:
        verbose_name = _("needs")

    def __str__(self) -> str:
        return f"needs {self.nomination_id}"


class Comment(models.Model):
    """A note of the secretariat, the coordinator or the city on a nomination."""

    nomination = models.ForeignKey(Nomination, models.CASCADE, related_name="comments")
    author = models.CharField(max_length=300)
    text = models.TextField(_("comment"), max_length=4000)
    written_at = models.DateTimeField()
    # Otherwise only the programme's people read it.
    for_city = models.BooleanField(_("the city reads it too"), default=False)

    class Meta:
        verbose_name = _("comment")
        ordering: ClassVar = ["written_at", "id"]

    def __str__(self) -> str:
        return f"comment {self.pk}"


class PossibleDuplicate(models.Model):
    """Two nominations of a call that may be one person; shown side by side."""

    class Decision(models.TextChoices):
        OPEN = "open", _("to be decided")
        DIFFERENT = "different", _("different people")
        SAME = "same", _("the same person")

    class Why(models.TextChoices):
        EMAIL = "email", _("same e-mail address")
        NAME = "name", _("similar name in the same city")

    first = models.ForeignKey(Nomination, models.CASCADE, related_name="+")
    second = models.ForeignKey(Nomination, models.CASCADE, related_name="+")
    why = models.CharField(max_length=10, choices=Why)
    decision = models.CharField(max_length=10, choices=Decision, default=Decision.OPEN)
    decided_by = models.CharField(max_length=300, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    reason = models.TextField(blank=True, max_length=2000)

    class Meta:
        verbose_name = _("possible duplicate")
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["first", "second"], name="duplicate_pair_once"
            ),
            models.CheckConstraint(
                condition=Q(first__lt=F("second")), name="duplicate_pair_in_order"
            ),
            models.CheckConstraint(
                condition=Q(decision="open") | Q(decided_at__isnull=False),
                name="duplicate_decided_has_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} ~ {self.second_id}"

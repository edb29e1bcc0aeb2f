"""Mosty's two tables as Django sees them without Mosty."""

from django.db import models


class Organisation(models.Model):
    """A city; only what the list shows of it."""

    short_name = models.CharField(max_length=200)

    class Meta:
        managed = False
        db_table = "directory_organisation"

    def __str__(self) -> str:
        return self.short_name


class Nomination(models.Model):
    """One nomination, with every column of the table."""

    code = models.CharField(max_length=12)
    call_id = models.BigIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    given_name = models.CharField(max_length=100)
    family_name = models.CharField(max_length=100)
    sort_name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=220)
    search = models.CharField(max_length=600)
    email = models.CharField(max_length=254)
    gender = models.CharField(max_length=10)
    language = models.CharField(max_length=10, default="pl")
    position = models.CharField(max_length=200)
    department = models.CharField(max_length=20)
    level = models.CharField(max_length=10)
    in_post_since = models.DateField(null=True)
    motivation = models.TextField(default="")
    preference = models.PositiveSmallIntegerField(default=1)
    state = models.CharField(max_length=10)
    source = models.CharField(max_length=10, default="form")
    created_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    answer = models.CharField(max_length=10, default="pending")
    is_fictional = models.BooleanField(default=True)

    class Meta:
        managed = False
        db_table = "nominations_nomination"

    def __str__(self) -> str:
        return self.code


class Session(models.Model):
    """A session of a course; only what a table of marks shows of it."""

    course_id = models.BigIntegerField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        managed = False
        db_table = "programmes_session"

    def __str__(self) -> str:
        return str(self.starts_at)


class Offer(models.Model):
    """A seat that somebody has."""

    code = models.CharField(max_length=12)
    state = models.CharField(max_length=10)
    nomination = models.ForeignKey(Nomination, models.PROTECT, related_name="+")

    class Meta:
        managed = False
        db_table = "selection_offer"

    def __str__(self) -> str:
        return self.code


class Mark(models.Model):
    """Whether one person was at one session."""

    session_id = models.BigIntegerField()
    offer_id = models.BigIntegerField()
    kind = models.CharField(max_length=10)
    minutes = models.PositiveSmallIntegerField(null=True)

    class Meta:
        managed = False
        db_table = "training_mark"

    def __str__(self) -> str:
        return self.kind


class Plan(models.Model):
    """A plan of a city; only what the overview shows of it."""

    owner = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    signed_version = models.PositiveSmallIntegerField()

    class Meta:
        managed = False
        db_table = "plans_plan"

    def __str__(self) -> str:
        return self.state


class Action(models.Model):
    """An action of a plan, as the overview lists it."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+")
    what = models.CharField(max_length=500)
    topic = models.CharField(max_length=1000)
    ends_on = models.DateField(null=True)
    status = models.CharField(max_length=12)
    percent = models.PositiveSmallIntegerField()
    reported_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "plans_action"

    def __str__(self) -> str:
        return self.what


class CheckIn(models.Model):
    """A check-in of a plan, answered or not."""

    answered_at = models.DateTimeField(null=True)

    class Meta:
        managed = False
        db_table = "plans_checkin"

    def __str__(self) -> str:
        return str(self.answered_at)

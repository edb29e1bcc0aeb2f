"""The words by which practices and tools are sorted: areas, groups, evidence."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Area(models.TextChoices):
    """
    Policy areas. The topics of courses are free sentences, so they cannot be these.

    A new area needs a migration, as every other choice that figures are counted by.
    """

    RECEPTION = "reception", _("reception and first steps")
    LANGUAGE = "language", _("learning the language")
    EDUCATION = "education", _("school and education")
    WORK = "work", _("work and enterprise")
    HOUSING = "housing", _("housing")
    HEALTH = "health", _("health and mental health")
    SOCIAL = "social", _("social assistance")
    CULTURE = "culture", _("culture and sport")
    PARTICIPATION = "participation", _("civic and political participation")
    EQUALITY = "equality", _("equal treatment, against discrimination")
    INFORMATION = "information", _("information and communication")
    SAFETY = "safety", _("safety and protection from violence")
    COOPERATION = "cooperation", _("co-operation and coordination")


class Group(models.TextChoices):
    """For whom something is done."""

    EVERYBODY = "everybody", _("all inhabitants")
    REFUGEES = "refugees", _("refugees and people under protection")
    WORKERS = "workers", _("migrant workers")
    CHILDREN = "children", _("children and young people")
    PARENTS = "parents", _("parents and families")
    WOMEN = "women", _("women")
    STUDENTS = "students", _("students")
    OLDER = "older", _("older people")
    STAFF = "staff", _("staff of offices and services")
    CIVIC = "civic", _("civic organisations")


class Evidence(models.TextChoices):
    """How it is known that a practice works, from the weakest to the strongest."""

    DESCRIBED = "described", _("described by those who do it")
    COUNTED = "counted", _("followed by figures")
    EVALUATED = "evaluated", _("evaluated by the city")
    INDEPENDENT = "independent", _("evaluated by others")

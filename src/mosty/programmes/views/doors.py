"""How every page gets its programme or course: what may not be known is a 404."""

from collections.abc import Mapping

from django import forms
from django.shortcuts import get_object_or_404

from mosty.accounts.models import User
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.programmes import policies
from mosty.programmes.models import Course, Programme


def planned_programme(user: User, slug: str) -> Programme:
    """
    Return the programme for a page that its partners may read.

    :raises PermissionDenied: if it is public, but not planned by ``user``.
    """
    programme = get_object_or_404(policies.visible_to(user), slug=slug)
    require(policies.can_see_plans(user, programme))
    return programme


def editable_programme(user: User, slug: str) -> Programme:
    """
    Return the programme for a form.

    :raises PermissionDenied: if ``user`` may see it, but not change it.
    """
    programme = get_object_or_404(policies.visible_to(user), slug=slug)
    require(policies.can_edit(user, programme))
    return programme


def planned_course(user: User, programme: str, slug: str) -> Course:
    """
    Return the course for a page that the programme's partners may read.

    :raises PermissionDenied: if it is public, but not planned by ``user``.
    """
    course = _course(user, programme, slug)
    require(policies.can_see_plans(user, course.programme))
    return course


def editable_course(user: User, programme: str, slug: str) -> Course:
    """
    Return the course for a form.

    :raises PermissionDenied: if ``user`` may see it, but not change it.
    """
    course = _course(user, programme, slug)
    require(policies.can_edit_course(user, course))
    return course


def _course(user: User, programme: str, slug: str) -> Course:
    return get_object_or_404(
        policies.courses_visible_to(user).select_related("programme"),
        programme__slug=programme,
        slug=slug,
    )


def blame(form: forms.Form, refusal: Refusal) -> None:
    """Show a refusal in the form: at the fields it names, or above them all."""
    known: Mapping[str, object] = {
        name: sentence
        for name, sentence in refusal.fields.items()
        if name in form.fields
    }
    for name, sentence in known.items():
        form.add_error(name, str(sentence))
    if not known:
        form.add_error(None, str(refusal))

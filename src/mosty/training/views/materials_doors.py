"""How the pages of materials get their course and material: the rest is a 404."""

from django.shortcuts import get_object_or_404

from mosty.accounts.models import User
from mosty.kernel.access import require
from mosty.programmes.models import Course
from mosty.training import policies
from mosty.training.models import Material
from mosty.training.queries import materials as queries


def kept_course(user: User, pk: int) -> Course:
    """Return a course whose materials ``user`` sees as those who keep them do."""
    return get_object_or_404(queries.courses_kept_by(user), pk=pk)


def own_course(user: User, pk: int) -> Course:
    """
    Return a course to which ``user`` may add materials.

    :raises PermissionDenied: if she may only read them.
    """
    course = kept_course(user, pk)
    require(policies.can_keep_materials(user, course, None))
    return course


def kept_material(user: User, pk: int, material: int) -> Material:
    """Return a material of such a course, withdrawn or not."""
    course = kept_course(user, pk)
    return get_object_or_404(queries.kept(user, course), pk=material)


def own_material(user: User, pk: int, material: int) -> Material:
    """
    Return a material that ``user`` may change.

    :raises PermissionDenied: if she may only read it.
    """
    found = kept_material(user, pk, material)
    require(policies.can_keep_materials(user, found.course, found.session))
    return found

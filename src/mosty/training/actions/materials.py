"""How materials are added, changed, renewed and withdrawn."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.kernel.access import require
from mosty.kernel.files import CannotTake, examine, on_disk, safe_name
from mosty.kernel.refusal import Refusal
from mosty.programmes.actions.rows import differences, kept
from mosty.programmes.languages import Text
from mosty.programmes.models import Course, Session
from mosty.training import policies
from mosty.training.models import Licence, Material, MaterialVersion


class CannotKeepMaterial(Refusal):
    """The material cannot be kept so; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is said of a material."""

    title: Text
    session: Session | None
    is_case_study: bool
    language: str
    licence: str
    licence_text: str
    access: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A file as it was sent: what is in it, and what the sender called it."""

    content: bytes
    name: str


# A file, or the address of something that others publish.
Thing = Sent | str
DETAILS = ("title", "is_case_study", "language", "licence", "licence_text", "access")


@transaction.atomic(durable=True)
def add(
    *, course: Course, details: Details, thing: Thing, actor: User, now: datetime
) -> Material:
    """
    Add a material to a course.

    :raises PermissionDenied: if ``actor`` keeps no materials of the course or session.
    :raises CannotTake: if the file is of a kind that is not taken.
    :raises CannotKeepMaterial: if it is there already, or something is not said.
    """
    require(policies.can_keep_materials(actor, course, details.session))
    version = _version(thing, actor, now)
    # Locked, so that of two that send one file at once the second sees the first.
    course = Course.objects.select_for_update().get(pk=course.pk)
    _refuse_if_there(course, version)
    material = Material(course=course)
    _write(material, details)
    material.save()
    version.material, version.number = material, 1
    with _on_disk(version, thing):
        version.save()
        _record(material, "material.added", actor, now, after=_said(material, version))
    return material


@transaction.atomic(durable=True)
def change(
    *, material: Material, details: Details, revision: int, actor: User, now: datetime
) -> Material:
    """
    Change what is said of a material. Saying the same again changes nothing.

    :raises PermissionDenied: if ``actor`` does not keep it, or not the session it goes to.
    :raises CannotKeepMaterial: if somebody changed it after ``revision``.
    """
    require(policies.can_keep_materials(actor, material.course, material.session))
    require(policies.can_keep_materials(actor, material.course, details.session))
    material = _locked(material)
    was, session = kept(material, DETAILS), material.session_id
    _write(material, details)
    before, after = differences(
        {**was, "session": session},
        {**kept(material, DETAILS), "session": material.session_id},
    )
    if after:
        _refuse_unless_current(material, revision)
        _raise_revision(material)
        _record(material, "material.changed", actor, now, before=before, after=after)
    return material


@transaction.atomic(durable=True)
def renew(
    *, material: Material, thing: Thing, revision: int, actor: User, now: datetime
) -> MaterialVersion:
    """
    Add a version: readers get it from now on, those who keep the material all of them.

    :raises PermissionDenied: if ``actor`` does not keep the material.
    :raises CannotTake: if the file is of a kind that is not taken.
    :raises CannotKeepMaterial: if it is there already, or somebody changed the material
        after ``revision``.
    """
    require(policies.can_keep_materials(actor, material.course, material.session))
    version = _version(thing, actor, now)
    course = Course.objects.select_for_update().get(pk=material.course_id)
    material = _locked(material)
    # First: the same file sent twice is told so, not that somebody was faster.
    _refuse_if_there(course, version)
    _refuse_unless_current(material, revision)
    version.material = material
    version.number = material.versions.count() + 1
    _raise_revision(material)
    with _on_disk(version, thing):
        version.save()
        _record(
            material, "material.renewed", actor, now, after=_said(material, version)
        )
    return version


@transaction.atomic(durable=True)
def withdraw(
    *, material: Material, reason: str, revision: int, actor: User, now: datetime
) -> Material:
    """
    Take a material from its readers; it stays for those who keep it. Twice is as once.

    :raises PermissionDenied: if ``actor`` does not keep the material.
    :raises CannotKeepMaterial: if no reason is given, or somebody changed it after
        ``revision``.
    """
    require(policies.can_keep_materials(actor, material.course, material.session))
    material = Material.objects.select_for_update().get(pk=material.pk)
    if material.withdrawn_at is not None:
        return material
    reason = reason.strip()
    if not reason:
        sentence = _("Say why the material is withdrawn.")
        raise CannotKeepMaterial(sentence, fields={"reason": sentence})
    _refuse_unless_current(material, revision)
    material.withdrawn_at = now
    material.withdrawn_by = actor.ledger_label
    material.withdrawn_reason = reason
    _raise_revision(material)
    _record(material, "material.withdrawn", actor, now, reason=reason)
    return material


def _locked(material: Material) -> Material:
    found = Material.objects.select_for_update().get(pk=material.pk)
    if found.withdrawn_at is not None:
        raise CannotKeepMaterial(_("The material has been withdrawn meanwhile."))
    return found


def _refuse_unless_current(material: Material, revision: int) -> None:
    if material.revision != revision:
        raise CannotKeepMaterial(
            _("Somebody else has changed this material meanwhile. Open it again.")
        )


def _raise_revision(material: Material) -> None:
    material.revision += 1
    material.save()


def _write(material: Material, details: Details) -> None:
    """Put ``details`` in ``material``, or refuse them."""
    if details.licence == Licence.OTHER and not details.licence_text.strip():
        sentence = _("Say which licence it is.")
        raise CannotKeepMaterial(sentence, fields={"licence_text": sentence})
    if details.session is not None and details.session.course_id != material.course_id:
        sentence = _("The session is of another course.")
        raise CannotKeepMaterial(sentence, fields={"session": sentence})
    for name in DETAILS:
        setattr(material, name, getattr(details, name))
    material.session = details.session
    other = details.licence == Licence.OTHER
    material.licence_text = details.licence_text.strip() if other else ""


def _version(thing: Thing, actor: User, now: datetime) -> MaterialVersion:
    """Return what is sent as a version that is not stored yet, or refuse it."""
    version = MaterialVersion(added_at=now, added_by=actor.ledger_label)
    if isinstance(thing, str):
        version.kind = MaterialVersion.Kind.LINK
        version.url = _address(thing)
        return version
    try:
        kind = examine(thing.content, thing.name)
    except CannotTake as refusal:
        raise CannotTake(
            refusal.sentence, fields={"file": refusal.sentence}
        ) from refusal
    version.kind = MaterialVersion.Kind.FILE
    version.name = safe_name(thing.name, kind)
    version.size = len(thing.content)
    version.sha256 = hashlib.sha256(thing.content).hexdigest()
    version.content_type = kind.content_type
    return version


def _address(url: str) -> str:
    """Return ``url`` if it is an https address in form; nobody fetches it."""
    url = url.strip()
    sentence = _("Write the whole address, beginning with https://.")
    try:
        URLValidator(schemes=["https"])(url)
        parts = urlsplit(url)
    except (ValidationError, ValueError) as mistake:
        raise CannotKeepMaterial(sentence, fields={"url": sentence}) from mistake
    if parts.username is not None or len(url) > 1000:
        raise CannotKeepMaterial(sentence, fields={"url": sentence})
    return url


def _refuse_if_there(course: Course, version: MaterialVersion) -> None:
    """Refuse what the newest version of a material of the course holds already."""
    newest = (
        MaterialVersion.objects.filter(
            material__course=course, material__withdrawn_at__isnull=True
        )
        .order_by("material_id", "-number")
        .distinct("material_id")
        .select_related("material")
    )
    for one in newest:
        if (one.sha256, one.url) == (version.sha256, version.url):
            sentence = _("This is already there: %(title)s.") % {
                "title": one.material.title
            }
            raise CannotKeepMaterial(
                sentence, fields={"url" if version.url else "file": sentence}
            )


@contextmanager
def _on_disk(version: MaterialVersion, thing: Thing) -> Iterator[None]:
    """Keep the file of ``version`` for as long as what follows succeeds."""
    if isinstance(thing, str):
        yield
        return
    with on_disk(version.file, version.name, thing.content):
        yield


def _said(material: Material, version: MaterialVersion) -> dict[str, object]:
    """Return what the ledger keeps of a version."""
    return {
        "title": kept(material, ("title",))["title"],
        "version": version.number,
        "what": version.url or version.name,
        "sha256": version.sha256,
        "access": material.access,
    }


def _record(
    material: Material,
    verb: str,
    actor: User,
    now: datetime,
    *,
    reason: str = "",
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=material,
        at=now,
        scope=material.course.programme.slug,
        reason=reason,
        before=before,
        after=after,
    )

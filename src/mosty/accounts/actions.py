"""What may change about users and their roles, and in what state."""

from datetime import date, datetime

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mosty.accounts import policies
from mosty.accounts.models import Grant, Role, User
from mosty.audit import actions as audit
from mosty.audit.actors import System
from mosty.directory.models import Organisation, Person
from mosty.kernel.access import require
from mosty.kernel.names import clean
from mosty.kernel.refusal import Refusal
from mosty.outbox import actions as outbox
from mosty.outbox.letters import Recipient


class CannotManage(Refusal):
    """The user or the role is not in a state for what is asked."""


@transaction.atomic(durable=True)
def add_user(
    *,
    name: str,
    email: str,
    language: str,
    person_code: str = "",
    actor: User | System,
    now: datetime,
) -> User:
    """
    Add somebody who may sign in, without any role yet, and tell her how.

    :raises PermissionDenied: if ``actor`` is no administrator.
    :raises CannotManage: if the name is empty, the address is taken, or there is no
        such person.
    """
    require(policies.can_manage(actor))
    name, email = _as_kept_name(name), _as_kept_address(email)
    _refuse_taken(email)
    user = User(name=name, email=email, language=language, created_at=now)
    user.person = _person(person_code)
    user.set_unusable_password()
    _save_once(user)
    audit.record(
        actor=actor,
        verb="user.added",
        target=user,
        at=now,
        after={"language": language, "person": person_code},
    )
    outbox.put(
        key=f"accounts.welcome:{user.pk}",
        kind="accounts.welcome",
        to=Recipient(user.name, user.email, user.language),
        template="accounts/messages/welcome.txt",
        context={"address": f"{settings.BASE_URL}/{language}/account/login/"},
        now=now,
        at_once=True,
    )
    return user


@transaction.atomic(durable=True)
def change_user(
    *,
    user: User,
    name: str,
    email: str,
    language: str,
    person_code: str,
    actor: User,
    now: datetime,
) -> None:
    """
    Change what is kept of a user.

    :raises PermissionDenied: if ``actor`` is no administrator.
    :raises CannotManage: if the name is empty, the address is taken, or there is no
        such person.
    """
    require(policies.can_manage(actor))
    user = User.objects.select_for_update().get(pk=user.pk)
    name, email = _as_kept_name(name), _as_kept_address(email)
    _refuse_taken(email, but=user)
    before = {"language": user.language, "person": _code_of(user)}
    after = {"language": language, "person": person_code}
    # Names and addresses are not kept in the ledger: only that they changed.
    renamed = (user.name, user.email) != (name, email)
    user.name, user.email, user.language = name, email, language
    user.person = _person(person_code)
    _save_once(user)
    audit.record(
        actor=actor,
        verb="user.changed",
        target=user,
        at=now,
        before=before,
        after={**after, "renamed": renamed},
    )


def _save_once(user: User) -> None:
    """
    Save a user whose address nobody else had when we looked.

    :raises CannotManage: if somebody has taken it between our look and our write.
    """
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        _refuse_taken(user.email, but=user)
        raise


def _as_kept_name(name: str) -> str:
    """
    Return the name as it is kept.

    :raises CannotManage: if nothing of it would be seen.
    """
    kept = clean(name)
    if not kept:
        sentence = _("Enter the name.")
        raise CannotManage(sentence, fields={"name": sentence})
    return kept


def _as_kept_reason(reason: str) -> str:
    """
    Return the reason as it is kept.

    :raises CannotManage: if none is given.
    """
    kept = reason.strip()
    if not kept:
        sentence = _("Enter the reason.")
        raise CannotManage(sentence, fields={"reason": sentence})
    return kept


def _as_kept_address(email: str) -> str:
    """Return the address in small letters: so allauth looks for it, however it is typed."""
    return email.strip().lower()


def _refuse_taken(email: str, *, but: User | None = None) -> None:
    others = User.objects.exclude(pk=but.pk) if but and but.pk else User.objects.all()
    if others.filter(email__iexact=email).exists():
        sentence = _("There is a user with this address already.")
        raise CannotManage(sentence, fields={"email": sentence})


def _person(code: str) -> Person | None:
    """Return the person with this code; none for an empty one."""
    if not code:
        return None
    person = Person.objects.filter(code=code).first()
    if person is None:
        sentence = _("There is no person with this code.")
        raise CannotManage(sentence, fields={"person_code": sentence})
    return person


def _code_of(user: User) -> str:
    return user.person.code if user.person else ""


@transaction.atomic(durable=True)
def change_profile(
    *, user: User, name: str, language: str, actor: User, now: datetime
) -> None:
    """
    Change one's own name and language.

    :raises PermissionDenied: if ``actor`` is somebody else.
    :raises CannotManage: if the name is empty.
    """
    require(policies.can_change_profile(actor, user))
    name = _as_kept_name(name)
    user = User.objects.select_for_update().get(pk=user.pk)
    before = {"language": user.language}
    renamed = user.name != name
    user.name, user.language = name, language
    user.save(update_fields=["name", "language"])
    audit.record(
        actor=actor,
        verb="user.changed",
        target=user,
        at=now,
        before=before,
        after={"language": language, "renamed": renamed},
    )


@transaction.atomic(durable=True)
def grant_role(
    *,
    user: User,
    role: str,
    organisation: Organisation | None,
    since: date | None,
    until: date | None,
    actor: User | System,
    now: datetime,
) -> Grant:
    """
    Give a role, for an organisation where the role asks for one.

    :raises PermissionDenied: if ``actor`` is no administrator.
    :raises CannotManage: if the user holds it already then, or the days are wrong.
    """
    require(policies.can_manage(actor))
    user = User.objects.select_for_update().get(pk=user.pk)
    alone = role in {Role.AUDITOR, Role.ADMINISTRATOR}
    if alone and organisation is not None:
        sentence = _("This role is not for an organisation: leave the field empty.")
        raise CannotManage(sentence, fields={"organisation": sentence})
    if not alone and organisation is None:
        sentence = _("Choose the organisation for which the role is held.")
        raise CannotManage(sentence, fields={"organisation": sentence})
    if since and until and until < since:
        sentence = _("The last day must not be before the first.")
        raise CannotManage(sentence, fields={"until": sentence})
    same = user.grants.filter(role=role, organisation=organisation)
    if until is not None:
        same = same.filter(Q(since__isnull=True) | Q(since__lte=until))
    if since is not None:
        same = same.filter(Q(until__isnull=True) | Q(until__gte=since))
    if same.exists():
        raise CannotManage(_("This user holds this role on those days already."))
    grant = Grant.objects.create(
        user=user, role=role, organisation=organisation, since=since, until=until
    )
    audit.record(
        actor=actor, verb="role.granted", target=user, at=now, after=_as_kept(grant)
    )
    return grant


@transaction.atomic(durable=True)
def end_role(
    *, grant: Grant, last_day: date, reason: str, actor: User, now: datetime
) -> None:
    """
    Let a role end with ``last_day``; the day before today ends it now.

    :raises PermissionDenied: if ``actor`` is no administrator.
    :raises CannotManage: if it has ended, has not begun by then, its holder is the
        last administrator, or no reason is given.
    """
    require(policies.can_manage(actor))
    reason = _as_kept_reason(reason)
    if grant.role == Role.ADMINISTRATOR:
        _refuse_last_administrator(leaving=grant.user)
    grant = Grant.objects.select_for_update().get(pk=grant.pk)
    if grant.until is not None and grant.until < timezone.localdate(now):
        raise CannotManage(_("This role has already ended."))
    if grant.since is not None and last_day < grant.since:
        sentence = _("The last day must not be before the first.")
        raise CannotManage(sentence, fields={"last_day": sentence})
    before = _as_kept(grant)
    grant.until = last_day
    grant.save(update_fields=["until"])
    audit.record(
        actor=actor,
        verb="role.ended",
        target=grant.user,
        at=now,
        reason=reason,
        before=before,
        after=_as_kept(grant),
    )


def _as_kept(grant: Grant) -> dict[str, object]:
    """Return a role as the ledger keeps it."""
    return {
        "role": grant.role,
        "organisation": grant.organisation.slug if grant.organisation else "",
        "since": grant.since.isoformat() if grant.since else "",
        "until": grant.until.isoformat() if grant.until else "",
    }


@transaction.atomic(durable=True)
def deactivate(*, user: User, reason: str, actor: User, now: datetime) -> None:
    """
    Let a user sign in no more; her sessions end with her next request.

    :raises PermissionDenied: if ``actor`` is no administrator.
    :raises CannotManage: if she is the last administrator, or no longer active, or no
        reason is given.
    """
    require(policies.can_manage(actor))
    reason = _as_kept_reason(reason)
    _refuse_last_administrator(leaving=user)
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.is_active:
        raise CannotManage(_("This user may not sign in already."))
    _set_active(user, active=False, actor=actor, now=now, reason=reason)


@transaction.atomic(durable=True)
def reactivate(*, user: User, reason: str, actor: User, now: datetime) -> None:
    """
    Let a user sign in again, with the roles she still holds.

    :raises PermissionDenied: if ``actor`` is no administrator.
    :raises CannotManage: if she may sign in already, or no reason is given.
    """
    require(policies.can_manage(actor))
    reason = _as_kept_reason(reason)
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        raise CannotManage(_("This user may sign in already."))
    _set_active(user, active=True, actor=actor, now=now, reason=reason)


def _set_active(
    user: User, *, active: bool, actor: User, now: datetime, reason: str
) -> None:
    user.is_active = active
    user.save(update_fields=["is_active"])
    audit.record(
        actor=actor,
        verb="user.reactivated" if active else "user.deactivated",
        target=user,
        at=now,
        reason=reason,
        before={"active": not active},
        after={"active": active},
    )


def _refuse_last_administrator(*, leaving: User) -> None:
    """
    Refuse if ``leaving`` runs the installation and nobody else does so without end.

    Locks the administrators' roles, so that two cannot remove each other at once.

    :raises CannotManage: if ``leaving`` is the last.
    """
    today = timezone.localdate()
    grants = (
        Grant.objects.select_for_update(of=("self", "user"))
        .select_related("user")
        .filter(role=Role.ADMINISTRATOR)
        .order_by("pk")
    )
    held = [g for g in grants if g.user.is_active and g.holds_on(today)]
    others = [g for g in held if g.user_id != leaving.pk and g.until is None]
    if not others and any(g.user_id == leaving.pk for g in held):
        raise CannotManage(
            _("This is the last administrator. Give the role to somebody else first.")
        )

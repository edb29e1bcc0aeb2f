"""How versions of editions are written, approved and published."""

import hashlib
from collections.abc import Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.kernel.access import require
from mosty.kernel.files import examine, on_disk, safe_name
from mosty.kernel.refusal import Refusal
from mosty.kernel.tokens import new_code
from mosty.library import policies
from mosty.library.actions import indexing
from mosty.library.actions.practices import SCOPE
from mosty.library.common import texts
from mosty.library.common.sections import SectionText
from mosty.library.models import Edition, EditionVersion, Section, Tool, digest_of
from mosty.training.actions.materials import Sent

State = EditionVersion.State
# Four fields each, in one form.
MOST_SECTIONS = 400


class CannotKeepEdition(Refusal):
    """The version cannot be kept, approved or published so; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What is said of a version."""

    title: str
    label: str = ""
    note: str = ""
    url: str = ""


@transaction.atomic(durable=True)
def begin(*, edition: Edition, actor: User, now: datetime) -> EditionVersion:
    """
    Begin a version with all that the last one says; an open one is returned.

    A translation is of the newest published source, an open draft from now on, too.

    :raises PermissionDenied: if ``actor`` keeps no tools.
    :raises CannotKeepEdition: if the tool is retired, or no source is published yet.
    """
    require(policies.can_keep_tools(actor))
    _standing_tool(edition)
    last = edition.versions.order_by("-number").first()
    source = None if edition.is_source else published_source(edition.tool)
    if last is not None and last.state != State.PUBLISHED:
        if last.state == State.DRAFT and last.translates != source:
            # What was translated keeps the digests that it was translated from.
            last.translates = source
            last.revision += 1
            last.save()
        return last
    if not edition.is_source and source is None:
        raise CannotKeepEdition(
            _(
                "Publish the source edition first: a translation says of which it is one."
            )
        )
    version = EditionVersion(
        edition=edition,
        number=last.number + 1 if last else 1,
        title=last.title if last else str(edition.tool.name),
        label="",
        url=last.url if last else "",
        translates=source,
        created_at=now,
    )
    version.save()
    if last is not None:
        Section.objects.bulk_create(
            Section(
                version=version,
                order=one.order,
                key=one.key,
                title=one.title,
                text=one.text,
                digest=one.digest,
                source_digest=one.source_digest,
            )
            for one in last.sections.all()
        )
    _record(version, "edition.begun", actor, now)
    return version


@transaction.atomic(durable=True)
def save(
    *,
    version: EditionVersion,
    about: About,
    sections: Sequence[SectionText],
    sent: Sent | None,
    revision: int,
    actor: User,
    now: datetime,
) -> EditionVersion:
    """
    Write a draft: what is said of it, its sections in order, and a file if one is sent.

    :raises PermissionDenied: if ``actor`` keeps no tools.
    :raises CannotTake: if the file is of a kind that is not taken.
    :raises CannotKeepEdition: if it is no draft, or somebody changed it meanwhile.
    """
    require(policies.can_keep_tools(actor))
    version = locked_draft(version)
    if version.revision != revision:
        raise CannotKeepEdition(
            _(
                "Somebody else has changed this version meanwhile. Your text is still "
                "here: compare it with the page, and save again."
            )
        )
    _describe(version, about)
    _sign(version, actor)
    if sent is not None:
        # Before anything is written: most of what is wrong is wrong with the file.
        _examine(version, sent)
    write_sections(version, sections)
    keep = (
        nullcontext()
        if sent is None
        else on_disk(version.file, version.name, sent.content)
    )
    with keep:
        version.revision += 1
        version.save()
        _record(version, "edition.saved", actor, now)
    return version


@transaction.atomic(durable=True)
def propose(*, version: EditionVersion, actor: User, now: datetime) -> EditionVersion:
    """
    Hand a draft to a coordinator for approval.

    :raises PermissionDenied: if ``actor`` keeps no tools.
    :raises CannotKeepEdition: if it is no draft, or there is nothing in it.
    """
    require(policies.can_keep_tools(actor))
    version = locked_draft(version)
    if not (version.url or version.file or version.label or _has_words(version)):
        raise CannotKeepEdition(
            _("There is nothing in it yet: no text, no file, no address, no version.")
        )
    _sign(version, actor)
    version.state = State.PROPOSED
    version.revision += 1
    version.save()
    _record(version, "edition.proposed", actor, now)
    return version


@transaction.atomic(durable=True)
def approve(*, version: EditionVersion, actor: User, now: datetime) -> EditionVersion:
    """
    Approve a version and publish it.

    :raises PermissionDenied: if ``actor`` is no coordinator, or wrote it herself.
    :raises CannotKeepEdition: if it does not wait for approval.
    """
    require(policies.can_approve(actor, version))
    version = _locked(version)
    require(policies.can_approve(actor, version))
    _refuse_unless_proposed(version)
    version.state = State.PUBLISHED
    version.published_at = now
    version.approver, version.approved_by = actor.ledger_key, actor.ledger_label
    version.save()
    indexing.tool_changed(version.edition.tool)
    _record(version, "edition.published", actor, now)
    return version


@transaction.atomic(durable=True)
def give_back(
    *, version: EditionVersion, reason: str, actor: User, now: datetime
) -> EditionVersion:
    """
    Make a draft again of what waits for approval, with what should change.

    :raises PermissionDenied: if ``actor`` keeps no tools.
    :raises CannotKeepEdition: if it does not wait, or no reason is given.
    """
    require(policies.can_keep_tools(actor))
    version = _locked(version)
    _refuse_unless_proposed(version)
    reason = texts.line(reason)
    if not reason:
        sentence = _("Say what should change.")
        raise CannotKeepEdition(sentence, fields={"reason": sentence})
    version.state = State.DRAFT
    version.revision += 1
    version.save()
    _record(version, "edition.returned", actor, now, reason=reason)
    return version


def published_source(tool: Tool) -> EditionVersion | None:
    """Return the newest published version of the edition that others are made from."""
    return (
        policies.newest_published()
        .filter(edition__tool=tool, edition__is_source=True)
        .first()
    )


def locked_draft(version: EditionVersion) -> EditionVersion:
    """
    Return the version as it is now, locked.

    :raises CannotKeepEdition: if it is no draft.
    """
    version = _locked(version)
    if version.state != State.DRAFT:
        raise CannotKeepEdition(
            _("This version is no draft any more. What was proposed does not change.")
        )
    return version


def _locked(version: EditionVersion) -> EditionVersion:
    found = (
        EditionVersion.objects.select_for_update(of=("self",))
        .select_related("edition__tool", "translates")
        .get(pk=version.pk)
    )
    _standing_tool(found.edition)
    return found


def _standing_tool(edition: Edition) -> None:
    # Locked: of two that begin a version the second finds the first's.
    tool = Tool.objects.select_for_update().get(pk=edition.tool_id)
    if tool.retired_at is not None:
        raise CannotKeepEdition(_("The tool is retired."))


def _refuse_unless_proposed(version: EditionVersion) -> None:
    if version.state != State.PROPOSED:
        raise CannotKeepEdition(_("This version does not wait for approval."))


def _has_words(version: EditionVersion) -> bool:
    return any(one.text or one.title for one in version.sections.all())


def _describe(version: EditionVersion, about: About) -> None:
    version.title = texts.line(about.title)[:300]
    version.label = texts.line(about.label)[:100]
    version.note = texts.line(about.note)[:500]
    version.url = about.url.strip()
    if not version.title:
        sentence = _("Write a title.")
        raise CannotKeepEdition(sentence, fields={"title": sentence})
    if version.url:
        try:
            URLValidator(schemes=["https"])(version.url)
        except ValidationError as mistake:
            sentence = _("Write the whole address, beginning with https://.")
            raise CannotKeepEdition(sentence, fields={"url": sentence}) from mistake


def _sign(version: EditionVersion, actor: User) -> None:
    if actor.ledger_key not in version.writers:
        version.writers = [*version.writers, actor.ledger_key]


def _examine(version: EditionVersion, sent: Sent) -> None:
    """Say of what kind the file is, or refuse it."""
    kind = examine(sent.content, sent.name)
    version.name = safe_name(sent.name, kind)
    version.size = len(sent.content)
    version.sha256 = hashlib.sha256(sent.content).hexdigest()
    version.content_type = kind.content_type


def write_sections(version: EditionVersion, sections: Sequence[SectionText]) -> None:
    """
    Make ``sections`` those of a locked draft, inside another action.

    Of a translation, what the translator says fits carries the digest of the source as
    it is; what she only left standing keeps the older one, and shows as out of date.

    :raises CannotKeepEdition: if there are more than ``MOST_SECTIONS``.
    """
    kept = {one.key: one for one in version.sections.all()}
    sources = (
        {one.key: one.digest for one in version.translates.sections.all()}
        if version.translates
        else {}
    )
    rows: list[Section] = []
    for typed in sections:
        title, text = texts.line(typed.title)[:300], texts.prose(typed.text)
        old = kept.get(typed.key)
        if not version.translates and not (title or text):
            continue
        if version.translates and typed.key not in sources:
            continue
        source_digest = ""
        if version.translates:
            source_digest = old.source_digest if old else ""
            if typed.fits:
                source_digest = sources[typed.key]
            elif not (title or text):
                source_digest = ""
        rows.append(
            Section(
                version=version,
                order=len(rows) + 1,
                key=old.key if old else _key(typed.key, sources),
                title=title,
                text=text,
                digest=digest_of(title, text),
                source_digest=source_digest,
            )
        )
    if len(rows) > MOST_SECTIONS:
        raise CannotKeepEdition(_("So many sections are not possible."))
    version.sections.all().delete()
    Section.objects.bulk_create(rows)


def _key(wanted: str, sources: dict[str, str]) -> str:
    """Return the key of a new section: the source's, or a new one."""
    return wanted if wanted in sources else new_code(8)


def _record(
    version: EditionVersion, verb: str, actor: User, now: datetime, reason: str = ""
) -> None:
    audit.record(
        actor=actor,
        verb=verb,
        target=version.edition.tool,
        at=now,
        scope=SCOPE,
        reason=reason,
        after={"language": version.edition.language, "version": version.number},
    )

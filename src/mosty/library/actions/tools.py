"""How tools and their editions are added, described and retired."""

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.kernel.access import require
from mosty.kernel.locks import hold
from mosty.kernel.refusal import Refusal
from mosty.library import policies
from mosty.library.actions import indexing
from mosty.library.actions.practices import SCOPE
from mosty.library.common import texts
from mosty.library.models import Area, Edition, Tool
from mosty.programmes.actions.rows import differences, kept
from mosty.programmes.languages import Text
from mosty.programmes.models import Course
from mosty.training.models import Licence

DETAILS = ("kind", "name", "summary", "issuer", "areas")


class CannotKeepTool(Refusal):
    """The tool or edition cannot be kept so; the sentence says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """What is said of a tool, in whatever language."""

    kind: str
    name: Text
    summary: Text
    issuer: str
    areas: tuple[str, ...] = ()
    courses: tuple[Course, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class InLanguage:
    """What is said of an edition."""

    language: str
    is_source: bool
    translator: str
    licence: str
    licence_text: str = ""


@transaction.atomic(durable=True)
def add(*, details: Details, edition: InLanguage, actor: User, now: datetime) -> Tool:
    """
    Add a tool with the edition in the language that it was written in.

    :raises PermissionDenied: if ``actor`` keeps no tools.
    :raises CannotKeepTool: if something is not said.
    """
    require(policies.can_keep_tools(actor))
    tool = Tool(created_at=now)
    _write(tool, details)
    tool.slug = _free(str(tool.name))
    tool.save()
    tool.courses.set(details.courses)
    _add(tool, edition)
    _record(tool, "tool.added", actor, now, after=kept(tool, DETAILS))
    return tool


@transaction.atomic(durable=True)
def change(
    *, tool: Tool, details: Details, revision: int, actor: User, now: datetime
) -> Tool:
    """
    Change what is said of a tool. Saying the same again changes nothing.

    :raises PermissionDenied: if ``actor`` keeps no tools.
    :raises CannotKeepTool: if somebody changed it after ``revision``.
    """
    require(policies.can_keep_tools(actor))
    tool = _locked(tool)
    was = {**kept(tool, DETAILS), "courses": _courses(tool)}
    _write(tool, details)
    courses = sorted(course.slug for course in details.courses)
    before, after = differences(was, {**kept(tool, DETAILS), "courses": courses})
    if not after:
        return tool
    if tool.revision != revision:
        raise CannotKeepTool(
            _("Somebody else has changed this tool meanwhile. Open it again.")
        )
    tool.revision += 1
    tool.save()
    tool.courses.set(details.courses)
    indexing.tool_changed(tool)
    _record(tool, "tool.changed", actor, now, before=before, after=after)
    return tool


@transaction.atomic(durable=True)
def add_edition(
    *, tool: Tool, edition: InLanguage, actor: User, now: datetime
) -> Edition:
    """
    Add a translation into one more language.

    :raises PermissionDenied: if ``actor`` keeps no tools.
    :raises CannotKeepTool: if there is one already, or something is not said.
    """
    require(policies.can_keep_tools(actor))
    tool = _locked(tool)
    added = _add(tool, edition)
    after: dict[str, object] = {
        "language": added.language,
        "translator": added.translator,
    }
    _record(tool, "tool.edition_added", actor, now, after=after)
    return added


@transaction.atomic(durable=True)
def retire(*, tool: Tool, reason: str, actor: User, now: datetime) -> Tool:
    """
    Say that a tool should not be used any more; its page stays. Twice is as once.

    :raises PermissionDenied: if ``actor`` is no coordinator.
    :raises CannotKeepTool: if no reason is given.
    """
    require(policies.edits_library(actor))
    tool = Tool.objects.select_for_update().get(pk=tool.pk)
    if tool.retired_at is not None:
        return tool
    reason = texts.line(reason)[:500]
    if not reason:
        sentence = _("Say why the tool is retired.")
        raise CannotKeepTool(sentence, fields={"reason": sentence})
    tool.retired_at, tool.retired_by = now, actor.ledger_label
    tool.retired_reason = reason
    tool.revision += 1
    tool.save()
    indexing.tool_changed(tool)
    _record(tool, "tool.retired", actor, now, reason=reason)
    return tool


def _locked(tool: Tool) -> Tool:
    tool = Tool.objects.select_for_update().get(pk=tool.pk)
    if tool.retired_at is not None:
        raise CannotKeepTool(_("The tool is retired."))
    return tool


def _write(tool: Tool, details: Details) -> None:
    issuer = texts.line(details.issuer)
    fields = {}
    if not str(details.name).strip():
        fields["name"] = _("Write a name.")
    if not issuer:
        fields["issuer"] = _("Say who publishes it.")
    if details.kind not in Tool.Kind.values:
        fields["kind"] = _("Choose a kind.")
    if set(details.areas) - set(Area.values):
        fields["areas"] = _("Choose from the list.")
    if fields:
        raise CannotKeepTool(_("Something is not said yet."), fields=fields)
    tool.kind, tool.name, tool.summary = details.kind, details.name, details.summary
    tool.issuer, tool.areas = issuer[:300], list(details.areas)


def _add(tool: Tool, said: InLanguage) -> Edition:
    translator = "" if said.is_source else texts.line(said.translator)[:300]
    other = said.licence == Licence.OTHER
    licence_text = texts.line(said.licence_text)[:300] if other else ""
    fields = {}
    if not said.is_source and not translator:
        fields["translator"] = _("Name who translated it: a person or an organisation.")
    if said.licence not in Licence.values:
        fields["licence"] = _("Choose a licence.")
    if other and not licence_text:
        fields["licence_text"] = _("Say which licence it is.")
    if fields:
        raise CannotKeepTool(_("Something is not said yet."), fields=fields)
    try:
        with transaction.atomic():
            return Edition.objects.create(
                tool=tool,
                language=said.language,
                is_source=said.is_source,
                translator=translator,
                licence=said.licence,
                licence_text=licence_text,
            )
    except IntegrityError as fault:
        sentence = _("There is an edition in this language already.")
        raise CannotKeepTool(sentence, fields={"language": sentence}) from fault


def _courses(tool: Tool) -> list[str]:
    return sorted(tool.courses.values_list("slug", flat=True))


def _free(name: str) -> str:
    """Return an address that no tool has, nor another gets until this is done."""
    hold("library.tool", texts.address(name))
    rows = Tool.objects.filter(slug__startswith=texts.address(name))
    return texts.free_address(name, rows.values_list("slug", flat=True))


def _record(
    tool: Tool,
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
        target=tool,
        at=now,
        scope=SCOPE,
        reason=reason,
        before=before,
        after=after,
    )

"""How a translation goes out to a translator's own tool and comes back."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.library import policies, xliff
from mosty.library.actions import editions
from mosty.library.actions.practices import SCOPE
from mosty.library.common import texts
from mosty.library.common.sections import SectionText
from mosty.library.models import EditionVersion
from mosty.programmes.languages import name as language_name


class CannotTakeBack(Refusal):
    """The file is not of this translation; the sentence says which it is."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a file changed: sections translated now, and those still without words."""

    changed: int
    missing: int


def document(version: EditionVersion) -> xliff.Document:
    """
    Return a draft translation as what is sent to the translator.

    :raises CannotTakeBack: if it is no translation, or its source has no text here.
    """
    source = version.translates
    if source is None:
        raise CannotTakeBack(_("Only a translation is translated."))
    theirs = list(source.sections.all())
    if not theirs:
        raise CannotTakeBack(
            _("The source is kept here without its text: there is nothing to send.")
        )
    ours = {one.key: one for one in version.sections.all()}
    units = []
    for section in theirs:
        have = ours.get(section.key)
        fits = have is not None and have.source_digest == section.digest
        units += [
            xliff.Unit(
                key=f"{section.key}.{part}",
                source=getattr(section, part),
                target=getattr(have, part) if have else "",
                done=fits,
            )
            for part in ("title", "text")
        ]
    return xliff.Document(
        original=_original(version),
        source_language=source.edition.language,
        target_language=version.edition.language,
        units=tuple(units),
    )


def _original(version: EditionVersion) -> str:
    """Return what names the source's version in a file: "anti-rumours/en/3"."""
    source = version.translates
    assert source is not None  # noqa: S101 - document() has refused it
    tool = version.edition.tool
    return f"{tool.slug}/{source.edition.language}/{source.number}"


@transaction.atomic(durable=True)
def take_back(
    *, version: EditionVersion, content: bytes, actor: User, now: datetime
) -> Taken:
    """
    Put what a translator sent back into the draft. The same file again changes nothing.

    A section fits the source if the tool says that both its texts are translated, or if
    its words are new; one whose words are as they were stays as out of date as it was.

    :raises PermissionDenied: if ``actor`` keeps no tools.
    :raises CannotRead: if the file is no XLIFF 2.0.
    :raises CannotTakeBack: if it is of another tool, language or state of the source.
    """
    require(policies.can_keep_tools(actor))
    version = editions.locked_draft(version)
    expected = document(version)
    sent = xliff.read(content)
    _refuse_another(sent, expected)
    before = {unit.key: unit for unit in expected.units}
    after = {unit.key: _tidy(unit) for unit in sent.units}
    _refuse_other_sources(before, after)
    rows = []
    changed = missing = 0
    keys = list(dict.fromkeys(key.partition(".")[0] for key in before))
    for key in keys:
        pair = [
            after.get(f"{key}.{part}", before[f"{key}.{part}"])
            for part in ("title", "text")
        ]
        was = [before[f"{key}.{part}"] for part in ("title", "text")]
        is_new = [one.target for one in pair] != [one.target for one in was]
        # A unit without words in the source has nothing to translate.
        empty = not any(one.target for one in pair)
        fits = not empty and (is_new or all(one.done or not one.source for one in pair))
        changed += is_new or (fits and not was[0].done)
        missing += empty
        rows.append(SectionText(key, pair[0].target, pair[1].target, fits))
    if changed:
        editions.write_sections(version, rows)
        if actor.ledger_key not in version.writers:
            version.writers = [*version.writers, actor.ledger_key]
        version.revision += 1
        version.save()
        audit.record(
            actor=actor,
            verb="edition.translated",
            target=version.edition.tool,
            at=now,
            scope=SCOPE,
            after={
                "language": version.edition.language,
                "version": version.number,
                "sections": changed,
            },
        )
    return Taken(changed, missing)


def _tidy(unit: xliff.Unit) -> xliff.Unit:
    """Return a unit whose words are as they would be kept."""
    tidy = texts.line if unit.key.endswith(".title") else texts.prose
    return xliff.Unit(unit.key, unit.source, tidy(unit.target), unit.done)


def _refuse_another(sent: xliff.Document, expected: xliff.Document) -> None:
    if sent.original != expected.original:
        tool, language, number = (*sent.original.split("/"), "", "", "")[:3]
        mine = expected.original.rpartition("/")
        if (tool, language) == tuple(mine[0].split("/")):
            raise CannotTakeBack(
                _(
                    "The file was made from version %(theirs)s of the source; this draft "
                    "translates version %(ours)s. Download the file again: what is "
                    "translated already is in it."
                )
                % {"theirs": number[:10] or "?", "ours": mine[2]}
            )
        raise CannotTakeBack(
            _(
                "The file is of another tool: %(name)s. Open that tool, and send it there."
            )
            % {"name": tool[:80] or "?"}
        )
    if sent.target_language != expected.target_language:
        raise CannotTakeBack(
            _(
                "The file is a translation into another language: %(theirs)s, not %(ours)s."
            )
            % {
                "theirs": sent.target_language[:20] or "?",
                "ours": language_name(expected.target_language),
            }
        )


def _refuse_other_sources(
    before: dict[str, xliff.Unit], after: dict[str, xliff.Unit]
) -> None:
    """Refuse a file that was made for other words than those we have."""
    unknown = [key for key in after if key not in before]
    if unknown:
        raise CannotTakeBack(
            _("The file holds texts that this source does not have: %(keys)s.")
            % {"keys": ", ".join(unknown[:5])[:200]}
        )
    other = [key for key, unit in after.items() if unit.source != before[key].source]
    if other:
        raise CannotTakeBack(
            _(
                "The source text in the file is not ours, so the translation may not "
                "fit. Download the file again and change only the translation. Differs: "
                "%(keys)s."
            )
            % {"keys": ", ".join(other[:5])[:200]}
        )

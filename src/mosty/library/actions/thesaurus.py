"""Keeping the thesaurus: the common one from our own data, then as editors change it."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.engines.search.endings import LANGUAGES
from mosty.engines.search.keys import name_keys
from mosty.engines.search.words import fold, visible, words
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.library import policies
from mosty.library.common.thesaurus import entries
from mosty.library.common.thesaurus import keys as written_keys
from mosty.library.models import Concept, Label

CODE = re.compile(r"[a-z0-9][a-z0-9-]{0,59}")
LONGEST = 120


class CannotKeepThesaurus(Refusal):
    """A ring, a label that another concept has, or one without a word."""


@dataclass(frozen=True, slots=True)
class Said:
    """What may be said of a concept; in each language the preferred label first."""

    labels: Mapping[str, tuple[str, ...]]
    broader: Concept | None = None
    is_used: bool = True


@transaction.atomic
def load_common() -> int:
    """
    Add the concepts of the common thesaurus that are lacking; return how many.

    Called by ``mosty thesaurus`` and by the demo. What is there stays as editors left
    it. A label that one of their concepts has already is left out.
    """
    there = {concept.code: concept for concept in Concept.objects.all()}
    taken = set(Label.objects.values_list("language", "plain"))
    new = [entry for entry in entries() if entry.code not in there]
    labels = []
    for entry in new:
        there[entry.code] = Concept.objects.create(code=entry.code)
        for row in _labels(there[entry.code], entry.labels):
            if (row.language, row.plain) not in taken:
                taken.add((row.language, row.plain))
                labels.append(row)
    Label.objects.bulk_create(labels)
    for entry in new:
        if entry.broader:
            Concept.objects.filter(code=entry.code).update(broader=there[entry.broader])
    return len(new)


@transaction.atomic(durable=True)
def add(*, code: str, said: Said, actor: User, now: datetime) -> Concept:
    """
    Add a concept with its labels.

    :raises PermissionDenied: if ``actor`` does not keep the thesaurus.
    :raises CannotKeepThesaurus: if code or a label is taken, or a label says nothing.
    """
    require(policies.can_edit_words(actor))
    if not CODE.fullmatch(code):
        sentence = _("Use small letters, digits and hyphens.")
        raise CannotKeepThesaurus(sentence, fields={"code": sentence})
    if Concept.objects.filter(code=code).exists():
        sentence = _("There is a concept with this code already.")
        raise CannotKeepThesaurus(sentence, fields={"code": sentence})
    concept = Concept.objects.create(
        code=code, broader=said.broader, is_used=said.is_used
    )
    _say(concept, said)
    audit.record(
        actor=actor,
        verb="concept.added",
        target=concept,
        at=now,
        after=_in_ledger(concept),
    )
    return concept


@transaction.atomic(durable=True)
def change(*, concept: Concept, said: Said, actor: User, now: datetime) -> Concept:
    """
    Change what a concept is called, what it belongs to, and whether it is in use.

    It holds at once: labels are looked up when somebody searches.

    :raises PermissionDenied: if ``actor`` does not keep the thesaurus.
    :raises CannotKeepThesaurus: if it would be broader than itself, or a label is of
        another concept.
    """
    require(policies.can_edit_words(actor))
    row = Concept.objects.select_for_update().get(pk=concept.pk)
    before = _in_ledger(row)
    row.broader, row.is_used = said.broader, said.is_used
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "broader than itself" not in str(error) and "not_broader" not in str(error):
            raise
        sentence = _("It would be broader than itself: choose another one.")
        raise CannotKeepThesaurus(sentence, fields={"broader": sentence}) from error
    _say(row, said)
    after = _in_ledger(row)
    if after != before:
        audit.record(
            actor=actor,
            verb="concept.changed",
            target=row,
            at=now,
            before=before,
            after=after,
        )
    return row


def _say(concept: Concept, said: Said) -> None:
    """Put ``said`` in the place of the concept's labels."""
    if not any(said.labels.values()):
        raise CannotKeepThesaurus(_("Give a label in one language at least."))
    concept.labels.all().delete()
    rows = _labels(concept, said.labels)
    for row in rows:
        if not row.keys:
            sentence = _("“{label}” has no word that could be sought.")
            raise CannotKeepThesaurus(
                sentence.format(label=row.text),
                fields={row.language: sentence.format(label=row.text)},
            )
        other = (
            Label.objects.filter(language=row.language, plain=row.plain)
            .select_related("concept")
            .first()
        )
        if other is not None:
            sentence = _("“{label}” is a label of the concept {code} already.").format(
                label=row.text, code=other.concept.code
            )
            raise CannotKeepThesaurus(sentence, fields={row.language: sentence})
    Label.objects.bulk_create(rows)


def _labels(concept: Concept, said: Mapping[str, Iterable[str]]) -> list[Label]:
    """Return the labels as rows, each once in its language."""
    rows = []
    for language in LANGUAGES:
        seen: set[str] = set()
        for text in said.get(language, ()):
            shown = " ".join(visible(text).split())[:LONGEST]
            name = plain(shown)
            if not shown or name in seen:
                continue
            kind = Label.Kind.OTHER if seen else Label.Kind.PREFERRED
            seen.add(name)
            rows.append(
                Label(
                    concept=concept,
                    language=language,
                    kind=kind,
                    text=shown,
                    plain=name,
                    # Of the common ones no dictionary need be loaded.
                    keys=written_keys().get(language, {}).get(shown)
                    or [*name_keys(shown, language)],
                )
            )
    return rows


def plain(name: str) -> str:
    """Return what makes two names one: words without marks."""
    return " ".join(fold(word.text) for word in words(name) if word.is_part)[:240]


def _in_ledger(concept: Concept) -> dict[str, object]:
    said: dict[str, list[str]] = {}
    for language, text in concept.labels.order_by(
        "language", "-kind", "id"
    ).values_list("language", "text"):
        said.setdefault(language, []).append(text)
    return {
        "broader": concept.broader.code if concept.broader else "",
        "is_used": concept.is_used,
        **{language: ", ".join(texts) for language, texts in said.items()},
    }

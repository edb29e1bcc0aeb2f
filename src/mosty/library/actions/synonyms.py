"""Keeping the synonyms that editors add: sets of words that mean the same."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.engines.search.keys import name_keys
from mosty.engines.search.words import visible
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.library import policies
from mosty.library.actions.thesaurus import LONGEST, plain
from mosty.library.models import Synonym, SynonymSet


class CannotKeepSynonyms(Refusal):
    """Fewer than two different words, or one that could not be sought."""


@transaction.atomic(durable=True)
def add(
    *, language: str, said: Sequence[str], actor: User, now: datetime
) -> SynonymSet:
    """
    Add a set of words that mean the same in ``language``. It holds at once.

    :raises PermissionDenied: if ``actor`` does not keep synonyms.
    :raises CannotKeepSynonyms: if there are not two words that can be sought.
    """
    require(policies.can_edit_words(actor))
    row = SynonymSet.objects.create(language=language, changed_at=now)
    _say(row, said)
    audit.record(
        actor=actor, verb="synonyms.added", target=row, at=now, after=_in_ledger(row)
    )
    return row


@transaction.atomic(durable=True)
def change(
    *, synonyms: SynonymSet, said: Sequence[str], actor: User, now: datetime
) -> SynonymSet:
    """
    Put ``said`` in the place of the words of a set.

    :raises PermissionDenied: if ``actor`` does not keep synonyms.
    :raises CannotKeepSynonyms: if there are not two words that can be sought, or the
        set was removed meanwhile.
    """
    require(policies.can_edit_words(actor))
    row = _locked(synonyms)
    if row is None:
        raise CannotKeepSynonyms(
            _("Somebody else has removed this set meanwhile. Add it anew.")
        )
    before = _in_ledger(row)
    row.words.all().delete()
    _say(row, said)
    row.changed_at = now
    row.save(update_fields=["changed_at"])
    audit.record(
        actor=actor,
        verb="synonyms.changed",
        target=row,
        at=now,
        before=before,
        after=_in_ledger(row),
    )
    return row


@transaction.atomic(durable=True)
def remove(*, synonyms: SynonymSet, actor: User, now: datetime) -> None:
    """
    Remove a set; its words stand for themselves again. The ledger keeps it.

    Twice is as once.

    :raises PermissionDenied: if ``actor`` does not keep synonyms.
    """
    require(policies.can_edit_words(actor))
    row = _locked(synonyms)
    if row is None:
        return
    audit.record(
        actor=actor,
        verb="synonyms.removed",
        target=row,
        at=now,
        before=_in_ledger(row),
    )
    row.delete()


def _locked(synonyms: SynonymSet) -> SynonymSet | None:
    """Return the set as it is now, locked; None if it was removed."""
    return SynonymSet.objects.select_for_update().filter(pk=synonyms.pk).first()


def _say(row: SynonymSet, said: Sequence[str]) -> None:
    new: dict[str, Synonym] = {}
    for text in said:
        shown = " ".join(visible(text).split())[:LONGEST]
        if not shown:
            continue
        keys = [*name_keys(shown, row.language)]
        if not keys:
            sentence = _("“{label}” has no word that could be sought.").format(
                label=shown
            )
            raise CannotKeepSynonyms(sentence, fields={"words": sentence})
        new.setdefault(plain(shown), Synonym(of=row, text=shown, keys=keys))
    if len(new) < 2:
        sentence = _("Give two different words or more, one on each line.")
        raise CannotKeepSynonyms(sentence, fields={"words": sentence})
    for name, word in new.items():
        word.plain = name
    Synonym.objects.bulk_create(new.values())


def _in_ledger(row: SynonymSet) -> dict[str, object]:
    return {
        "language": row.language,
        "words": ", ".join(row.words.order_by("id").values_list("text", flat=True)),
    }

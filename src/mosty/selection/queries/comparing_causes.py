"""Why somebody's result differs between two runs, as far as their records tell."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.selection.models import Decision
from mosty.selection.queries.comparing_inputs import Differing, Pools
from mosty.selection.words import chance

BARRED = Decision.Outcome.NOT_ELIGIBLE
# Which rules can make somebody not eligible, by the stored reason.
RULES_OF = {
    "city": {"members_of"},
    "department": {"departments"},
    "level": {"departments"},
    "least": {"least"},
    "unconfirmed": {"must_confirm"},
}


@dataclass(frozen=True, slots=True)
class Inputs:
    """What differs between the two runs, of everybody."""

    rules: Sequence[Differing]
    pools: Pools
    # That some may enter only one run for what is known of them, not for a rule.
    others_eligible: bool
    same_seed: bool


def cause(
    code: str, before: Decision | None, after: Decision | None, inputs: Inputs
) -> str:
    """Return in a sentence why her result differs, or that the records do not tell."""
    if before is None:
        return _("This nomination counts in the second run only.")
    if after is None:
        return _("This nomination counts in the first run only.")
    if before.change_reason or after.change_reason:
        return _("The result of a run was changed by hand.")
    if BARRED in (before.outcome, after.outcome):
        return _eligible(before, after, inputs)
    old, new = _odds(before), _odds(after)
    if old == new and old is not None and 0 < old < 1:
        return _("The chance was the same in both runs: only the draw differs.")
    if not inputs.rules and not _pools_differ(inputs):
        return (
            _("Rules, nominations and seed are the same; only the calculation differs.")
            if inputs.same_seed
            else _("Rules and nominations are the same: only the draw differs.")
        )
    found = [_differs(code, inputs)]
    if old is not None and new is not None and old != new:
        found.append(
            _("The chance: %(before)s → %(after)s.")
            % {"before": chance(str(old)), "after": chance(str(new))}
        )
    if any(odds is not None and 0 < odds < 1 for odds in (old, new)):
        found.append(_("The draw decided the rest."))
    return " ".join(found)


def by_rules(
    reasons: Sequence[Mapping[str, Any]], rules: Sequence[Differing]
) -> list[bool]:
    """Return of each stored reason not to be eligible if its rule is one that differs."""
    differing = {one.field for one in rules}
    return [
        bool(RULES_OF.get(str(reason.get("code")), set()) & differing)
        for reason in reasons
    ]


def _pools_differ(inputs: Inputs) -> bool:
    return inputs.others_eligible or not inputs.pools.is_same


def _eligible(before: Decision, after: Decision, inputs: Inputs) -> str:
    """Return whether rules or the nomination made the difference of who may enter."""
    barred = before if before.outcome == BARRED else after
    by_rule = by_rules(barred.reasons, inputs.rules)
    first = barred is before
    if all(by_rule):
        return (
            _(
                "Not eligible by a rule of the first run, which the second has otherwise."
            )
            if first
            else _(
                "Not eligible by a rule of the second run, which the first has otherwise."
            )
        )
    if not any(by_rule):
        return (
            _(
                "Not eligible in the first run only, by rules that both runs have: what is known of the nomination differs."
            )
            if first
            else _(
                "Not eligible in the second run only, by rules that both runs have: what is known of the nomination differs."
            )
        )
    return _(
        "Rules and what is known of the nomination both decided about eligibility."
    )


def _differs(code: str, inputs: Inputs) -> str:
    if inputs.rules and _pools_differ(inputs):
        return _(
            "Rules and nominations both differ; the records alone do not tell which of "
            "them decided."
        )
    if inputs.rules:
        count = len(inputs.rules)
        if count == 1:
            return _("Only one rule differs. %(rule)s.") % {
                "rule": inputs.rules[0].in_words().rstrip(".")
            }
        return ngettext(
            "Only the rules differ, in %(count)s point.",
            "Only the rules differ, in %(count)s points.",
            count,
        ) % {"count": count}
    hers = inputs.pools.changed.get(code)
    alone = (
        len(inputs.pools.changed) == 1
        and not inputs.pools.only_before
        and not inputs.pools.only_after
        and not inputs.others_eligible
    )
    if hers and alone:
        said = "; ".join(one.in_words() for one in hers)
        return _("Only what is known of this person differs. %(what)s.") % {
            "what": said[:1].upper() + said[1:]
        }
    return _("Only the nominations differ, not the rules.")


def _odds(decision: Decision) -> Fraction | None:
    odds = decision.reasons[0].get("odds") if decision.reasons else None
    return None if odds is None else Fraction(odds)

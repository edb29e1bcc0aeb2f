"""
Why a run decided as it did, in words, from its record alone.

The same record gives the same words whenever and wherever it is asked again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from mosty.engines.selection import NamedLimit
from mosty.nominations.rules import Balance, Rules, parse
from mosty.nominations.rules.check import words as breach_words
from mosty.nominations.rules.labels import attribute_label, value_label
from mosty.nominations.rules.words import priority_words
from mosty.selection.models import Decision, Run


def why(decision: Decision) -> list[str]:
    """Return why somebody has this result, in the language that is active."""
    rules = parse(decision.run.rules)
    if decision.change_reason:
        return [
            _("The result was changed by hand, for this reason: %(reason)s")
            % {"reason": decision.change_reason}
        ]
    if decision.outcome == Decision.Outcome.NOT_ELIGIBLE:
        return [breach_words(reason, rules) for reason in decision.reasons]
    sentences = [
        sentence
        for reason in decision.reasons
        for sentence in _reason(
            reason, rules, len(decision.run.record["result"]["drawn"])
        )
    ]
    if decision.outcome == Decision.Outcome.RESERVE:
        sentences.append(
            _(
                "Place %(place)s on the reserve list: a seat that becomes free is offered "
                "in this order to the first person with whom all rules are still kept."
            )
            % {"place": decision.reserve_place}
        )
    return sentences


def _reason(reason: Mapping[str, Any], rules: Rules, drawn: int) -> list[str]:
    place = {"position": reason.get("position"), "drawn": drawn}
    match reason["code"]:
        case "drawn":
            return [
                _(
                    "The rules were kept and the priorities served as well as they can be."
                ),
                _("Between equals the draw decided: place %(position)s of %(drawn)s.")
                % place,
            ]
        case "must_in":
            return [_("This person had a seat before this run.")]
        case "drawn_later":
            return [
                _("By the rules and priorities equal to people who have a seat."),
                _(
                    "Between equals the draw decided: place %(position)s of %(drawn)s, after "
                    "the seats were taken."
                )
                % place,
            ]
        case "fewer_seats":
            return [
                _(
                    "With this person, fewer seats could be filled: %(after)s instead of %(before)s."
                )
                % reason["params"]
            ]
        case "would_harm":
            return [_harm(reason["params"], rules)]
        case "limit":
            return [
                _("With this person, these limits cannot be kept together: %(limits)s.")
                % {
                    "limits": "; ".join(
                        limit_words(limit) for limit in limits_of(reason)
                    )
                }
            ]
        case "excluded":
            return [_("This person was left out of this run.")]
    return [_("The reason was not worked out for this run.")]


def _harm(params: Mapping[str, Any], rules: Rules) -> str:
    number = int(params["priority"])
    priority = rules.priorities[number - 1]
    text = {
        "number": number,
        "priority": priority_words(priority, rules).rstrip("."),
        "before": params["before"],
        "after": params["after"],
    }
    if isinstance(priority, Balance):
        return (
            _(
                "With this person, priority %(number)s would be served less well: %(priority)s."
            )
            % text
        )
    return (
        _(
            "With this person, priority %(number)s would be served less well: %(priority)s. "
            "It would reach %(after)s instead of %(before)s."
        )
        % text
    )


def limit_words(limit: NamedLimit) -> str:
    """Return one limit of the engine in words, as an item of a list."""
    params = limit.params
    match limit.code:
        case "seats":
            seats = int(params["seats"])
            return ngettext("%(seats)s seat", "%(seats)s seats", seats) % {
                "seats": seats
            }
        case "organisation_least":
            return _("at least %(least)s from each city") % params
        case "organisation_most":
            return _("at most %(most)s from each city") % params
        case "quota_least":
            return _("%(whom)s: at least %(least)s") % {**params, "whom": _whom(params)}
        case "quota_most":
            return _("%(whom)s: at most %(most)s") % {**params, "whom": _whom(params)}
        case "must_in":
            return _("person with the code %(code)s") % params
    return limit.code


def limits_of(reason: Mapping[str, Any]) -> list[NamedLimit]:
    """Return the limits that a stored reason names."""
    return [
        NamedLimit(item["code"], item["params"]) for item in reason.get("limits", ())
    ]


def _whom(params: Mapping[str, Any]) -> str:
    attribute = str(params["attribute"])
    return (
        f"{attribute_label(attribute)}, {value_label(attribute, str(params['value']))}"
    )


def passed_over(items: Sequence[Mapping[str, Any]]) -> list[str]:
    """Return who was passed over on the reserve list and why, by code."""
    return [
        f"{item['nomination']}: "
        + (
            "; ".join(limit_words(limit) for limit in limits_of(item))
            if item.get("limits")
            else _("not available")
        )
        for item in items
    ]


def priorities_reached(run: Run) -> list[tuple[str, int, int]]:
    """Return each priority in words, with what the cohort reaches and the best there is."""
    rules = parse(run.rules)
    return [
        (
            priority_words(priority, rules).rstrip("."),
            reached["value"],
            reached["bound"],
        )
        for priority, reached in zip(
            rules.priorities, run.record["result"]["priorities"], strict=True
        )
    ]

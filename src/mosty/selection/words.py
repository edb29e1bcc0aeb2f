"""
Why a run decided as it did, in words, from its record alone.

The same record gives the same words whenever and wherever it is asked again.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from mosty.engines.selection import NamedLimit
from mosty.engines.selection import sentences as engine_words
from mosty.nominations.rules import Balance, Memory, Prefer, Priority, Rules, parse
from mosty.nominations.rules.check import words as breach_words
from mosty.nominations.rules.labels import attribute_label, value_label
from mosty.nominations.rules.words import condition_words, priority_words
from mosty.selection.models import Decision

WITHOUT_SEAT = (Decision.Outcome.RESERVE, Decision.Outcome.NOT_SELECTED)


def why(decision: Decision) -> list[str]:
    """Return why somebody has this result, in the language that is active."""
    rules = parse(decision.run.rules)
    if decision.outcome == Decision.Outcome.NOT_ELIGIBLE:
        return [breach_words(reason, rules) for reason in decision.reasons]
    if decision.change_reason:
        sentences = [
            _("The result was changed by hand, for this reason: %(reason)s")
            % {"reason": decision.change_reason}
        ]
    else:
        drawn = len(decision.run.record["drawn"])
        sentences = [
            sentence
            for reason in decision.reasons
            for sentence in _reason(reason, rules, drawn)
        ]
    if decision.outcome == Decision.Outcome.RESERVE:
        sentences.append(
            _(
                "Place %(place)s on the reserve list: a seat that becomes free is offered "
                "to the person on the list who then fits the rules best; between equals, "
                "in the order of the list."
            )
            % {"place": decision.reserve_place}
        )
    return sentences


def in_brief(decision: Decision) -> list[str]:
    """Return why somebody has this result, to stand beside another run's reason."""
    rules = parse(decision.run.rules)
    if decision.outcome == Decision.Outcome.NOT_ELIGIBLE:
        return [breach_words(reason, rules) for reason in decision.reasons]
    if decision.change_reason:
        return [
            _("The result was changed by hand, for this reason: %(reason)s")
            % {"reason": decision.change_reason}
        ]
    drawn = len(decision.run.record["drawn"])
    found = []
    for reason in decision.reasons:
        if reason["code"] not in {"drawn", "not_drawn"}:
            found += _reason(reason, rules, drawn)
        elif not reason.get("odds"):
            # Without the sentence that is true of everybody.
            found += _reason(reason, rules, drawn)[1:]
        else:
            text = (
                _("Drawn, with a chance of %(odds)s.")
                if reason["code"] == "drawn"
                else _("Not drawn, with a chance of %(odds)s.")
            )
            found.append(text % {"odds": chance(reason["odds"])})
    return found


def otherwise(decision: Decision) -> list[str] | None:
    """
    Return which other rules would have changed somebody's chance, and to what.

    Of who has no seat only; empty where no other rule would have changed it, None where
    that was not worked out.
    """
    if decision.change_reason or decision.outcome not in WITHOUT_SEAT:
        return []
    reason = decision.reasons[0] if decision.reasons else {}
    # Runs of before this was worked out say nothing of it.
    found = reason.get("otherwise", ())
    if found is None or not reason.get("odds"):
        return None if found is None else []
    rules = parse(decision.run.rules)
    return engine_words.otherwise(
        [(one["code"], one["params"], one["odds"]) for one in found],
        reason["odds"],
        language(),
        lambda number: priority_words(rules.priorities[number - 1], rules),
    )


def _reason(reason: Mapping[str, Any], rules: Rules, drawn: int) -> list[str]:
    """Return a reason of the engine in its own sentences, with our names of things."""
    position = reason.get("position")
    return engine_words.why(
        reason,
        odds=reason.get("odds"),
        place=None if position is None else (position, drawn),
        language=language(),
        limit_words=limit_words,
        priority_words=lambda number: priority_words(
            rules.priorities[number - 1], rules
        ),
        reach=lambda number: _reach(rules.priorities[number - 1]),
    )


def _reach(priority: Priority) -> engine_words.Reach:
    """Return how the engine says what a cohort reaches for a priority."""
    match priority:
        case Balance():
            # A sum of differences, which tells nobody anything.
            return ""
        case Memory():
            return "reach_memory"
    return "reach"


def language() -> str:
    """Return the language of the engine's sentences that fits the active one."""
    active = (get_language() or "en").partition("-")[0]
    return active if active in engine_words.LANGUAGES else "en"


def chance(odds: str) -> str:
    """Return exact odds as people read them, such as 9.5%."""
    return engine_words.chance(odds, language())


def limit_words(limit: NamedLimit) -> str:
    """Return one limit of the engine in words, as an item of a list."""
    params = limit.params
    match limit.code:
        case "seats":
            seats = int(params["seats"])
            return ngettext("%(seats)s seat", "%(seats)s seats", seats) % {
                "seats": seats
            }
        case "seats_least":
            return _("at least %(seats)s people") % params
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
        case "must_out":
            return _("without the person with the code %(code)s") % params
    return limit.code


def changed(item: Mapping[str, Any], now: int) -> NamedLimit:
    """Return a stored limit with another number in the place of its own."""
    key = {
        "seats": "seats",
        "organisation_most": "most",
        "quota_least": "least",
        "quota_most": "most",
    }[item["code"]]
    return NamedLimit(item["code"], {**item["params"], key: now})


def cost_head(what: str) -> str:
    """Return what a number of a selection's result is, as the head of a column."""
    return {
        "seats": _("Seats filled"),
        "smallest": _("Smallest chance"),
        "without": _("People without a chance"),
    }[what]


def expected_words(attribute: str, value: str) -> str:
    """Return the head above how many people of a quota are expected."""
    return _("Expected: %(whom)s") % {"whom": whom(attribute, value)}


def limits_of(reason: Mapping[str, Any]) -> list[NamedLimit]:
    """Return the limits that a stored reason names."""
    return [
        NamedLimit(item["code"], item["params"]) for item in reason.get("limits", ())
    ]


def _whom(params: Mapping[str, Any]) -> str:
    return whom(str(params["attribute"]), str(params["value"]))


def whom(attribute: str, value: str) -> str:
    """Return who has this value, such as "kind of unit, education"."""
    return f"{attribute_label(attribute)}, {value_label(attribute, value)}"


def passed_over(
    items: Sequence[Mapping[str, Any]], rules: Rules | None = None
) -> list[str]:
    """
    Return who was passed over on the reserve list and why, by code, in sentences.

    A priority is said in words by ``rules``; without them, by its number.
    """
    return [_passed_over(item, rules) for item in items]


def _passed_over(item: Mapping[str, Any], rules: Rules | None) -> str:
    known = {"code": item["nomination"], **item.get("params", {})}
    match item.get("code"):
        case "limit":
            text = _(
                "%(code)s: with this person these limits could no longer be kept together: "
                "%(limits)s."
            )
            known["limits"] = "; ".join(limit_words(limit) for limit in limits_of(item))
        case "fewer_seats":
            text = _(
                "%(code)s: with this person fewer seats could be filled: %(after)s instead "
                "of %(before)s."
            )
        case "would_harm":
            return _suffers(known, rules)
        case "already_seated":
            text = _("%(code)s: has a seat already.")
        case _other:
            text = _("%(code)s: was no longer available.")
    return text % known


def _suffers(known: Mapping[str, Any], rules: Rules | None) -> str:
    """Return which priority would suffer with whom the list passed over."""
    if rules is None:
        return (
            _(
                "%(code)s: with this person priority %(priority)s would be served less well: "
                "%(after)s instead of %(before)s."
            )
            % known
        )
    priority = rules.priorities[int(known["priority"]) - 1]
    if isinstance(priority, Balance):
        text = _(
            "%(code)s: with this person priority %(priority)s would be served less well: "
            "%(words)s (distance from an even group: %(after)s instead of %(before)s)."
        )
    elif isinstance(priority, Memory):
        text = _(
            "%(code)s: with this person priority %(priority)s would be served less well: "
            "%(words)s (earlier seats of everybody's city, added up: %(after)s instead of "
            "%(before)s)."
        )
    else:
        text = _(
            "%(code)s: with this person priority %(priority)s would be served less well: "
            "%(words)s (%(after)s instead of %(before)s)."
        )
    return text % {**known, "words": priority_words(priority, rules).rstrip(".")}


def preferred_words(priority: Prefer, rules: Rules) -> str:
    """Return whom a priority prefers in a few words, as they stand below a number."""
    known: Mapping[tuple[tuple[str, tuple[str, ...]], ...], str] = {
        (("experience", ("little",)),): _("from cities with little experience"),
        (("experience", ("much",)), ("new_in_post", ("yes",))): _(
            "new employees of cities with more experience"
        ),
        (("new_in_post", ("yes",)),): _("new in their posts"),
    }
    return known.get(priority.who) or condition_words(priority, rules)


def reached_words(priority: Priority, value: int, best: int) -> str:
    """Return what a cohort reaches for a priority; ``best`` is what the draw reached."""
    if isinstance(priority, Balance):
        # The number is a sum of differences, which tells nobody anything.
        return (
            _("as even as possible") if value <= best else _("less even than the draw")
        )
    if isinstance(priority, Memory):
        text = measure_words(priority, value)
        if value == best:
            return _("%(text)s, the fewest possible") % {"text": text}
        return _("%(text)s; the draw reached %(best)s") % {"text": text, "best": best}
    if value == best:
        return _("%(value)s, the most possible") % {"value": value}
    return _("%(value)s; the draw reached %(best)s") % {"value": value, "best": best}


def obstacle_words(code: str, count: int) -> str:
    """Return what must be settled before a draw, as a sentence."""
    return {
        "open": _("The call has not closed yet."),
        "no_seed": _("The seed from the named source has not been entered."),
        "no_list": _("The numbered list of groups has not been made."),
        "no_number": _("The number drawn in public has not been entered."),
        "unchecked": ngettext(
            "%(count)s submitted nomination has not been checked.",
            "%(count)s submitted nominations have not been checked.",
            count,
        ),
        "undecided": ngettext(
            "%(count)s pair may be one person: decide whether it is.",
            "%(count)s pairs may each be one person: decide whether they are.",
            count,
        ),
    }[code] % {"count": count}


def refusal_words(code: str, params: Mapping[str, Any]) -> str:
    """Return why a draw or a trial could not be made, as a sentence."""
    return {
        "bad_rules": _("The rules do not fit together."),
        "broken": _(
            "The calculation did not succeed, and nothing was decided. Tell the administrator."
        ),
        "changed": _("Nominations changed while the selection ran. Run it again."),
        "interrupted": _(
            "The calculation was interrupted, and nothing was decided. Start it again."
        ),
        "no_cohort": _(
            "These rules cannot all be kept with these nominations: %(limits)s."
        ),
        "nobody": _("Nobody can be selected: nobody eligible is nominated."),
        "not_allowed": _(
            "Whoever asked for it may no longer do so. Nothing was decided."
        ),
        "obstacles": _("Something must be settled before the draw. See the list."),
        "listed": _("The numbered list has been made; it cannot be exchanged."),
        "repetition_runs": _(
            "Another run is being solved again for you. Wait for it, or cancel it."
        ),
        "stands": _("There is a draw already. Discard it first, with a reason."),
        "trial_runs": _(
            "Another trial of yours is being calculated. Wait for it, or cancel it."
        ),
    }[code] % {"limits": "; ".join(limit_words(limit) for limit in limits_of(params))}


def step_words(step: str) -> str:
    """Return what a calculation is doing, as a sentence."""
    match step:
        case "":
            return _("The nominations are being read.")
        case "priorities":
            return _("The priorities are being served, in their order.")
        case "odds":
            return _("Everybody's chance is being made as equal as the rules allow.")
        case "cohorts":
            return _("Groups are being put together, from which one will be drawn.")
        case "reasons":
            return _("The reason is being written down for everybody.")
        case "rules":
            return _("What other rules would have given is being worked out.")
    return _("It is being calculated.")


def measure_words(priority: Priority, value: int) -> str:
    """Return what a cohort reaches for a priority, to stand beside another's."""
    if isinstance(priority, Balance):
        return _("distance from an even group: %(value)s") % {"value": value}
    if isinstance(priority, Memory):
        return _("earlier seats of everybody's city, added up: %(value)s") % {
            "value": value
        }
    return str(value)

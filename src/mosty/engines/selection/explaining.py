"""One person's result in sentences, from a record alone."""

from fractions import Fraction

from mosty.engines.errors import BadProblem
from mosty.engines.reading import Node, parse
from mosty.engines.selection.model import Balance, Memory, Priority, Problem
from mosty.engines.selection.outcome import NamedLimit
from mosty.engines.selection.problem_json import problem_from_json
from mosty.engines.selection.result_json import priority_names
from mosty.engines.selection.sentences import (
    TEXTS,
    Reach,
    limit_sentence,
    otherwise,
    why,
)
from mosty.engines.selection.what_if import counterfactuals


def explanation(text: str, code: str, language: str) -> list[str]:
    """
    Return why ``code`` has this result, and what would have changed her odds.

    The same record gives the same words whenever it is asked again.

    :raises BadProblem: if ``text`` is not a record, or does not know ``code``.
    :raises SolverFailed: if the solver's answer does not check.
    """
    members = parse(text, "record").mapping()
    for key in ("input", "feasible"):
        if key not in members:
            raise BadProblem("missing_key", path="record", key=key)
    problem = problem_from_json(members["input"])
    texts = TEXTS[language]
    if code not in {person.code for person in problem.candidates}:
        raise BadProblem("unknown_code", code=code)
    if members["feasible"].value is not True:
        limits = members["conflict"].items()
        words = "; ".join(_limit(node, language) for node in limits)
        return [texts["limit"].format(limits=words)]
    for key in ("people", "odds_exact", "drawn", "reserve"):
        if key not in members:
            raise BadProblem("missing_key", path="record", key=key)
    people = (
        node.members("code", "result", "position", "reason")
        for node in members["people"].items()
    )
    person = next((one for one in people if one["code"].value == code), None)
    if person is None:
        raise BadProblem("unknown_code", code=code)
    exact = members["odds_exact"].mapping()
    odds = exact[code].text() if code in exact else None
    position = person["position"].value
    place = None
    if isinstance(position, int):
        place = position, len(members["drawn"].items())
    names = priority_names(problem.priorities)
    result = person["result"].text()
    sentences = [texts["selected" if result == "selected" else "not_selected"]]
    reason = {key: node.value for key, node in person["reason"].mapping().items()}
    sentences += why(
        reason,
        odds,
        place,
        language,
        lambda limit: limit_sentence(limit, language),
        lambda number: names[number - 1],
        lambda number: _reach(problem.priorities[number - 1]),
    )
    if result == "reserve":
        place_of = members["reserve"].texts().index(code) + 1
        sentences.append(texts["reserve"].format(place=place_of))
    if result in {"reserve", "not_selected"}:
        sentences += _otherwise(problem, code, odds, language)
    return sentences


def _reach(priority: Priority) -> Reach:
    match priority:
        case Balance():
            return ""
        case Memory():
            return "reach_memory"
    return "reach"


def _otherwise(
    problem: Problem, code: str, odds: str | None, language: str
) -> list[str]:
    """Return what one thing different would have meant for her odds, if anything."""
    if odds is None:
        return []
    names = priority_names(problem.priorities)
    return otherwise(
        (
            (one.code, one.params, str(one.odds))
            for one in counterfactuals(problem, {code: Fraction(odds)})[code]
        ),
        odds,
        language,
        lambda number: names[number - 1],
    )


def _limit(node: Node, language: str) -> str:
    members = node.members("code", "params")
    params = {
        key: value.text() if isinstance(value.value, str) else value.integer()
        for key, value in members["params"].mapping().items()
    }
    return limit_sentence(NamedLimit(members["code"].text(), params), language)

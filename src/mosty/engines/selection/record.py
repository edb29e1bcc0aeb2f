"""
The record of a run: enough for anybody to make it again and compare.

A record proves that its result follows from its input and seed. It cannot prove
that these are the true ones: for that the digest is published before the seed is
known, and the seed comes from where ``seed_source`` says.
"""

from dataclasses import dataclass
from hashlib import sha256

from mosty.engines.selection.cohort import select
from mosty.engines.selection.errors import check_text
from mosty.engines.selection.model import Problem
from mosty.engines.selection.outcome import NoCohort, Outcome
from mosty.engines.selection.problem_json import problem_from_json, problem_to_json
from mosty.engines.selection.reading import Node, canonical, parse
from mosty.engines.selection.result_json import result_from_json, result_to_json

# Raised whenever the same input and seed may give another result.
ENGINE = "selection/1"
KEYS = (
    "engine",
    "explain",
    "input",
    "input_digest",
    "result",
    "seed",
    "seed_source",
)


@dataclass(frozen=True, slots=True)
class Record:
    """One run: what went in, what came out, and by which engine."""

    problem: Problem
    seed: str
    seed_source: str
    explain: bool
    result: Outcome | NoCohort
    input_digest: str
    engine: str = ENGINE

    def to_json(self) -> str:
        """Return the record as one canonical line of JSON."""
        return canonical(
            {
                "engine": self.engine,
                "explain": self.explain,
                "input": problem_to_json(self.problem),
                "input_digest": self.input_digest,
                "result": result_to_json(self.result),
                "seed": self.seed,
                "seed_source": self.seed_source,
            }
        )


@dataclass(frozen=True, slots=True)
class Difference:
    """
    One place where a record is not what a new run gives.

    Both sides are JSON texts, and empty where a side has nothing.
    """

    path: str
    recorded: str
    computed: str


def input_digest(problem: Problem) -> str:
    """Return the SHA-256, in hexadecimal, of the canonical JSON of ``problem``."""
    return sha256(canonical(problem_to_json(problem)).encode()).hexdigest()


def run(
    problem: Problem, seed: str, seed_source: str = "", *, explain: bool = True
) -> Record:
    """
    Select, and return the record of it.

    :raises BadProblem: if the seed is empty.
    :raises SolverFailed: if the solver's answer does not check.
    """
    check_text(seed_source, "seed_source")
    result = select(problem, seed, explain=explain)
    return Record(problem, seed, seed_source, explain, result, input_digest(problem))


def read(text: str) -> Record:
    """
    Return the record in ``text`` as it stands, without checking its result.

    :raises BadProblem: if it is not a record.
    """
    members = parse(text, "record").members(*KEYS)
    return Record(
        problem=problem_from_json(members["input"]),
        seed=members["seed"].text(),
        seed_source=members["seed_source"].text(),
        explain=members["explain"].truth(),
        result=result_from_json(members["result"]),
        input_digest=members["input_digest"].text(),
        engine=members["engine"].text(),
    )


def verify(text: str) -> list[Difference]:
    """
    Run a record again and return where it differs; an empty list if nowhere.

    A record of another engine is not run: that is its only difference.

    :raises BadProblem: if ``text`` is not a record.
    """
    members = parse(text, "record").members(*KEYS)
    engine = members["engine"].text()
    if engine != ENGINE:
        return [Difference("engine", canonical(engine), canonical(ENGINE))]
    again = run(
        problem_from_json(members["input"]),
        members["seed"].text(),
        members["seed_source"].text(),
        explain=members["explain"].truth(),
    )
    return [
        *_compare(members["input_digest"], again.input_digest),
        *_compare(members["result"], result_to_json(again.result)),
    ]


def _compare(recorded: Node, computed: object) -> list[Difference]:
    old = recorded.value
    found = []
    if isinstance(old, dict) and isinstance(computed, dict):
        members = recorded.mapping()
        for key in sorted({*old, *computed}):
            path = f"{recorded.path}.{key}"
            found += _compare_members(
                path, members.get(key), key in computed, computed.get(key)
            )
        return found
    if isinstance(old, list) and isinstance(computed, list):
        items = recorded.items()
        for index in range(max(len(items), len(computed))):
            node = items[index] if index < len(items) else None
            there = index < len(computed)
            value = computed[index] if there else None
            found += _compare_members(f"{recorded.path}[{index}]", node, there, value)
        return found
    # The texts, since in Python true == 1 and 1 == 1.0.
    if canonical(old) != canonical(computed):
        return [Difference(recorded.path, canonical(old), canonical(computed))]
    return []


def _compare_members(
    path: str, node: Node | None, there: bool, value: object
) -> list[Difference]:
    if node is None:
        return [Difference(path, "", canonical(value))]
    if not there:
        return [Difference(path, canonical(node.value), "")]
    return _compare(node, value)

"""
The record of a run: enough for anybody to check it, or to make it again.

A record proves that its result follows from its input and seed. It cannot prove
that these are the true ones: for that the digest is published before the seed is
known, and the seed comes from where ``seed_source`` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from mosty.engines.errors import BadProblem, check_text
from mosty.engines.reading import Json, canonical, parse
from mosty.engines.selection.casting import (
    digest_of,
    order_seed,
    pseudonyms,
    published,
)
from mosty.engines.selection.cohort import select
from mosty.engines.selection.model import Problem
from mosty.engines.selection.outcome import NoCohort, Outcome
from mosty.engines.selection.problem_json import problem_from_json, problem_to_json
from mosty.engines.selection.public import Numbered, number_cohorts, numbered_to_json
from mosty.engines.selection.result_json import result_to_json
from mosty.engines.selection.watch import Watch, watching

NAME = "mosty.engines.selection"
# Raised whenever the same input and seed may give another result.
VERSION = "2"
ENGINE = f"{NAME}/{VERSION}"


@dataclass(frozen=True, slots=True)
class Record:
    """One run: what went in, what came out, by which engine, in how many seconds."""

    problem: Problem
    seed: str
    seed_source: str
    explain: bool
    result: Outcome | NoCohort
    numbered: Numbered | None = None
    number: int | None = None
    seconds: float | None = None

    @property
    def input_digest(self) -> str:
        """The SHA-256 of the problem."""
        return input_digest(self.problem)

    def to_data(self) -> dict[str, Json]:
        """Return the record as JSON data, with a digest of each part."""
        data: dict[str, Json] = {
            "engine": {"name": NAME, "version": VERSION},
            "explain": self.explain,
            "input": problem_to_json(self.problem),
            "input_sha256": self.input_digest,
            "seed": self.seed,
            "seed_source": self.seed_source,
            "seconds": self.seconds,
            "public_lottery": self._public_lottery(),
            **result_to_json(self.problem, self.result),
        }
        return {**data, "digests": digests(data)}

    def _public_lottery(self) -> Json:
        if self.numbered is None:
            return None
        codes = (person.code for person in self.problem.pool)
        text = published(
            self.numbered,
            pseudonyms(codes, self.seed),
            self.input_digest,
            self.seed,
        )
        return {
            **numbered_to_json(self.numbered),
            "number": self.number,
            "sha256": digest_of(text),
        }

    def to_json(self) -> str:
        """Return the record as one canonical line of JSON (RFC 8785)."""
        return canonical(self.to_data())


def digests(data: Mapping[str, Json]) -> dict[str, Json]:
    """Return the SHA-256 of each part's canonical text, and of all these together."""
    parts: dict[str, Json] = {
        key: _sha256(canonical(data[key])) for key in sorted(data) if key != "digests"
    }
    return {**parts, "all": _sha256(canonical(parts))}


def input_digest(problem: Problem) -> str:
    """Return the SHA-256, in hexadecimal, of the canonical JSON of ``problem``."""
    return _sha256(canonical(problem_to_json(problem)))


def run(
    problem: Problem,
    seed: str,
    seed_source: str = "",
    *,
    explain: bool = True,
    tickets: int = 0,
    number: int | None = None,
    numbered: Numbered | None = None,
    watch: Watch | None = None,
) -> Record:
    """
    Select, and return the record of it.

    With ``tickets``, so many numbered cohorts are made as well, for a draw in public.
    With ``number``, that one of them sits; ``numbered`` is the list that was published,
    else it is made anew with the seed.

    :raises BadProblem: if the seed is empty, the rules cannot be used, or the list has
        no such number.
    :raises SolverFailed: if the solver's answer does not check.
    :raises Cancelled: if ``watch`` says so.
    """
    check_text(seed_source, "seed_source")
    if numbered is None and number is not None:
        listed = list_cohorts(problem, seed, tickets, watch=watch)
        if isinstance(listed, NoCohort):
            return Record(problem, seed, seed_source, explain, listed)
        numbered = listed
    if numbered is None or number is None:
        result = select(problem, seed, explain=explain, watch=watch)
        if tickets and isinstance(result, Outcome):
            numbered = number_cohorts(result, tickets, seed)
        return Record(problem, seed, seed_source, explain, result, numbered)
    if not 0 <= number < len(numbered.cohorts):
        most = len(numbered.cohorts) - 1
        raise BadProblem("no_such_number", number=number, most=most)
    codes = (person.code for person in problem.pool)
    text = published(numbered, pseudonyms(codes, seed), input_digest(problem), seed)
    order = order_seed(number, len(numbered.cohorts), digest_of(text))
    cohort = numbered.cohorts[number]
    result = select(problem, order, explain=explain, watch=watch, cohort=cohort)
    return Record(problem, seed, seed_source, explain, result, numbered, number)


def list_cohorts(
    problem: Problem, seed: str, tickets: int, *, watch: Watch | None = None
) -> Numbered | NoCohort:
    """
    Return ``tickets`` numbered cohorts, of which a number drawn later picks one.

    :raises BadProblem: if the seed is empty, the rules cannot be used, or the lottery
        lists no cohorts.
    :raises SolverFailed: if the solver's answer does not check.
    :raises Cancelled: if ``watch`` says so.
    """
    watch = watch or Watch()
    result = select(problem, seed, explain=False, watch=watch)
    if isinstance(result, NoCohort):
        return result
    with watching(watch):
        return number_cohorts(result, tickets, seed)


def problem_in(text: str) -> Problem:
    """
    Return the problem that a record solved.

    :raises BadProblem: if ``text`` is not a record.
    """
    members = parse(text, "record").mapping()
    if "input" not in members:
        parse(text, "record").members("input")
    return problem_from_json(members["input"])


def _sha256(text: str) -> str:
    return sha256(text.encode()).hexdigest()

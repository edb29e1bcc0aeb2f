"""What a row of the table says: who gets in, by which method."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from tests.access.circles import EVERYBODY, NOBODY, Circle
from tests.e2e.academy import Academy

Sends = Callable[[Academy], Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Rule:
    """Who may ask for an address; whoever is not named is refused."""

    gets: Circle
    # Whose empty form is taken and answered, mostly by what is missing.
    posts: Circle
    # What a form must say for the site to know what it is about.
    sends: Sends = lambda academy: {}
    # Of those who may read it, for whom there may be nothing: that differs by play.
    may_be_empty: Circle = NOBODY
    # The same for everybody, whoever is signed in: caches of others may keep it.
    everybodys: bool = False
    # That she read it is itself written in the ledger: files that are taken away.
    noted: bool = False


Table = Mapping[str, Rule]


def page(gets: Circle) -> Rule:
    """Return the rule of what is only read."""
    return Rule(gets, NOBODY)


def same_for_all() -> Rule:
    """Return the rule of what says the same to everybody, so that any cache may keep it."""
    return Rule(EVERYBODY, NOBODY, everybodys=True)


def file(gets: Circle) -> Rule:
    """Return the rule of a file whose every taking away the ledger notes."""
    return Rule(gets, NOBODY, noted=True)


def form(gets: Circle, posts: Circle | None = None, **sent: str) -> Rule:
    """Return the rule of a page with a form, which its readers send unless others do."""
    return Rule(gets, gets if posts is None else posts, lambda academy: sent)


def button(posts: Circle, sends: Sends = lambda academy: {}) -> Rule:
    """Return the rule of an address that only takes what a button sends."""
    return Rule(NOBODY, posts, sends)

"""Compares what came of a crossing with what the table says."""

from collections.abc import Iterator

from tests.access.circles import NOBODY, Reader
from tests.access.crossing import Answer, Crossing, undrawn
from tests.access.rules import Rule
from tests.access.table.known import KNOWN, NOBODY_IS_ASKED

# Behind a link nobody is asked who she is: three stand for all.
BY_LINK = (Reader.STRANGER, Reader.COORDINATOR, Reader.OTHER_CITY)
LEDGER = frozenset({"audit_entry"})


def faults(crossing: Crossing, key: str, rule: Rule, path: str) -> Iterator[str]:
    """Yield where the site answers a reader otherwise than ``rule`` says."""
    sent = rule.sends(crossing.academy)
    drawn = min(rule.posts, default=None)
    crossing.begin()
    for reader in BY_LINK if "/link/" in path else Reader:
        with undrawn():
            read = crossing.ask(reader, "get", path)
        if reader == drawn:
            # GET is drawn for axe; this is the same page, with what is missing.
            wrote = crossing.ask(reader, "post", path, sent)
        else:
            with undrawn():
                wrote = crossing.ask(reader, "post", path, sent)
        for method, answer, fault in (
            ("GET", read, _of_get(rule, key, reader, read)),
            ("POST", wrote, _of_post(rule, key, reader, wrote)),
        ):
            if fault:
                yield f"{method} {key}, {reader}: {fault} ({answer.status})"


def _of_get(rule: Rule, key: str, reader: Reader, got: Answer) -> str:
    if reader not in rule.gets:
        return _of_refusal(rule, key, reader, got, is_used=bool(rule.gets))
    if got.status == 404 and reader in rule.may_be_empty:
        return ""
    if got.is_refusal or got.status >= 400:
        return "is kept out"
    if reader != Reader.STRANGER and "public" in got.keeps and not rule.everybodys:
        return "may be kept by caches of others, though she is signed in"
    if got.wrote != (LEDGER if rule.noted else frozenset()):
        return f"writes to {sorted(got.wrote)}"
    return ""


def _of_post(rule: Rule, key: str, reader: Reader, sent: Answer) -> str:
    if reader in rule.posts:
        return "is kept out" if sent.is_refusal or sent.status >= 500 else ""
    return _of_refusal(rule, key, reader, sent, is_used=bool(rule.posts))


def _of_refusal(
    rule: Rule, key: str, reader: Reader, answer: Answer, *, is_used: bool
) -> str:
    """Return what is wrong with how somebody is refused; ``is_used``: others get in so."""
    if answer.wrote:
        return f"is refused, but writes to {sorted(answer.wrote)}"
    if not is_used:
        return "" if answer.status == 405 else "nobody uses this method here"
    if reader == Reader.STRANGER and key not in NOBODY_IS_ASKED:
        return "" if answer.to_sign_in else "is not led to sign in"
    may_know = reader in rule.gets or reader in KNOWN.get(key, NOBODY)
    wanted = 403 if may_know else 404
    if answer.status == wanted:
        return ""
    if may_know:
        return "is not told that she may not"
    return "learns that there is something" if answer.is_refusal else "gets in"

"""Every address that opens by a link, asked for with a link that must not open it."""

import logging
import re
from collections.abc import Callable
from contextlib import nullcontext
from datetime import timedelta
from unittest.mock import patch

import pytest
from django.db import connection, transaction
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from mosty.config.logs import WithoutSecrets
from mosty.kernel import tokens
from mosty.nominations.models import Nomination
from mosty.outbox.models import Link
from tests.access.circles import Reader
from tests.access.crossing import Crossing, paths, undrawn
from tests.structure import addresses

pytestmark = pytest.mark.django_db

TOKEN = re.compile(r"(?<=/link/)(\w+/)([\w-]{43})")
NAMES = sorted(
    {address.name for address in addresses() if address.path.startswith("/en/link/")}
)
VALUES = re.compile(r"'[^']*'(::\w+)?")
Harm = Callable[[Crossing, QuerySet[Link]], None]


def _end(everybody: Crossing, link: QuerySet[Link]) -> None:
    now = everybody.academy.now
    # One was made just now: no link ends before it begins.
    link.update(
        created_at=now - timedelta(days=1), expires_at=now - timedelta(seconds=1)
    )


def _revoke(everybody: Crossing, link: QuerySet[Link]) -> None:
    link.update(revoked_at=everybody.academy.now)


def answers(everybody: Crossing, path: str) -> set[int]:
    """Return how a contact is answered by GET and by POST, which must write nothing."""
    everybody.begin()
    with undrawn():
        got = [everybody.ask(Reader.CITY, how, path) for how in ("get", "post")]
    assert [answer.wrote for answer in got] == [frozenset(), frozenset()]
    # By a button's address there is no GET.
    return {answer.status for answer in got} - {405}


def put(path: str, token: str) -> str:
    return TOKEN.sub(lambda found: found[1] + token, path)


def test_a_token_that_never_was_opens_nothing(everybody: Crossing) -> None:
    where = paths(everybody.academy)
    found = {name: answers(everybody, put(where[name](), "x" * 43)) for name in NAMES}
    assert found == {name: {404} for name in NAMES}


def test_a_link_of_another_purpose_opens_nothing(everybody: Crossing) -> None:
    where = paths(everybody.academy)
    live = Link.objects.filter(revoked_at=None)
    found = {}
    for name in NAMES:
        path = where[name]()
        own = Link.objects.get(digest=tokens.digest(token_in(path)))
        other = live.exclude(purpose=own.purpose).latest("pk")
        found[name] = answers(everybody, put(path, other.token))
    assert found == {name: {404} for name in NAMES}


@pytest.mark.parametrize("harm", (_end, _revoke))
def test_a_link_that_is_over_opens_nothing(everybody: Crossing, harm: Harm) -> None:
    where = paths(everybody.academy)
    found = {}
    for name in NAMES:
        path = where[name]()
        before = transaction.savepoint()
        harm(everybody, Link.objects.filter(digest=tokens.digest(token_in(path))))
        found[name] = answers(everybody, path)
        transaction.savepoint_rollback(before)
    assert found == {name: {410} for name in NAMES}


def test_an_address_with_a_token_goes_nowhere_and_is_kept_nowhere(
    everybody: Crossing,
) -> None:
    where = paths(everybody.academy)
    everybody.begin()
    found = set()
    for name in NAMES:
        with undrawn():
            for path in (where[name](), put(where[name](), "x" * 43)):
                answer = everybody.clients[Reader.STRANGER].get(path)
                if answer.streaming:
                    b"".join(answer.streaming_content)
                kept = set(answer.get("Cache-Control", "").split(", "))
                # A calendar's program asks each time whether there is something new.
                is_ours = bool(kept & {"no-store", "no-cache"}) and "public" not in kept
                said = (answer.get("Referrer-Policy"), answer.get("X-Robots-Tag"))
                found.add((*said, is_ours) if answer.status_code != 405 else ())
    assert found - {()} == {("no-referrer", "noindex, nofollow", True)}


class Lines(logging.Handler):
    """Everything that is logged, as an installation writes it, and more than it writes."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.addFilter(WithoutSecrets())
        self.text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text += self.format(record) + "\n"


@pytest.mark.parametrize("is_broken", (False, True))
def test_no_log_says_who_opened_what(everybody: Crossing, is_broken: bool) -> None:
    where = paths(everybody.academy)
    lines, root = Lines(), logging.getLogger()
    level = root.level
    root.addHandler(lines)
    root.setLevel(logging.INFO)
    secrets = set()
    statuses = set()
    try:
        for name in NAMES:
            path = where[name]()
            secrets.add(token_in(path))
            statuses |= _statuses(everybody, path, is_broken)
    finally:
        root.removeHandler(lines)
        root.setLevel(level)
    assert (500 in statuses) is is_broken
    assert ("Internal Server Error" in lines.text) is is_broken
    people = Nomination.objects.values_list("email", "family_name")
    secrets |= {word for person in people for word in person}
    assert {word for word in secrets if word in lines.text} == set()


def _statuses(everybody: Crossing, path: str, is_broken: bool) -> set[int]:
    """Return how a link is answered, also where our code fails over what it opens."""
    everybody.begin()
    fails = patch("mosty.outbox.http.link_for", side_effect=RuntimeError(path))
    with undrawn(), fails if is_broken else nullcontext():
        return {
            everybody.ask(Reader.STRANGER, how, asked).status
            for how in ("get", "post")
            for asked in (path, put(path, "x" * 43))
        }


def token_in(path: str) -> str:
    found = TOKEN.search(path)
    assert found is not None, path
    return found[2]


def _nothing(everybody: Crossing, link: QuerySet[Link]) -> None:
    """Leave the link as it is."""


def cost(everybody: Crossing, path: str) -> tuple[list[str], int]:
    """Return what is asked of the database, without values, and how often is hashed."""
    digest = patch.object(tokens, "digest", wraps=tokens.digest)
    with CaptureQueriesContext(connection) as asked, digest as hashed:
        answers(everybody, path)
    found = [VALUES.sub("?", one["sql"]) for one in asked]
    return [sql for sql in found if "SAVEPOINT" not in sql], hashed.call_count


def test_nobody_learns_by_the_work_done_whether_a_token_ever_was(
    everybody: Crossing,
) -> None:
    """One statement by the digest, whatever the token is; nothing is compared by us."""
    where = paths(everybody.academy)
    found = set()
    for name in NAMES:
        path = where[name]()
        own = Link.objects.filter(digest=tokens.digest(token_in(path)))
        other = Link.objects.filter(revoked_at=None).exclude(purpose=own.get().purpose)
        cases = (
            (_nothing, put(path, "x" * 43)),
            (_nothing, put(path, other.latest("pk").token)),
            (_end, path),
            (_revoke, path),
        )
        for harm, asked in cases:
            before = transaction.savepoint()
            harm(everybody, own)
            statements, hashed = cost(everybody, asked)
            transaction.savepoint_rollback(before)
            looked = [sql for sql in statements if '"outbox_link"' in sql]
            # By GET and by POST; a button's address has no GET.
            found.add((len(statements) - len(looked), len(looked) - hashed))
            assert len(set(looked)) == 1, (name, looked)
    assert found == {(0, 0)}

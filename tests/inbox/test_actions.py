"""A form that a device sends twice is taken once."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.utils import timezone

from mosty.audit.actors import SYSTEM, System
from mosty.inbox import actions
from mosty.inbox.models import Receipt

KEY = UUID("5d6ad4b4-9be1-4d29-9d3a-4a14ad56c9a0")
pytestmark = pytest.mark.django_db


def take(done: list[str], *, word: str = "done", actor: System = SYSTEM) -> object:
    """Send the form: the act writes into ``done``."""

    def act() -> dict[str, str]:
        done.append(word)
        return {"is": word}

    with transaction.atomic():
        return actions.once(
            key=KEY, kind="test", actor=actor, now=timezone.now(), act=act
        )


def test_the_same_key_acts_once_and_answers_the_same() -> None:
    done: list[str] = []
    assert take(done) == {"is": "done"}
    assert take(done, word="again") == {"is": "done"}
    assert done == ["done"]


def test_a_key_of_somebody_else_is_refused() -> None:
    done: list[str] = []
    take(done)
    with pytest.raises(actions.CannotTake):
        take(done, actor=System(ledger_key="user:1"))
    assert done == ["done"]


def test_an_act_that_fails_leaves_no_receipt() -> None:
    def act() -> dict[str, str]:
        raise ValueError

    with pytest.raises(ValueError), transaction.atomic():  # noqa: PT011 - our own
        actions.once(key=KEY, kind="test", actor=SYSTEM, now=timezone.now(), act=act)
    assert Receipt.objects.count() == 0


def test_only_old_receipts_are_forgotten() -> None:
    now = timezone.now()
    take([])
    assert actions.forget(actor=SYSTEM, now=now) == 0
    assert (
        actions.forget(actor=SYSTEM, now=now + actions.KEPT_FOR + timedelta(days=1))
        == 1
    )
    assert Receipt.objects.count() == 0

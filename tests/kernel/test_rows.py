"""Rows are stored unless they are there."""

from datetime import datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries

from mosty.kernel.rows import batches, insert_new
from mosty.outbox.models import Link

pytestmark = pytest.mark.django_db


def link(subject: str, now: datetime) -> Link:
    return Link(
        purpose="confirm",
        subject=subject,
        digest=subject.encode(),
        created_at=now,
        expires_at=now + timedelta(days=1),
    )


def test_only_what_is_new_is_stored_in_one_statement(
    now: datetime, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    there = link("THERE", now)
    there.save()
    new, again = link("NEW", now), link("THERE", now)
    with django_assert_num_queries(1):
        made = insert_new([again, new], by="subject")

    assert (made, again.pk) == ([new], None)
    stored = Link.objects.exclude(pk=there.pk).get()
    assert stored == new
    assert {f.name: getattr(stored, f.name) for f in Link._meta.fields} == {
        f.name: getattr(new, f.name) for f in Link._meta.fields
    }


def test_what_is_stored_is_saved_as_a_row_that_is_there(now: datetime) -> None:
    [made] = insert_new([link("NEW", now)], by="subject")
    made.revoked_at = now
    made.save()

    assert Link.objects.get().revoked_at == now


def test_nothing_asks_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        assert insert_new([], by="subject") == []


def test_batches_take_any_number_of_anything() -> None:
    assert [list(batches(things, 2)) for things in ([], [1], (1, 2), iter("abc"))] == [
        [],
        [[1]],
        [[1, 2]],
        [["a", "b"], ["c"]],
    ]

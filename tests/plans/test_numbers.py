"""A programme's plans in numbers: actions and check-ins, never persons."""

from datetime import timedelta

import pytest

from mosty.plans import times
from mosty.plans.queries.numbers import PlanNumbers, plan_numbers
from mosty.reports.queries.numbers import numbers

pytestmark = pytest.mark.django_db


def test_no_answer_is_counted_beside_the_answers(signed, answered, now):
    day = times.missed_on(signed.check_ins.get(months=3).due_on)
    at = now - (now.date() - day)
    assert plan_numbers(signed.programme, day, at) == PlanNumbers(2, 0, 0, 1)
    answered(3, status="done", percent=None)
    # What came later changes nothing of what held then.
    assert plan_numbers(signed.programme, day, at) == PlanNumbers(2, 0, 0, 1)
    assert plan_numbers(signed.programme, now.date(), now) == PlanNumbers(2, 2, 1, 0)
    before = signed.first_signed_at - timedelta(days=1)
    assert plan_numbers(signed.programme, before.date(), before).actions == 0


def test_the_page_of_numbers_says_what_each_counts(signed, now):
    page = numbers(signed.programme, now.date(), now)
    found = {one.key: (one.value, one.unit) for one in page.figures}
    assert found["plan_actions"] == (2, "actions")
    assert found["check_ins_missed"][1] == "check-ins"

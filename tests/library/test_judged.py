"""What readers would find among the first five, on questions made for this test."""

import pytest

from tests.library import judging

pytestmark = pytest.mark.django_db
FLOOR = 0.9


@pytest.fixture
def filled():
    judging.fill()


def test_there_are_questions_of_each_kind_in_each_language():
    asked = judging.questions()
    assert len(asked) >= 150
    assert len({one.id for one in asked}) == len(asked)
    assert {(one.language, one.kind) for one in asked} >= {
        (language, kind)
        for language in ("pl", "uk", "et", "lv", "lt", "en")
        for kind in ("inflected", "misspelt", "cross")
    }
    assert sum(one.held_out for one in asked) * 3 >= len(asked)


@pytest.mark.parametrize("held_out", (False, True))
def test_nine_in_ten_are_answered_among_the_first_five(filled, held_out):
    asked = [one for one in judging.questions() if one.held_out is held_out]
    missed = [one for one in asked if not one.relevant & {*judging.ours(one)}]
    assert 1 - len(missed) / len(asked) >= FLOOR, missed

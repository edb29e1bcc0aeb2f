"""Whatever was entered, corrected, withdrawn, late and closed: the year is its records."""

from collections import Counter
from datetime import date
from itertools import count
from uuid import uuid4

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.audit.actors import SYSTEM
from mosty.figures.actions import releases as figures
from mosty.figures.models import Release
from mosty.figures.queries.releases import published
from mosty.infopoint.actions import corrections, periods, recording, releases
from mosty.infopoint.actions.saying import Said
from mosty.infopoint.models import Code, Consultation
from tests.infopoint.conftest import CODES, make_point
from tests.infopoint.test_releases import fill, quick

pytestmark = pytest.mark.django_db
FIXTURES = (quick,)
RULES = {"sensitive": 3, "tables": {"channel": 3, "topic": 3, "month": 3}}
NUMBERS = count()
channels = st.sampled_from(("phone", "email", "viber"))
topics = st.lists(
    st.sampled_from(("stay", "work", "health")), min_size=1, max_size=2, unique=True
)
months = st.integers(1, 12)
acts = st.lists(
    st.one_of(
        st.tuples(st.just("record"), months, channels, topics),
        st.tuples(st.just("correct"), st.integers(0, 99), channels, topics),
        st.tuples(st.just("withdraw"), st.integers(0, 99)),
        st.tuples(st.just("close"), months),
        st.tuples(st.just("settle"), st.booleans()),
    ),
    min_size=4,
    max_size=12,
)


@settings(
    max_examples=8,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(acts)
def test_the_year_equals_its_records(
    quick, krakow, operator, worker, lead, common, now, acts
):
    point = make_point(krakow, operator, f"point-{next(NUMBERS)}")
    year = point.today(now).year - 1
    # Enough for something to be shown besides what happens to the others.
    fill(point, [date(year, 1 + number % 12, 2) for number in range(36)])
    for act in acts:
        play(act, point, year, worker, lead, now)
    settle(point, True, lead, now)
    periods.close(point=point, year=year, month=None, actor=lead, now=now)

    asked = releases.ask(
        point=point, year=year, rules=RULES, reason="", actor=lead, now=now
    )
    releases.make(release=asked.pk, actor=SYSTEM, now=now)
    release = Release.objects.get(pk=asked.pk)
    figures.publish(release=release, actor=lead, now=now)

    document = published(point.subject, year).document
    names = dict(Code.objects.values_list("pk", "code"))
    rows = list(Consultation.objects.filter(point=point, state="counted"))
    true = {
        "channel": Counter(names[row.channel_id] for row in rows),
        "topic": Counter(names[topic] for row in rows for topic in row.topics),
        "month": Counter(f"{row.day:%Y-%m}" for row in rows),
    }
    for key, counted in true.items():
        table = document.table(key)
        parents = {code.parent for code in document.dimension(key).codes}
        inner = {
            codes[0]: value
            for codes, value in table.by_codes.items()
            if codes[0] != "Total" and codes[0] not in parents
        }
        assert {code: value for code, value in inner.items() if value is not None} == {
            code: number for code, number in counted.items() if inner[code] is not None
        }
        assert set(inner) == set(counted)
        assert table.total in (None, counted.total())
        # What is hidden is hidden for a reason: something in the table is small.
        if None in inner.values():
            assert min(counted.values()) < 3 or key == "month"


def play(act, point, year, worker, lead, now):
    """Do one thing; what the actions refuse is not done."""
    kind, *said = act
    if kind == "record":
        month, channel, named = said
        recording.record(
            point=point,
            said=Said(
                date(year, month, 5), {**CODES, "channel": channel}, tuple(named)
            ),
            key=uuid4(),
            actor=worker,
            now=now,
        )
    elif kind == "close":
        try_to(
            periods.close, point=point, year=year, month=said[0], actor=lead, now=now
        )
    elif kind == "settle":
        settle(point, said[0], lead, now)
    else:
        rows = Consultation.objects.filter(point=point, state="counted")
        row = rows.select_related("point").order_by("recorded_at", "key")[
            said[0] % rows.count()
        ]
        words = {"record": row, "seen": row.version, "reason": "Test"}
        if kind == "withdraw":
            try_to(corrections.withdraw, **words, actor=lead, now=now)
        else:
            channel, named = said[1:]
            try_to(
                corrections.correct,
                **words,
                said=Said(row.day, {**CODES, "channel": channel}, tuple(named)),
                actor=lead,
                now=now,
            )


def settle(point, accept, lead, now):
    """Let all that is late count, or not."""
    for row in Consultation.objects.filter(point=point, state="late").select_related(
        "point"
    ):
        corrections.settle(
            record=row,
            accept=accept,
            seen=row.version,
            reason="Test",
            actor=lead,
            now=now,
        )


def try_to(action, **arguments):
    from mosty.kernel.refusal import Refusal

    try:
        action(**arguments)
    except Refusal:
        return

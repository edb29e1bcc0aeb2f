"""Two who write one row: what each changed stands, and only the same text is asked about."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.plans.merging import Collision, merge

# A loaded machine takes its time.
calm = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
FIELDS = ("what", "lead", "risk")
rows = st.fixed_dictionaries({name: st.sampled_from("abc") for name in FIELDS})


@calm
@given(rows, rows, rows)
def test_no_change_of_either_is_lost(base, theirs, ours):
    found = merge(base, theirs, ours)
    asked = {one.field for one in found.collisions}
    for name in FIELDS:
        hers, his = theirs[name] != base[name], ours[name] != base[name]
        assert (name in asked) == (hers and his and theirs[name] != ours[name])
        if hers and not his:
            assert found.values[name] == theirs[name]
        else:
            assert found.values[name] == ours[name]


@calm
@given(rows, rows)
def test_who_saves_alone_changes_exactly_what_she_typed(base, ours):
    assert merge(base, base, ours) == merge(base, base, ours)
    assert merge(base, base, ours).values == ours
    assert merge(base, ours, ours).collisions == ()


def test_a_collision_holds_both_texts():
    found = merge({"what": "a"}, {"what": "theirs"}, {"what": "ours"})
    assert found.collisions == (Collision("what", "theirs", "ours"),)
    assert found.values == {"what": "ours"}


entries = st.lists(st.sampled_from("abcd"), unique=True).map(sorted)


@calm
@given(entries, entries, entries)
def test_lists_are_merged_entry_by_entry_and_nobody_is_asked(base, theirs, ours):
    found = merge({"links": base}, {"links": theirs}, {"links": ours})
    assert found.collisions == ()
    merged = found.values["links"]
    assert merged == sorted(set(merged))
    for one in "abcd":
        before, hers, his = (one in links for links in (base, theirs, ours))
        # Whoever changed it decides; where both did, they did the same.
        expected = his if his != before else hers
        assert (one in merged) == expected

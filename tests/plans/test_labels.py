"""The words of a cell name the same things again, whatever they are called."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.plans.labels import Labels

names = st.text(max_size=8) | st.sampled_from(
    ("Club", "club", "Klub|Club", "#1", "Club #a1", "", "!", "=1+1", " Łódź  klub")
)
keys = st.text("abcdef0123456789", min_size=9, max_size=12)


def cut(named):
    """Return names of which no two keys begin alike, as those of the database do."""
    first = {}
    for key in named:
        first.setdefault(key[:8], key)
    return {key: named[key] for key in first.values()}


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.dictionaries(keys, st.lists(names, min_size=1, max_size=3), max_size=6))
def test_what_a_cell_says_is_what_was_meant(named):
    named = cut(named)
    labels = Labels(named)
    for chosen in (sorted(named), sorted(named)[:1], []):
        assert labels.read(labels.cell(chosen)) == (chosen, [])


def test_what_two_are_called_alike_each_has_its_key():
    labels = Labels({"k1": ("Club",), "k2": ("CLUB", "Klub"), "k3": ("Office",)})
    assert labels.cell(["k3", "k2", "k1"]) == "Club #k1 | CLUB #k2 | Office"
    assert labels.read("klub|office") == (["k2", "k3"], [])
    assert labels.read("Club | Ofice") == ([], ["Club", "Ofice"])
    assert labels.nearest("Ofice") == "Office"
    assert labels.nearest("Something else") == ""

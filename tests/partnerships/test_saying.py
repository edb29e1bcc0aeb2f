"""Gaps in words, fields of the grid, comparisons, merges, and pictures."""

from itertools import product
from xml.etree import ElementTree

import pytest

from mosty.kernel.merging import merge
from mosty.partnerships import pictures
from mosty.partnerships.assessing import Place, place_of
from mosty.partnerships.comparing import Moved, compare
from mosty.partnerships.content import (
    ActorSays,
    MapSays,
    TieSays,
    from_json,
    shared,
    to_json,
)
from mosty.partnerships.drawing import labels, layout
from mosty.partnerships.drawing.shapes import Node, width_of
from mosty.partnerships.gaps import gaps
from mosty.partnerships.privacy import looks_private


def actor(key, function="public", **fields):
    return ActorSays(key, fields.pop("name", key.upper()), function, "local", **fields)


@pytest.mark.parametrize(
    ("interest", "influence", "place"),
    (
        ("high", "high", Place.KEY),
        ("medium", "medium", Place.KEY),
        ("low", "medium", Place.SATISFY),
        ("medium", "low", Place.INFORM),
        ("low", "low", Place.MONITOR),
        ("", "high", Place.OPEN),
        ("high", "", Place.OPEN),
    ),
)
def test_the_fields_of_the_grid(interest, influence, place):
    assert place_of(interest, influence) == place


def test_who_is_missing_is_said():
    says = MapSays(
        (
            actor("a", target_groups=("women",), interest="high", influence="high"),
            actor("b", "private"),
            actor("c", "knowledge"),
            actor("d", "civic", target_groups=("children",)),
        ),
    )
    assert gaps(says, ("women", "older")) == (
        "No migrant-led actor is on this map.",
        "No actor on this map works for: older people.",
        "Key players without any tie: A.",
    )
    with_club = MapSays(
        (*says.actors, actor("e", "migrant-led", target_groups=("children",))),
        (TieSays("a", "e", "funding"),),
    )
    assert gaps(with_club, ("women", "children")) == (
        "No migrant-led actor on this map works for: women.",
    )
    assert gaps(MapSays(), ("women",)) == ()


def test_what_has_changed_between_two_versions():
    before = MapSays(
        (
            actor("a", interest="low", influence="high"),
            actor("b"),
            actor("c", services="x"),
        ),
        (TieSays("a", "b", "funding"), TieSays("a", "c", "cooperation", 1)),
    )
    after = MapSays(
        (
            actor("a", interest="high", influence="high"),
            actor("c", services="y"),
            actor("d"),
        ),
        (TieSays("c", "a", "cooperation", 3), TieSays("a", "d", "funding", 2, True)),
    )
    found = compare(before, after)
    assert [one.key for one in found.added] == ["d"]
    assert [one.key for one in found.gone] == ["b"]
    assert found.moved == (Moved("A", Place.SATISFY, Place.KEY),)
    assert [(one.name, one.fields) for one in found.changed] == [("C", ("services",))]
    assert [(one.source, one.target) for one in found.ties_added] == [("A", "D")]
    assert [(one.source, one.target) for one in found.ties_gone] == [("A", "B")]
    # The same tie, whichever end stands first.
    assert [(one.target, one.strength) for one in found.ties_changed] == [("A", 3)]
    assert bool(compare(after, after)) is False


def test_a_version_comes_back_as_it_was_kept():
    says = MapSays(
        (actor("a", target_groups=("women",), hindrance="x"), actor("b")),
        (TieSays("a", "b", "funding", 3, True, "Deal"),),
    )
    assert from_json(to_json(says)) == says


def test_what_is_shared_has_no_place_for_assessments():
    fields = {*shared(MapSays((actor("a"),))).actors[0].__slots__}
    assert fields == {"key", "name", "function", "level", "target_groups", "services"}
    tie = shared(
        MapSays((actor("a"), actor("b")), (TieSays("a", "b", "funding"),))
    ).ties[0]
    assert {*tie.__slots__} == {"source", "target", "kind", "directed"}


@pytest.mark.parametrize(("base", "theirs", "mine"), tuple(product(range(3), repeat=3)))
def test_a_merge_loses_nothing(base, theirs, mine):
    found = merge({"a": base}, {"a": theirs}, {"a": mine})
    wanted = {value for value in (theirs, mine) if value != base}
    if len(wanted) == 2:
        assert (found.at_odds, found.values) == (("a",), {"a": mine})
    else:
        assert (found.at_odds, found.values) == (
            (),
            {"a": wanted.pop() if wanted else base},
        )
    taken = ("a",) if mine == base != theirs else ()
    assert found.taken == taken


def test_what_was_never_begun_from_is_at_odds():
    assert merge({}, {"a": 1}, {"a": 2}).at_odds == ("a",)
    assert merge({}, {"a": 1}, {"a": 1}).at_odds == ()


@pytest.mark.parametrize(
    ("contact", "private"),
    (
        ("biuro@um.example.org, 71 777 00 00", False),
        ("anna.nowak@um.example.org", True),
        ("klub@gmail.com", True),
        ("ul. Rynek 1", False),
    ),
)
def test_contacts_that_look_private(contact, private):
    assert looks_private(contact) is private


# Pictures ----------------------------------------------------------------------

BIG = MapSays(
    tuple(
        actor(f"k{n}", ("public", "civic", "migrant-led")[n % 3], name=f"Organisation {n}",
              interest=("low", "medium", "high", "")[n % 4], influence=("low", "high")[n % 2])
        for n in range(60)
    ),
    tuple(
        TieSays(f"k{n}", f"k{(n * 7 + 3) % 55}", "funding", n % 3 + 1, n % 2 == 0)
        for n in range(50) if n != (n * 7 + 3) % 55
    ),
)  # fmt: skip


def texts_of(svg):
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own
    return [one.text for one in root.iter("{http://www.w3.org/2000/svg}text")]


def test_the_same_map_is_the_same_picture():
    for draw in (pictures._grid, pictures._network):
        draw.cache_clear()
    first = [
        pictures.grid_of(BIG, "T", "light"),
        pictures.network_of(BIG, "T", "light"),
    ]
    for draw in (pictures._grid, pictures._network):
        draw.cache_clear()
    again = [
        pictures.grid_of(BIG, "T", "light"),
        pictures.network_of(BIG, "T", "light"),
    ]
    assert first == again


@pytest.mark.parametrize("theme", ("light", "dark"))
def test_every_actor_has_its_number_in_both_pictures(theme):
    numbers = {str(number) for number in range(1, 61)}
    for draw in (pictures.grid_of, pictures.network_of):
        assert numbers - set(texts_of(draw(BIG, "T", theme))) == set()


def test_pictures_hold_no_script_whatever_names_say():
    says = MapSays(
        (actor("a", name='<script>"&'), actor("b")), (TieSays("a", "b", "funding"),)
    )
    for draw in (pictures.grid_of, pictures.network_of):
        svg = draw(says, "</title><script>", "light")
        assert "<script" not in svg
        assert '<script>"&' in texts_of(svg)


def test_what_others_see_is_drawn_without_strength_and_agreements():
    weak = MapSays((actor("a"), actor("b")), (TieSays("a", "b", "funding", 1),))
    strong = MapSays(
        (actor("a"), actor("b")), (TieSays("a", "b", "funding", 3, False, "Deal"),)
    )
    drawn = [pictures.network_of(shared(one), "T", "light") for one in (weak, strong)]
    assert drawn[0] == drawn[1]
    assert pictures.network_of(weak, "T", "light") != pictures.network_of(
        strong, "T", "light"
    )
    assert "with an agreement" not in texts_of(drawn[0])


def test_nobody_stands_under_anybody_else_and_no_name_covers_another():
    keys = [f"k{n}" for n in range(40)]
    pairs = [(f"k{n}", f"k{(n + 1) % 30}") for n in range(30)] + [
        (f"k{n}", "k39") for n in range(30, 39)
    ]
    places, _high = layout.layout(keys, pairs, 900)
    near = [
        (a, b) for a in keys for b in keys
        if a < b and abs(places[a][0] - places[b][0]) < 30
        and abs(places[a][1] - places[b][1]) < 30
    ]  # fmt: skip
    assert near == []
    nodes = [Node(key, n, f"Organisation {n}", "public") for n, key in enumerate(keys)]
    boxes = []
    for x, y, anchor, words in labels.labels(nodes, places, 900):
        wide = width_of(words, labels.SIZE)
        left = x - {"start": 0, "middle": wide / 2, "end": wide}[anchor]
        boxes.append((left, y - 11, left + wide, y + 3))
    assert len(boxes) > 20
    over = [
        (a, b) for a in boxes for b in boxes
        if a < b and a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]
    ]  # fmt: skip
    assert over == []


def test_an_empty_map_is_drawn_too():
    for draw in (pictures.grid_of, pictures.network_of):
        assert draw(MapSays(), "T", "light").startswith("<svg")

"""Files out and in: the same again, all or nothing, what is wrong is named."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.audit.models import Entry
from mosty.kernel.names import clean, fold
from mosty.kernel.sheets.write import csv_bytes, xlsx_bytes
from mosty.partnerships.content import ActorSays, MapSays, TieSays
from mosty.partnerships.models import (
    Actor,
    Function,
    Grade,
    Level,
    TargetGroup,
    Tie,
    TieKind,
)
from mosty.partnerships.tables import columns, reading, writing
from mosty.partnerships.tables.planning import plan

GRADES = st.sampled_from(["", *Grade.values])


def texts(most):
    """Return what people type, formulas included, as it is stored."""
    odd = st.sampled_from(
        ["=1+1", "'=x", "@a", "-5", "|", ";", '"', "a\tb", "+48 1", "sep=;"]
    )
    return st.one_of(odd, st.text(max_size=20)).map(lambda text: clean(text)[:most])


@st.composite
def maps(draw):
    names = draw(
        st.lists(texts(40).filter(fold), min_size=1, max_size=5, unique_by=fold)
    )
    actors = tuple(
        ActorSays(
            key=f"k{number}",
            name=name,
            function=draw(st.sampled_from(Function.values)),
            level=draw(st.sampled_from(Level.values)),
            target_groups=tuple(
                sorted(draw(st.sets(st.sampled_from(TargetGroup.values), max_size=3)))
            ),
            interest=draw(GRADES),
            influence=draw(GRADES),
            **{
                field: draw(texts(100))
                for field in (
                    "services",
                    "contribution",
                    "hindrance",
                    "engagement",
                    "contact",
                )
            },
        )
        for number, name in enumerate(names)
    )
    pairs = [(a.key, b.key) for a in actors for b in actors if a.key < b.key]
    ties = tuple(
        TieSays(
            a, b, draw(st.sampled_from(TieKind.values)), draw(st.integers(1, 3)),
            draw(st.booleans()), draw(st.sampled_from(["", "Deal"])),
        )
        for a, b in (draw(st.lists(st.sampled_from(pairs), unique=True)) if pairs else ())
    )  # fmt: skip
    return MapSays(actors, ties)


# A map is a large thing to make up: on a machine that is busy this takes its time.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(maps(), st.sampled_from(["csv", "xlsx"]))
def test_what_went_out_changes_nothing_when_it_comes_in(says, form):
    def file(header, rows):
        lines = list(rows)
        if form == "csv":
            return csv_bytes(header, lines), "x.csv"
        return xlsx_bytes(header, lines, title="x"), "x.xlsx"

    actors = reading.actors(*file(columns.ACTORS, writing.actors(says)))
    assert actors.faults == ()
    lines = ()
    if says.ties:
        ties = reading.ties(*file(columns.TIES, writing.ties(says)))
        assert ties.faults == ()
        lines = ties.lines
    found = plan(says, actors.lines, lines, ["Deal"])
    assert (bool(found), found.faults) == (False, ())
    assert (found.same_actors, found.same_ties) == (len(says.actors), len(says.ties))
    # On an empty map it makes the same map.
    anew = plan(MapSays(), actors.lines, lines, ["Deal"])
    assert [one.name for one in anew.new_actors] == [one.name for one in says.actors]
    assert len(anew.new_ties) == len(says.ties)


SAYS = MapSays(
    (
        ActorSays("a", "Office", "public", "local", interest="high"),
        ActorSays("b", "Club", "migrant-led", "local"),
    ),
    (TieSays("a", "b", "cooperation", 2, False),),
)


def planned(actors="", ties=""):
    found = [
        (reading.actors if name == "actors" else reading.ties)(
            text.encode(), f"{name}.csv"
        )
        if text
        else reading.Read((), ())
        for name, text in (("actors", actors), ("ties", ties))
    ]
    made = plan(SAYS, found[0].lines, found[1].lines, ["Deal"])
    faults = [*found[0].faults, *found[1].faults, *made.faults]
    return made, [(fault.line, fault.text) for fault in faults]


def test_a_column_that_is_not_there_changes_nothing():
    made, faults = planned("Label,Tags\nOffice,children|women\nClub,\n")
    assert faults == []
    assert [
        (one.name, one.target_groups, one.interest) for one in made.changed_actors
    ] == [("Office", ("children", "women"), "high")]
    assert made.same_actors == 1


def test_a_tie_is_found_from_either_end_and_may_change_its_direction():
    made, faults = planned(
        ties="From;To;Type;Strength\nclub;OFFICE;cooperation;strong\n"
    )
    assert faults == []
    assert [(was.strength, now.strength) for was, now in made.changed_ties] == [(2, 3)]
    made, faults = planned(
        ties="From,To,Type,Direction\nClub,Office,works together with,directed\n"
    )
    assert faults == []
    assert [
        (now.source, now.target, now.directed) for _was, now in made.changed_ties
    ] == [("Club", "Office", True)]


def test_what_is_wrong_is_named_with_its_line_and_what_is_near():
    _made, faults = planned(
        "Label,Type,Interest,Tags\nSchool,publik,hihg,kids\n,civic,,\nBank,,,\nClub,,,\nclub,,,\n",
        "From,To,Type,Agreement\nOffice,Nobody,cooperation,\nOffice,office,pays,\n"
        "Office,Club,pays,Unknown\nOffice,Club,pays,\nClub,Office,pays,\n",
    )
    assert faults[:3] == [
        (2, "Type: “publik” is not known. Did you mean “public”?"),
        (
            2,
            "Tags: “kids” is not known. Known are: "
            + ", ".join(columns.codes_of("target_groups"))
            + ".",
        ),
        (2, "Interest: “hihg” is not known. Did you mean “high”?"),
    ]
    assert faults[3:] == [
        (2, "Type: say what this new actor is."),
        (3, "Label: write a name."),
        (4, "Type: say what this new actor is."),
        (6, "Label: “club” stands in the file twice."),
        (2, "To: “Nobody” is neither on the map nor in the file of actors."),
        (3, "From and To are the same."),
        (4, "Agreement: the city has none called “Unknown”."),
        (6, "These two are tied in this way already, or twice in the file."),
    ]


def test_polish_words_are_read():
    made, faults = planned(
        "Nazwa;Typ;Zainteresowanie;Poziom\nIzba;prywatny;dużo;krajowy\n",
        "Od;Do;Rodzaj;Siła\nIzba;Club;finansowanie;silne\n",
    )
    assert faults == []
    new = made.new_actors[0]
    assert (new.function, new.interest, new.level) == ("private", "high", "national")
    assert [(tie.kind, tie.strength) for tie in made.new_ties] == [("funding", 3)]


pytestmark = pytest.mark.django_db


def upload(**files):
    return {
        name: SimpleUploadedFile(f"{name}.csv", text.encode())
        for name, text in files.items()
    }


def take(client, path, **files):
    """Look, then take over what was looked at."""
    page = client.post(path, upload(**files))
    seen = {name: page.context.get(name, "") for name in ("packed", "seen")}
    return page, seen


ACTORS = "Label,Type,Interest\nChamber,private,low\nSchool No. 5,public,medium\n"
TIES = "From,To,Type\nChamber,School No. 5,funding\n"


def test_files_are_looked_at_then_taken_over_once(city_map, school, city, signed_in):
    client, path = signed_in(city), reverse("partnerships:files", args=[city_map.pk])
    page, seen = take(client, path, actors=ACTORS, ties=TIES)
    assert page.context["faults"] == []
    assert (Actor.objects.count(), Tie.objects.count()) == (1, 0)
    for _n in range(2):
        assert client.post(path, seen).status_code == 302
    school.refresh_from_db()
    assert (Actor.objects.count(), Tie.objects.count(), school.interest) == (
        2,
        1,
        "medium",
    )
    entry = Entry.objects.get(verb="map.imported")
    assert entry.after == {
        "actors_added": 1, "actors_changed": 1, "ties_added": 1, "ties_changed": 0,
    }  # fmt: skip


def test_what_has_changed_meanwhile_is_looked_at_again(
    city_map, school, put, city, signed_in
):
    client, path = signed_in(city), reverse("partnerships:files", args=[city_map.pk])
    _page, seen = take(client, path, actors=ACTORS)
    put("Chamber", function="private")
    answer = client.post(path, seen, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "The map has changed meanwhile. Look at what would change once more."
    ]
    school.refresh_from_db()
    assert school.interest == "high"


def test_one_fault_and_nothing_is_taken(city_map, school, city, signed_in):
    client, path = signed_in(city), reverse("partnerships:files", args=[city_map.pk])
    page, _seen = take(client, path, actors=ACTORS + "X,unknown,low\n")
    assert [fault.line for fault in page.context["faults"]] == [4, 4]
    assert "packed" not in page.content.decode()
    assert Actor.objects.count() == 1


@pytest.mark.parametrize("packed", ("", "x", "WzFd:1:x"))
def test_what_nobody_looked_at_is_not_taken(city_map, school, city, signed_in, packed):
    client, path = signed_in(city), reverse("partnerships:files", args=[city_map.pk])
    answer = client.post(path, {"packed": packed, "seen": "x"}, follow=True)
    assert [str(one) for one in answer.context["messages"]] == [
        "This look is too old. Send the files again."
    ]


@pytest.mark.parametrize(
    ("content", "sentence"),
    (
        (b"%PDF-1.7", "PDF"),
        (b"a,b\n1,2\n", "The file has no column Label."),
        (b"", "empty"),
    ),
)
def test_what_is_no_table_is_said(city_map, city, signed_in, content, sentence):
    path = reverse("partnerships:files", args=[city_map.pk])
    sent = {"actors": SimpleUploadedFile("x.csv", content)}
    answer = signed_in(city).post(path, sent)
    errors = str(answer.context["form"].errors)
    assert (answer.status_code, sentence in errors) == (200, True), errors


def test_no_cell_is_a_formula(city_map, put, city, signed_in):
    put("=cmd|' /C calc'!A0", hindrance="@SUM(1)")
    path = reverse("partnerships:actors_csv", args=[city_map.pk])
    lines = signed_in(city).get(path).content.decode("utf-8-sig").splitlines()
    assert lines[1].startswith("\"'=cmd")
    assert '"\'@SUM(1)"' in lines[1]

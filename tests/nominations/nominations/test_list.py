"""The list of a call's nominations: filters, order, bulk acts, files, speed."""

import csv
import io

import pytest
from django.db import connection
from django.urls import reverse
from python_calamine import CalamineWorkbook

from mosty.audit.models import Entry
from mosty.nominations import policies
from mosty.nominations.models import Nomination, PossibleDuplicate
from mosty.nominations.queries import nominations_list as queries
from mosty.outbox.models import Message
from tests.factories import make_call, make_course, make_nomination

HERE = "/en/calls/call/nominations/"


@pytest.fixture
def desk(secretariat, signed_in):
    """Return a client of the secretariat."""
    return signed_in(secretariat)


@pytest.fixture
def mixed(call, own, foreign, draft, krakow, lodz, now):
    """Return nominations of all kinds by name."""
    return {
        "own": own,
        "foreign": foreign,
        "draft": draft,
        "wrong unit": make_nomination(
            call,
            lodz,
            "Ula",
            "Ćwik",
            department="ngo",
            position="Clerk",
            checked_at=now,
        ),
        "no position": make_nomination(
            call, krakow, "Łukasz", "Żak", level="middle", answer="declined"
        ),
    }


def names_in(page, rows):
    shown = [row.code for row in page.context["listing"]]
    codes = {row.code: name for name, row in rows.items()}
    return [codes[code] for code in shown]


@pytest.mark.parametrize(
    ("query", "shown"),
    (
        # Polish order: Ć after C, Ł after L, Ż last.
        ("", ["wrong unit", "own", "foreign", "draft", "no position"]),
        ("city=lodz", ["wrong unit", "foreign"]),
        ("state=draft", ["draft"]),
        ("answer=pending", ["own"]),
        ("answer=declined", ["no position"]),
        ("department=ngo", ["wrong unit"]),
        ("level=middle&city=krakow", ["own", "no position"]),
        ("checked=yes", ["wrong unit"]),
        ("checked=no&state=submitted", ["own", "foreign", "no position"]),
        ("lacks=rule", ["wrong unit", "draft"]),
        ("lacks=position", ["draft", "no position"]),
        ("lacks=anything", ["wrong unit", "own", "draft", "no position"]),
        ("lacks=nothing", ["foreign"]),
        ("duplicates=open", []),
        ("q=kowalska", ["own"]),
        ("q=KOWALSKA+anna", ["own"]),
        ("q=anna+kowal", ["own"]),
        ("q=zak+lukasz", ["no position"]),
        ("q=%C5%BBak", ["no position"]),
        ("q=Kowalski", []),
        ("q=%25", ["wrong unit", "own", "foreign", "draft", "no position"]),
        ("q=_", []),
        ("sort=-name", ["no position", "draft", "foreign", "own", "wrong unit"]),
        # What cannot be read asks for nothing.
        (
            "city=atlantis&state=x&lacks=y&sort=z&page=9",
            ["wrong unit", "own", "foreign", "draft", "no position"],
        ),
    ),
)
def test_filters_and_orders(desk, mixed, query, shown):
    assert names_in(desk.get(f"{HERE}?{query}"), mixed) == shown


def test_search_finds_codes_and_addresses(desk, mixed):
    own = mixed["own"]
    for text in (own.code, own.code.lower(), own.email, own.email.upper()):
        assert names_in(desk.get(HERE, {"q": text}), mixed) == ["own"]


def test_a_possible_duplicate_is_marked_and_found(desk, mixed):
    pair = sorted((mixed["own"], mixed["foreign"]), key=lambda row: row.pk)
    PossibleDuplicate.objects.create(first=pair[0], second=pair[1], why="name")
    page = desk.get(f"{HERE}?duplicates=open")

    assert names_in(page, mixed) == ["own", "foreign"]
    assert page.content.decode().count("may be one person twice") == 2
    page = desk.get(f"{HERE}?duplicates=open&city=lodz")
    assert names_in(page, mixed) == ["foreign"]


@pytest.mark.parametrize("who", ("city", "partner"))
def test_only_who_gathers_learns_who_may_be_nominated_twice(
    request, signed_in, mixed, who
):
    pair = sorted((mixed["own"], mixed["foreign"]), key=lambda row: row.pk)
    PossibleDuplicate.objects.create(first=pair[0], second=pair[1], why="email")
    client = signed_in(request.getfixturevalue(who))

    page = client.get(HERE)
    assert b"may be one person twice" not in page.content
    narrowed = client.get(f"{HERE}?duplicates=open")
    assert names_in(narrowed, mixed) == names_in(page, mixed)


def test_rows_say_in_words_what_is_lacking(desk, mixed):
    rows = {row.code: row for row in desk.get(HERE).context["listing"]}

    assert rows[mixed["wrong unit"].code].lacks == "unit outside the call"
    assert rows[mixed["no position"].code].lacks == "position"
    assert rows[mixed["draft"].code].answer == ""
    assert rows[mixed["own"].code].answer == "not answered yet"


def test_names_are_escaped(desk, call, krakow):
    make_nomination(call, krakow, "<b>Anna</b>", '"><script>')
    body = desk.get(HERE).content.decode()

    assert "&lt;b&gt;Anna&lt;/b&gt;" in body
    assert "<b>Anna" not in body


@pytest.mark.parametrize(
    ("who", "shown"),
    (
        ("coordinator", {"own", "foreign", "draft", "wrong unit", "no position"}),
        ("partner", {"own", "foreign", "wrong unit", "no position"}),
        ("city", {"own", "draft", "no position"}),
        ("other_city", {"foreign", "wrong unit"}),
    ),
)
def test_each_sees_her_own_list(mixed, request, signed_in, who, shown):
    page = signed_in(request.getfixturevalue(who)).get(HERE)

    assert set(names_in(page, mixed)) == shown
    gathers = who == "coordinator"
    assert (b'name="act"' in page.content) is gathers
    cities = {key for key, _name in page.context["filters"].fields["city"].choices}
    assert ("lodz" in cities) is (who != "city")


@pytest.mark.parametrize("who", ("trainer", "auditor", "administrator", "stranger"))
def test_others_have_no_list(mixed, request, signed_in, who):
    client = signed_in(request.getfixturevalue(who))
    for end in ("/nominations/", "/nominations.csv", "/nominations.xlsx"):
        assert client.get(f"/en/calls/call{end}").status_code == 404
    assert client.post(f"{HERE}bulk/").status_code == 404


def test_who_is_not_signed_in_is_asked_to(client, call):
    answer = client.get(HERE)
    assert answer.url == f"/en/account/login/?next={HERE}"


@pytest.mark.parametrize(
    ("address", "method"),
    (
        (HERE, "post"),
        ("/en/calls/call/nominations.csv", "post"),
        (f"{HERE}bulk/", "put"),
    ),
)
def test_wrong_methods_are_refused(desk, call, address, method):
    assert getattr(desk, method)(address).status_code == 405


def test_an_empty_list_says_what_to_do(desk, call):
    assert b"No nominations yet" in desk.get(HERE).content
    assert b"No nomination fits these filters" in desk.get(f"{HERE}?q=x").content


@pytest.mark.parametrize("count", (1, 3))
def test_the_list_takes_as_many_queries_for_three_as_for_one(
    desk, call, krakow, count, django_assert_num_queries
):
    for number in range(count):
        make_nomination(call, krakow, family_name=f"Nowak{number}")

    # session, user with grants, call with rules, cities, count, rows, pairs
    with django_assert_num_queries(7):
        page = desk.get(HERE)
    assert len(page.context["listing"]) == count


@pytest.fixture
def many(call, krakow, lodz):
    """Return two thousand nominations, quickly made."""
    rows = [
        Nomination(
            call=call,
            organisation=krakow if number % 2 else lodz,
            code=f"N{number:06}",
            given_name=f"Given{number}",
            family_name=f"Family{number:04}",
            email=f"person{number}@example.org",
            department="education",
            level="middle",
            position="Inspector",
            state="submitted",
            created_at=call.opens_at,
            changed_at=call.opens_at,
            submitted_at=call.opens_at,
        )
        for number in range(2000)
    ]
    for row in rows:
        row.prepare()
    made = Nomination.objects.bulk_create(rows)
    with connection.cursor() as cursor:
        cursor.execute("analyze nominations_nomination")
    return made


def test_a_page_has_fifty_rows_and_stays_light(desk, many):
    page = desk.get(f"{HERE}?sort=-name&page=2")

    listing = page.context["listing"]
    assert (listing.total, len(listing), listing.pages) == (2000, 50, 40)
    assert listing.rows[0].name == "Family1949 Given1949"
    assert len(page.content) < 60 * 1024


def test_search_and_order_have_their_indexes(many, call):
    def plan(rows):
        with connection.cursor() as cursor:
            cursor.execute("set local enable_seqscan = off")
        return rows.explain()

    rows = Nomination.objects.filter(call=call)
    found = queries.narrowed(
        # Of all calls: of one, its own index may serve a small table better.
        Nomination.objects.all(),
        queries.Filters(q="family1999 given"),
        rules=call.rules,
        places={},
    )
    assert "nomination_search" in plan(found)
    assert "nomination_by_name" in plan(rows.order_by("sort_name", "pk")[:50])
    assert "nomination_by_email" in plan(
        rows.extra(where=["lower(email) = 'person7@example.org'"])
    )


def read_csv(answer):
    return list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_a_file_holds_exactly_what_is_filtered_in_the_lists_order(desk, mixed):
    query = "city=krakow&sort=-name"
    listed = [row.code for row in desk.get(f"{HERE}?{query}").context["listing"]]
    table = read_csv(desk.get(f"/en/calls/call/nominations.csv?{query}"))

    assert [row[0] for row in table[1:]] == listed
    own = next(row for row in table if row[0] == mixed["own"].code)
    assert own[1] == "Kraków"
    assert own[3:6] == ["Kowalska", "Anna", mixed["own"].email]
    sheet = desk.get(f"/en/calls/call/nominations.xlsx?{query}")
    book = CalamineWorkbook.from_filelike(io.BytesIO(sheet.content))
    rows = book.get_sheet_by_index(0).to_python()
    assert [row[0] for row in rows] == [row[0] for row in table]


def test_the_lists_download_links_lead_to_the_files(desk, mixed):
    for form in ("csv", "xlsx"):
        answer = desk.get(f"{HERE}?city=krakow&q=anna&export={form}")
        assert answer.url == f"/en/calls/call/nominations.{form}?city=krakow&q=anna"


def test_a_formula_in_a_name_is_only_text(desk, call, krakow):
    make_nomination(call, krakow, "=cmd|'/C calc'!A0", "@SUM(1)")
    table = read_csv(desk.get("/en/calls/call/nominations.csv"))

    assert table[1][3:5] == ["'@SUM(1)", "'=cmd|'/C calc'!A0"]


def test_an_export_stands_in_the_ledger_without_what_was_searched_for(desk, mixed):
    desk.get("/en/calls/call/nominations.csv?q=kowalska&city=krakow")

    entry = Entry.objects.get()
    assert entry.after == {
        "form": "csv",
        "rows": 1,
        "filters": {"q": "…", "city": "krakow"},
    }


def test_a_city_exports_its_own_only(city, signed_in, mixed):
    table = read_csv(signed_in(city).get("/en/calls/call/nominations.csv"))
    assert {row[1] for row in table[1:]} == {"Kraków"}


def test_a_bulk_act_is_shown_before_it_is_done(desk, mixed):
    codes = [row.code for row in mixed.values()]
    given = {"act": "check", "code": codes, "query": "sort=-name"}
    preview = desk.post(f"{HERE}bulk/", given)

    bulk = preview.context["bulk"]
    meant = {mixed[name].code for name in ("own", "foreign", "no position")}
    assert {row.code for row in bulk.meant} == meant
    assert {row.code for row in bulk.passed_over} == set(codes) - meant
    assert Nomination.objects.filter(checked_at__isnull=False).count() == 1

    given |= {"confirm": "yes", "code": list(meant)}
    done = desk.post(f"{HERE}bulk/", given, follow=True)
    assert done.redirect_chain == [(f"{HERE}?sort=-name", 302)]
    assert "3 nominations are marked as checked." in done.content.decode()
    assert Nomination.objects.filter(checked_at__isnull=False).count() == 4


def test_everything_filtered_can_be_meant(desk, mixed):
    given = {"act": "remind", "all": "yes", "query": "city=krakow", "code": []}
    bulk = desk.post(f"{HERE}bulk/", given).context["bulk"]

    assert [row.code for row in bulk.meant] == [mixed["own"].code]
    given |= {"confirm": "yes", "code": [mixed["own"].code]}
    done = desk.post(f"{HERE}bulk/", given, follow=True)
    assert "1 message waits in the outbox" in done.content.decode()
    assert Message.objects.get().state == Message.State.DRAFT


def test_nothing_ticked_is_nothing_to_do(desk, mixed):
    page = desk.post(f"{HERE}bulk/", {"act": "check", "query": ""})
    assert b"Nothing to do" in page.content


def test_too_many_at_once_are_refused(desk, many, monkeypatch):
    monkeypatch.setattr("mosty.nominations.views.nominations.MOST_AT_ONCE", 1999)
    given = {"act": "check", "all": "yes", "query": ""}
    page = desk.post(f"{HERE}bulk/", given, follow=True)
    assert "At most 1999 at once. Filter the list first." in page.content.decode()


def test_an_unknown_bulk_act_does_nothing(desk, own):
    answer = desk.post(f"{HERE}bulk/", {"act": "delete", "code": own.code})
    assert answer.url == f"{HERE}?"


@pytest.mark.parametrize("who", ("partner", "city"))
def test_only_who_gathers_acts_in_bulk(request, signed_in, own, who):
    client = signed_in(request.getfixturevalue(who))
    given = {"act": "check", "code": own.code, "confirm": "yes"}

    assert client.post(f"{HERE}bulk/", given).status_code == 403
    own.refresh_from_db()
    assert own.checked_at is None


def test_codes_of_another_call_are_not_meant(desk, call, own, krakow):
    other = make_call(
        make_course(call.course.programme, slug="other", part=2),
        slug="other",
        channel=call.channel,
    )
    stranger = make_nomination(other, krakow)
    given = {"act": "check", "code": [own.code, stranger.code]}
    bulk = desk.post(f"{HERE}bulk/", given).context["bulk"]

    assert [row.code for row in bulk.meant] == [own.code]


def test_cities_of_the_call_are_those_that_take_part_or_nominated(
    call, secretariat, own, lodz
):
    from tests.factories import make_city

    outside = make_city("Leszno")
    make_city("Hrubieszów")
    make_nomination(call, outside)
    known = policies.reach(secretariat, call)
    places = queries.cities(call, known)

    assert [(city.slug, city.takes_part) for city in places.values()] == [
        ("krakow", True),
        ("leszno", False),
        ("lodz", True),
    ]


def test_a_city_outside_the_call_is_said_and_filtered(desk, call, mixed):
    from tests.factories import make_city

    mixed["outside"] = make_nomination(call, make_city("Leszno"), "Ala", "Bąk")
    page = desk.get(f"{HERE}?lacks=rule")

    assert "outside" in names_in(page, mixed)
    row = next(r for r in page.context["listing"] if r.code == mixed["outside"].code)
    assert row.lacks.startswith("city outside the call")


def test_a_preview_that_is_loaded_anew_leads_back_to_the_list(
    request, signed_in, call, own
):
    path = reverse("nominations:nominations_bulk", args=[call.slug])
    answers = [
        signed_in(request.getfixturevalue(who)).get(path)
        for who in ("secretariat", "partner", "city", "stranger")
    ]
    assert [answer.status_code for answer in answers] == [302, 403, 403, 404]
    assert answers[0].url == reverse("nominations:nominations", args=[call.slug])


@pytest.mark.parametrize(
    ("decision", "state", "marks"),
    (
        ("open", "submitted", 2),
        ("different", "submitted", 0),
        ("same", "submitted", 0),
        ("open", "withdrawn", 0),
        ("open", "draft", 0),
    ),
)
def test_the_list_marks_the_pairs_that_its_filter_finds(
    desk, call, krakow, lodz, now, decision, state, marks
):
    first = make_nomination(call, krakow)
    second = make_nomination(call, lodz, state=state, withdrawn_at=now)
    PossibleDuplicate.objects.create(
        first=first, second=second, why="name", decision=decision, decided_at=now
    )
    page = desk.get(HERE)

    assert page.content.decode().count("may be one person twice") == marks
    assert len(desk.get(f"{HERE}?duplicates=open").context["listing"]) == marks

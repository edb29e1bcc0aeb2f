"""Taking files over: whole or not at all, once however often, and with every trace."""

import json
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mosty.audit.models import Entry
from mosty.nominations.actions import imports, letters
from mosty.nominations.actions.entries import CannotNominate, Person
from mosty.nominations.models import (
    Call,
    ImportedFile,
    Invitation,
    Nomination,
    PossibleDuplicate,
)
from mosty.nominations.queries.imports import pages
from mosty.nominations.queries.imports.columns import BY_KEY, TEXTS
from mosty.outbox.models import Link, Message
from tests.factories import make_nomination
from tests.nominations.imports.files import ANNA, JAN, csv, csv_of, person, xlsx

pytestmark = pytest.mark.django_db


def everything():
    """Return what a second import must not change."""
    return (
        list(Nomination.objects.order_by("pk").values()),
        list(Message.objects.order_by("pk").values()),
        list(Link.objects.order_by("pk").values_list("pk", "subject")),
        list(PossibleDuplicate.objects.values_list("first", "second")),
    )


def test_new_people_are_nominated_with_every_trace(take, krakow, lodz, call, now):
    done = take(csv())
    anna, jan = Nomination.objects.order_by("pk")
    assert [
        (one.organisation, str(one), one.state, one.source, one.preference)
        for one in (anna, jan)
    ] == [
        (krakow, "Anna Żółć", "submitted", "import", 1),
        (lodz, "Jan Świerk", "submitted", "import", 1),
    ]
    assert (anna.language, anna.gender, anna.submitted_at) == ("pl", "unstated", now)
    # Found by the list's search, as if typed into the form.
    assert anna.search == f"{anna.code.casefold()} anna@example.org zolc anna zolc"

    message = Message.objects.get(to_email="anna@example.org")
    assert (message.state, message.kind, message.language) == (
        "draft",
        "nominations.nominated",
        "pl",
    )
    link = Link.objects.get(subject=anna.code, purpose="confirm")
    assert message.link == link
    assert message.key == f"nominations.nominated:{anna.code}:{link.pk}"
    assert "{link}" in message.body

    entries = Entry.objects.filter(verb="nomination.submitted").order_by("pk")
    assert [(entry.target_key, entry.after["city"]) for entry in entries] == [
        (anna.code, "krakow"),
        (jan.code, "lodz"),
    ]
    assert Entry.objects.get(verb="import.taken_over").after == {
        "new": 2,
        "changed": 0,
        "same": 0,
        "error": 0,
    }
    assert (done.state, done.rows, done.header) == ("done", [], [])


def test_the_letter_is_the_one_that_the_form_sends(take, call, now):
    take(csv_of(person()))
    message = Message.objects.get()
    nomination = Nomination.objects.get()
    message.delete()
    with transaction.atomic():
        [single] = letters.nominated(nominations=[nomination], now=now, at_once=False)
    names = [
        field.name
        for field in Message._meta.fields
        if field.name not in {"id", "body", "subject"}
    ]
    assert [getattr(message, name) for name in names] == [
        getattr(single, name) for name in names
    ]
    assert (message.subject, message.body) == (single.subject, single.body)


def test_a_second_time_there_is_nothing_to_do(take, call, secretariat, now):
    take(csv())
    before = everything()
    with pytest.raises(imports.CannotImport, match="already there"):
        take(xlsx())
    assert everything() == before


# What a list says of one person, and what the next one says.
SAID = {
    "given_name": ("Anna", "Ewa"),
    "family_name": ("Żółć", "Kos"),
    "email": ("anna@example.org", "anna@example.org"),
    "department": ("education", "culture"),
    "level": ("middle", "senior"),
    "gender": ("woman", "other"),
    "language": ("pl", "en"),
    "in_post_since": ("2020-02-01", "2021-03-01"),
    **{key: (f"{key} one", f"{key} two") for key in TEXTS},
}


def test_whatever_a_list_says_of_somebody_is_kept_and_changed(take):
    """A field that only the form knows would be lost without a word."""
    assert set(SAID) == {*Person.__dataclass_fields__} - {"is_fictional"}
    for place in (0, 1):
        texts = {key: both[place] for key, both in SAID.items()}
        names = {BY_KEY[key].headers[0]: text for key, text in texts.items()}
        take(csv_of({"city": "Kraków", **names}))
        kept = Nomination.objects.get()
        assert {key: str(getattr(kept, key)) for key in SAID} == texts


CELL = st.text(
    st.sampled_from("aąćżKŁŚ'-. ,;\t\"=@€😀e\u0301\u200b\x07"), min_size=1, max_size=12
)
PEOPLE = st.lists(
    st.builds(
        lambda given, family, city, number, position, since: (
            city,
            f"A{given}",
            f"B{family}",
            f"p{number}@example.org",
            "edukacja",
            "średni",
            position,
            since,
        ),
        CELL,
        CELL,
        st.sampled_from(["Kraków", "Urząd Miasta Łodzi", "krakow"]),
        st.integers(0, 10**6),
        CELL,
        st.sampled_from(["", "01.03.2024", "2019", "2020-02-29"]),
    ),
    min_size=1,
    max_size=4,
    unique_by=lambda row: row[3],
)


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(people=PEOPLE)
def test_twice_is_once(take, call, people):
    Nomination.objects.all().delete()
    content = xlsx(
        [[text.replace("\x07", "") for text in row] for row in people],
        (
            "Miasto",
            "Imię",
            "Nazwisko",
            "E-mail",
            "Wydział",
            "Szczebel",
            "Stanowisko",
            "Na stanowisku od",
        ),
    )
    take(content)
    assert Nomination.objects.count() == len(people)
    before = everything()
    with pytest.raises(imports.CannotImport, match="already there"):
        take(content)
    assert everything() == before
    ImportedFile.objects.filter(state="uploaded").delete()


def test_one_wrong_row_stops_them_all(take):
    before = everything()
    with pytest.raises(imports.CannotImport, match="Some rows have errors"):
        take(csv([ANNA, (*JAN[:3], "no address", *JAN[4:])]))
    assert everything() == before
    assert Invitation.objects.count() == 0


def test_changes_are_written_and_nobody_is_told(take, call, krakow, secretariat):
    nomination = make_nomination(
        call,
        krakow,
        "Anna",
        "Zolc",
        email="Anna@example.org",
        checked_at=call.opens_at,
        motivation="Tak.",
    )
    take(csv([ANNA]))
    nomination.refresh_from_db()
    assert (nomination.family_name, nomination.position) == ("Żółć", "inspektorka")
    # What the file does not speak of stays, and so does the answer and the check.
    assert (nomination.motivation, nomination.email) == ("Tak.", "Anna@example.org")
    assert (nomination.answer, nomination.checked_at) == ("confirmed", call.opens_at)
    assert nomination.name_key == "anna zolc"
    assert Message.objects.count() == 0
    entry = Entry.objects.get(verb="nomination.changed")
    assert (entry.target_key, entry.after) == (
        nomination.code,
        {"state": "submitted", "changed": ["family_name", "position"]},
    )


def test_what_a_city_changes_is_to_be_checked_again(take, call, krakow, city):
    nomination = make_nomination(
        call, krakow, "Anna", "Żółć", email="anna@example.org", checked_at=call.opens_at
    )
    take(csv([ANNA]), city, krakow)
    nomination.refresh_from_db()
    assert nomination.checked_at is None


def test_a_draft_is_submitted_and_its_nominee_told(take, call, krakow, now):
    draft = make_nomination(
        call,
        krakow,
        "Anna",
        "Żółć",
        email="anna@example.org",
        position="inspektorka",
        state="draft",
        answer="pending",
    )
    take(csv([ANNA]))
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_at) == ("submitted", now)
    assert Message.objects.get().link.subject == draft.code
    assert Entry.objects.get(verb="nomination.submitted").before == {"state": "draft"}


def test_new_ones_come_after_those_that_stand(take, call, krakow):
    make_nomination(call, krakow, preference=3)
    take(
        csv_of(
            person(),
            person(Imię="Ewa", **{"E-mail": "ewa@example.org"}),
        )
    )
    places = Nomination.objects.order_by("pk").values_list("preference", flat=True)
    assert list(places) == [3, 4, 5]


def test_a_city_that_nominates_has_thought_better_of_declining(take, call, krakow, now):
    Invitation.objects.create(
        call=call, organisation=krakow, code="ABCD-1", declined_at=now
    )
    take(csv([ANNA]))
    assert Invitation.objects.get(organisation=krakow).declined_at is None


def test_pairs_that_may_be_one_person_are_stored(take, call, krakow):
    there = make_nomination(call, krakow, "Anna", "Żółc")
    take(csv([ANNA]))
    new = Nomination.objects.get(email="anna@example.org")
    pairs = PossibleDuplicate.objects.values_list("first", "second", "why")
    assert list(pairs) == [(there.pk, new.pk, "name")]


def test_names_that_no_longer_match_are_no_pair(take, call, krakow):
    first = make_nomination(call, krakow, "Anna", "Nowak")
    second = make_nomination(call, krakow, "Anna", "Nowak", email="anna@example.org")
    PossibleDuplicate.objects.create(first=first, second=second, why="name")
    take(csv_of(person(Imię="Zdzisława", Nazwisko="Brzęczyszczykiewicz")))
    assert PossibleDuplicate.objects.count() == 0


def test_the_report_speaks_of_rows_and_codes_and_of_no_people(take):
    done = take(csv())
    codes = list(Nomination.objects.order_by("pk").values_list("code", flat=True))
    assert done.report == {
        "rows": 2,
        "header_line": 1,
        "notes": [],
        "new": 2,
        "changed": 0,
        "same": 0,
        "error": 0,
        "lines": [[2, "new", codes[0], []], [3, "new", codes[1], []]],
        "warnings": [],
    }
    kept = json.dumps(list(ImportedFile.objects.values()), default=str)
    kept += json.dumps(list(Entry.objects.values()), default=str)
    for text in (*ANNA[1:4], *JAN[1:4]):
        assert json.dumps(text).strip('"') not in kept


def test_what_has_changed_since_it_was_seen_is_looked_at_again(
    call, krakow, secretariat, now
):
    imported = upload(call, secretariat, now, csv())
    seen = pages.trial(imported, now).digest
    make_nomination(call, krakow, "Anna", "Zolc", email="anna@example.org")
    with pytest.raises(imports.CannotImport, match="have changed since"):
        imports.take_over(imported=imported, seen=seen, actor=secretariat, now=now)
    assert Nomination.objects.count() == 1


def upload(call, actor, now, content, own=None):
    return imports.upload(
        call=call,
        organisation=own,
        content=content,
        file_name="C:\\Users\\x\\lista\x00.csv",
        actor=actor,
        now=now,
    )


def test_an_upload_keeps_rows_and_no_path(call, secretariat, now):
    imported = upload(call, secretariat, now, csv())
    assert imported.file_name == "lista.csv"
    assert imported.rows == [[2, list(ANNA)], [3, list(JAN)]]
    assert imported.uploaded_by == "Sabina Sowa"
    assert upload(call, secretariat, now, csv()) == imported


def test_taken_over_once(take, secretariat, now):
    done = take(csv())
    with pytest.raises(imports.CannotImport, match="already been taken over"):
        imports.take_over(imported=done, seen="", actor=secretariat, now=now)


def test_columns_are_corrected(call, secretariat, now):
    imported = upload(call, secretariat, now, csv())
    columns = {**imported.mapping["columns"], "given_name": 2, "family_name": 1}
    imported = imports.put_in_columns(
        imported=imported, columns=columns, fixed={}, actor=secretariat, now=now
    )
    assert [one.name for one in pages.trial(imported, now).people] == [
        "Żółć Anna",
        "Świerk Jan",
    ]


@pytest.mark.parametrize(
    ("columns", "fixed"),
    (
        ({}, {"level": "highest"}),
        ({}, {"email": "a@example.org"}),
    ),
)
def test_columns_that_make_no_sense(call, secretariat, now, columns, fixed):
    imported = upload(call, secretariat, now, csv())
    before = imported.mapping
    with pytest.raises(imports.CannotImport):
        imports.put_in_columns(
            imported=imported,
            columns=columns,
            fixed=fixed,
            actor=secretariat,
            now=now,
        )
    imported.refresh_from_db()
    assert imported.mapping == before


@pytest.mark.parametrize(
    ("who", "own", "may"),
    (
        ("secretariat", None, True),
        ("coordinator", None, True),
        ("secretariat", "krakow", True),
        ("city", "krakow", True),
        ("city", None, False),
        ("city", "lodz", False),
        ("partner", None, False),
        ("auditor", None, False),
        ("administrator", None, False),
        ("stranger", "krakow", False),
    ),
)
def test_who_may_bring_in_what(request, call, now, who, own, may):
    actor = request.getfixturevalue(who)
    organisation = request.getfixturevalue(own) if own else None
    if may:
        assert upload(call, actor, now, csv(), organisation).rows != []
    else:
        with pytest.raises(PermissionDenied):
            upload(call, actor, now, csv(), organisation)


def test_nobody_takes_over_or_drops_what_is_not_hers(call, secretariat, city, now):
    imported = upload(call, secretariat, now, csv())
    for act in (
        lambda: imports.take_over(imported=imported, seen="", actor=city, now=now),
        lambda: imports.drop(imported=imported, actor=city, now=now),
        lambda: imports.put_in_columns(
            imported=imported, columns={}, fixed={}, actor=city, now=now
        ),
    ):
        with pytest.raises(PermissionDenied):
            act()


@pytest.mark.parametrize("who", ("secretariat", "coordinator", "city"))
def test_nobody_imports_into_a_closed_call(request, call, krakow, now, who):
    actor = request.getfixturevalue(who)
    own = krakow if who == "city" else None
    imported = upload(call, actor, now, csv([ANNA]), own)
    seen = pages.trial(imported, now).digest
    Call.objects.filter(pk=call.pk).update(closes_at=now - timedelta(minutes=1))
    imported.refresh_from_db()
    with pytest.raises(CannotNominate, match="This call has closed"):
        imports.take_over(imported=imported, seen=seen, actor=actor, now=now)
    call.refresh_from_db()
    with pytest.raises(CannotNominate, match="This call has closed"):
        upload(call, actor, now, csv([JAN]), own)
    assert Nomination.objects.count() == 0

"""The ledger: read by those who may, changed by nobody."""

import ast
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import translation
from pytest_django import DjangoAssertNumQueries

from mosty.accounts.models import User
from mosty.audit import actions as audit
from mosty.audit.actors import Actor
from mosty.audit.models import Entry
from mosty.directory.models import Organisation
from mosty.nominations.models import Call
from mosty.office import fields, verbs
from mosty.office.queries.ledger import Change, changes
from mosty.outbox.models import Link

pytestmark = pytest.mark.django_db
SignedIn = Callable[[User], Client]
LEDGER = "/en/ledger/"
MAY = datetime(2024, 5, 20, 21, 30, tzinfo=UTC)


def write(actor: Actor, target: object, **fields: object) -> Entry:
    given = {"verb": "nomination.submitted", "at": MAY, "scope": "call", **fields}
    return audit.record(actor=actor, target=target, **given)


@pytest.mark.parametrize(
    ("who", "expected"),
    (
        ("auditor", 200),
        ("coordinator", 200),
        ("partner", 404),
        ("secretariat", 404),
        ("city", 404),
        ("trainer", 404),
        ("administrator", 404),
        ("stranger", 404),
    ),
)
def test_who_opens_it(
    request: pytest.FixtureRequest, signed_in: SignedIn, who: str, expected: int
) -> None:
    client = signed_in(request.getfixturevalue(who))

    assert client.get(LEDGER).status_code == expected
    assert client.post(LEDGER).status_code == 405


def test_the_public_is_sent_to_sign_in(client: Client) -> None:
    assert client.get(LEDGER).url == f"/en/account/login/?next={LEDGER}"


@pytest.mark.parametrize("rows", (1, 3))
def test_ledger_budget(
    auditor: User,
    krakow: Organisation,
    signed_in: SignedIn,
    django_assert_num_queries: DjangoAssertNumQueries,
    rows: int,
) -> None:
    for _number in range(rows):
        write(auditor, krakow)
    client = signed_in(auditor)

    # Session, user with roles; count, entries; names of calls, programmes, bodies.
    with django_assert_num_queries(7):
        response = client.get(LEDGER)

    assert response.context["ledger"].total == rows


@pytest.mark.parametrize(
    ("query", "found"),
    (
        ("", 2),
        ("?verb=nomination.submitted", 1),
        ("?actor=alice", 1),
        ("?target=KRAKOW", 1),
        ("?scope=call", 1),
        # 21:30 in London is 23:30 in Warsaw, on the same day.
        ("?since=2024-05-20&until=2024-05-20", 1),
        ("?since=2024-05-21&until=2024-05-21", 1),
        ("?since=2024-05-22", 0),
        ("?since=nonsense", 2),
    ),
)
def test_entries_are_found(
    auditor: User,
    coordinator: User,
    krakow: Organisation,
    lodz: Organisation,
    signed_in: SignedIn,
    query: str,
    found: int,
) -> None:
    write(coordinator, krakow)
    next_day = datetime(2024, 5, 20, 22, 30, tzinfo=UTC)
    write(auditor, lodz, verb="offer.made", scope="other", at=next_day)

    response = signed_in(auditor).get(LEDGER + query)

    assert response.context["ledger"].total == found


@pytest.mark.parametrize(
    ("language", "city", "person"),
    (
        ("en", "the city, by its link", "the nominated person, by a personal link"),
        ("pl", "miasto, przez swój link", "osoba zgłoszona, przez osobisty link"),
    ),
)
def test_the_holder_of_a_link_is_named_in_the_readers_language(
    auditor: User,
    krakow: Organisation,
    signed_in: SignedIn,
    language: str,
    city: str,
    person: str,
) -> None:
    for purpose in ("offer", "confirm", "nominate"):
        write(Link(purpose=purpose, subject="K7PX-2M"), krakow)
    with translation.override(language):
        address = reverse("office:ledger")

    response = signed_in(auditor).get(address)

    assert [row.who for row in response.context["ledger"]] == [person, person, city]


def test_a_coordinator_reads_her_own_programmes_entries(
    coordinator: User, call: Call, krakow: Organisation, signed_in: SignedIn
) -> None:
    write(coordinator, krakow)
    write(coordinator, krakow, scope="elsewhere")

    response = signed_in(coordinator).get(LEDGER)

    assert [row.scope for row in response.context["ledger"]] == ["call"]


def test_the_ledger_leaves_as_a_file(
    auditor: User, krakow: Organisation, signed_in: SignedIn
) -> None:
    write(
        auditor,
        krakow,
        reason="=1+1",
        before={"state": "draft"},
        after={"state": "sent"},
    )

    response = signed_in(auditor).get(LEDGER + "?verb=nomination.submitted&export=csv")

    lines = response.content.decode("utf-8-sig").splitlines()
    assert lines[1:] == [
        (
            '"2024-05-20 23:30","Aurelia Audit","nomination submitted","organisation",'
            '"krakow","call","\'=1+1","state: draft → sent"'
        )
    ]


def test_only_what_differs_is_shown() -> None:
    before = {"state": "draft", "seats": 25, "open": False, "list": ["a"], "gone": 1}
    after = {
        "state": "sent",
        "seats": 25,
        "open": True,
        "list": ["a", "b"],
        "new": {"x": 1},
    }

    assert changes(before, after) == (
        Change("state", "draft", "sent"),
        Change("open", "no", "yes"),
        Change("list", "a", "a, b"),
        Change("gone", "1", ""),
        Change("new ones", "", '{"x": 1}'),
    )


def test_a_verb_or_a_thing_without_words_is_shown_as_it_is() -> None:
    assert verbs.in_words("nomination.submitted") == "nomination submitted"
    assert verbs.in_words("weather.changed") == "weather.changed"
    assert verbs.target_in_words("nominations.nomination") == "nomination"
    assert verbs.target_in_words("gone.model") == "gone.model"
    assert verbs.target_in_words("nonsense") == "nonsense"


@pytest.mark.parametrize("act", ("update", "delete"))
def test_the_database_itself_refuses_to_change_an_entry(
    auditor: User, krakow: Organisation, act: str
) -> None:
    entry = write(auditor, krakow)
    rows = Entry.objects.filter(pk=entry.pk)

    with pytest.raises(IntegrityError), transaction.atomic():
        rows.update(reason="No") if act == "update" else rows.delete()

    assert rows.get().reason == ""


def test_what_an_entry_belongs_to_is_said_in_words(
    auditor: User, call: Call, krakow: Organisation, signed_in: SignedIn
) -> None:
    programme = call.course.programme
    # Whoever begins a programme chooses its address: it may be that of a call.
    programme.slug = call.slug
    programme.save()
    plans = f"plans:{programme.slug}"
    for target, scope in (
        (krakow, call.slug),
        (programme, call.slug),
        (krakow, plans),
        (krakow, ":library"),
        (krakow, "krakow"),
        (krakow, "gone"),
        (krakow, ""),
    ):
        write(auditor, target, scope=scope)

    page = signed_in(auditor).get(LEDGER)
    names = [row.scope_name for row in page.context["ledger"]]

    assert names == [
        str(call.course),
        str(programme.short_name),
        f"Action plans: {programme.short_name}",
        "Library",
        "Kraków",
        "gone",
        "",
    ]
    html = page.content.decode()
    assert f'<a href="?scope={call.slug}">{call.course}</a>' in html
    assert '<a href="?target=krakow">krakow</a>' in html
    taken = signed_in(auditor).get(LEDGER, {"export": "csv", "scope": "krakow"})
    assert "Kraków" in taken.content.decode()


@pytest.mark.parametrize(
    ("language", "said"),
    (
        ("en", ("state", "draft", "released")),
        ("pl", ("stan", "szkic", "dopuszczono do wysłania")),
    ),
)
def test_what_changed_is_said_in_words(language: str, said: tuple[str, ...]) -> None:
    with translation.override(language):
        (changed,) = changes({"state": "draft"}, {"state": "released"})
    assert (changed.field, changed.before, changed.after) == said


def test_words_that_somebody_typed_are_not_taken_for_codes() -> None:
    (title,) = changes({}, {"title": "draft"})
    (kind,) = changes({}, {"kind": "selection.offer"})
    assert (title.after, kind.after) == ("draft", "offer of a seat")


def _kept_names() -> set[str]:
    """Return the fields that acts write out for the ledger, read from the source."""
    found = set()
    for path in (settings.BASE_DIR / "src" / "mosty").rglob("actions/**/*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or "record" not in ast.unparse(call.func):
                continue
            for word in call.keywords:
                if word.arg in {"before", "after"} and isinstance(word.value, ast.Dict):
                    found |= {
                        str(key.value)
                        for key in word.value.keys
                        if isinstance(key, ast.Constant)
                    }
    return found


def test_every_field_that_is_kept_has_a_name() -> None:
    kept = _kept_names()
    assert {"state", "seed"} <= kept
    assert kept - set(fields.NAMES) == set()


def test_names_of_fields_are_said_in_words() -> None:
    (change,) = changes({}, {"changed": ["email", "in_post_since"]})
    assert (change.field, change.after) == ("changed", "e-mail, in post since")

"""What administrators do with users and roles, and what stands in the ledger after."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from threading import Barrier

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils import timezone

from mosty.accounts import actions
from mosty.accounts.actions import CannotManage
from mosty.accounts.models import Grant, Role, User
from mosty.audit.models import Entry
from mosty.directory.models import Organisation
from mosty.outbox.models import Message
from tests.factories import make_grant, make_person, make_user

pytestmark = pytest.mark.django_db
DORA = {"name": "Dora  Duda", "email": "dora@example.org", "language": "pl"}


def test_add_user_tells_her_how_to_sign_in(administrator: User, now: datetime) -> None:
    user = actions.add_user(**DORA, actor=administrator, now=now)

    assert (user.name, user.has_usable_password(), user.held) == (
        "Dora Duda",
        False,
        (),
    )
    message = Message.objects.get()
    assert (message.to_email, message.language) == ("dora@example.org", "pl")
    assert message.state == Message.State.RELEASED
    assert "http://testserver/pl/account/login/" in message.body
    entry = Entry.objects.get(verb="user.added")
    assert (entry.target_key, entry.after) == (
        str(user.pk),
        {"language": "pl", "person": ""},
    )


def test_add_user_refuses_an_address_in_any_case(
    administrator: User, now: datetime
) -> None:
    make_user("Dora Other", email="DORA@example.org")

    with pytest.raises(CannotManage) as refusal:
        actions.add_user(**DORA, actor=administrator, now=now)

    assert set(refusal.value.fields) == {"email"}
    assert Message.objects.count() == 0


def test_add_user_finds_the_person_by_code(administrator: User, now: datetime) -> None:
    person = make_person()
    user = actions.add_user(
        **DORA, person_code=person.code, actor=administrator, now=now
    )

    assert user.person == person
    with pytest.raises(CannotManage) as refusal:
        actions.add_user(
            **{**DORA, "email": "x@example.org"},
            person_code="NO-NO",
            actor=administrator,
            now=now,
        )
    assert set(refusal.value.fields) == {"person_code"}


def test_the_ledger_says_that_a_name_changed_but_not_to_what(
    administrator: User, city: User, now: datetime
) -> None:
    actions.change_user(
        user=city,
        name="Celina Nowa",
        email=city.email,
        language="pl",
        person_code="",
        actor=administrator,
        now=now,
    )

    entry = Entry.objects.get()
    assert entry.before == {"language": "en", "person": ""}
    assert entry.after == {"language": "pl", "person": "", "renamed": True}


UNSEEN = " \u200b\u202e "


def test_a_name_of_which_nothing_is_seen_is_refused(
    administrator: User, city: User, now: datetime
) -> None:
    acts = [
        lambda: actions.add_user(
            **{**DORA, "name": UNSEEN}, actor=administrator, now=now
        ),
        lambda: actions.change_user(
            user=city,
            **{**DORA, "name": UNSEEN},
            person_code="",
            actor=administrator,
            now=now,
        ),
        lambda: actions.change_profile(
            user=city, name=UNSEEN, language="pl", actor=city, now=now
        ),
    ]

    for act in acts:
        with pytest.raises(CannotManage) as refusal:
            act()
        assert {name: str(text) for name, text in refusal.value.fields.items()} == {
            "name": "Enter the name."
        }
    assert (User.objects.get(pk=city.pk).name, Entry.objects.count()) == (
        "Celina Cisek",
        0,
    )


@pytest.mark.parametrize("reason", ("", "  \n "))
def test_what_takes_or_gives_rights_has_a_reason(
    administrator: User, city: User, now: datetime, reason: str
) -> None:
    away = make_user("Ada Away", is_active=False)
    acts = [
        lambda: actions.end_role(
            grant=city.grants.get(),
            last_day=timezone.localdate(),
            reason=reason,
            actor=administrator,
            now=now,
        ),
        lambda: actions.deactivate(
            user=city, reason=reason, actor=administrator, now=now
        ),
        lambda: actions.reactivate(
            user=away, reason=reason, actor=administrator, now=now
        ),
    ]

    for act in acts:
        with pytest.raises(CannotManage) as refusal:
            act()
        assert {name: str(text) for name, text in refusal.value.fields.items()} == {
            "reason": "Enter the reason."
        }
    assert Entry.objects.count() == 0


def test_change_user_refuses_an_address_taken_meanwhile(
    administrator: User, city: User, now: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody else may take the address between our look and our write."""
    taken = make_user("Dora Duda", email="dora@example.org")
    looks = iter((False, True))
    true_look = actions._refuse_taken

    def look(email: str, **but: User) -> None:
        if next(looks):
            true_look(email, **but)

    monkeypatch.setattr(actions, "_refuse_taken", look)

    with pytest.raises(CannotManage) as refusal:
        actions.change_user(
            user=city, **DORA, person_code="", actor=administrator, now=now
        )

    assert set(refusal.value.fields) == {"email"}
    assert User.objects.get(email="dora@example.org") == taken


def test_nobody_else_changes_users(
    coordinator: User, city: User, krakow: Organisation, now: datetime
) -> None:
    grant = city.grants.get()
    acts = [
        lambda: actions.add_user(**DORA, actor=coordinator, now=now),
        lambda: actions.change_user(
            user=city, **DORA, person_code="", actor=coordinator, now=now
        ),
        lambda: actions.grant_role(
            user=coordinator,
            role=Role.CITY,
            organisation=krakow,
            since=None,
            until=None,
            actor=coordinator,
            now=now,
        ),
        lambda: actions.end_role(
            grant=grant,
            last_day=timezone.localdate(),
            reason="No",
            actor=coordinator,
            now=now,
        ),
        lambda: actions.deactivate(user=city, reason="No", actor=coordinator, now=now),
        lambda: actions.reactivate(user=city, reason="No", actor=coordinator, now=now),
        lambda: actions.change_profile(
            user=city, name="No", language="pl", actor=coordinator, now=now
        ),
    ]

    for act in acts:
        with pytest.raises(PermissionDenied):
            act()
    assert Entry.objects.count() == 0


def give(administrator: User, user: User, now: datetime, **fields: object) -> Grant:
    given = {"role": Role.CITY, "organisation": None, "since": None, "until": None}
    return actions.grant_role(
        user=user, **{**given, **fields}, actor=administrator, now=now
    )


def test_grant_role_holds_at_once(
    administrator: User, stranger: User, krakow: Organisation, now: datetime
) -> None:
    give(administrator, stranger, now, organisation=krakow)

    user = User.objects.get(pk=stranger.pk)
    assert user.acts_for(Role.CITY) == {krakow.pk}
    assert Entry.objects.get().after == {
        "role": "city",
        "organisation": "krakow",
        "since": "",
        "until": "",
    }


@pytest.mark.parametrize(
    ("role", "with_organisation", "field"),
    ((Role.CITY, False, "organisation"), (Role.AUDITOR, True, "organisation")),
)
def test_grant_role_asks_for_what_belongs_to_the_role(
    administrator: User,
    stranger: User,
    krakow: Organisation,
    now: datetime,
    role: str,
    with_organisation: bool,
    field: str,
) -> None:
    with pytest.raises(CannotManage) as refusal:
        give(
            administrator,
            stranger,
            now,
            role=role,
            organisation=krakow if with_organisation else None,
        )

    assert set(refusal.value.fields) == {field}


@pytest.mark.parametrize(
    ("since", "until", "allowed"),
    (
        (None, None, False),
        (date(2024, 3, 1), None, False),
        (date(2024, 3, 31), date(2024, 4, 30), False),
        (date(2024, 4, 1), None, True),
        (None, date(2024, 2, 29), True),
        (None, date(2024, 3, 1), False),
    ),
)
def test_grant_role_refuses_the_same_role_on_the_same_days(
    administrator: User,
    stranger: User,
    krakow: Organisation,
    now: datetime,
    since: date | None,
    until: date | None,
    allowed: bool,
) -> None:
    march = {"since": date(2024, 3, 1), "until": date(2024, 3, 31)}
    make_grant(stranger, Role.CITY, krakow, **march)

    def again() -> None:
        give(
            administrator, stranger, now, organisation=krakow, since=since, until=until
        )

    if allowed:
        again()
    else:
        with pytest.raises(CannotManage):
            again()
    assert stranger.grants.count() == 1 + allowed


def test_end_role_ends_with_its_last_day(
    administrator: User, city: User, now: datetime
) -> None:
    yesterday = timezone.localdate() - timedelta(days=1)

    actions.end_role(
        grant=city.grants.get(),
        last_day=yesterday,
        reason="She left",
        actor=administrator,
        now=now,
    )

    assert User.objects.get(pk=city.pk).has_role(Role.CITY) is False
    entry = Entry.objects.get()
    assert (entry.verb, entry.reason) == ("role.ended", "She left")
    assert (entry.before["until"], entry.after["until"]) == ("", yesterday.isoformat())


def test_end_role_refuses_what_has_ended_or_not_begun(
    administrator: User, stranger: User, krakow: Organisation, now: datetime
) -> None:
    over = make_grant(stranger, Role.CITY, krakow, until=date(2024, 1, 31))
    later = make_grant(
        stranger, Role.CITY, krakow, since=timezone.localdate() + timedelta(days=9)
    )

    for grant in (over, later):
        with pytest.raises(CannotManage):
            actions.end_role(
                grant=grant,
                last_day=timezone.localdate(),
                reason="No",
                actor=administrator,
                now=now,
            )


def leave(user: User, actor: User, now: datetime, *, how: str) -> None:
    if how == "deactivate":
        actions.deactivate(user=user, reason="Leaves", actor=actor, now=now)
    else:
        actions.end_role(
            grant=user.grants.get(),
            last_day=timezone.localdate(),
            reason="Leaves",
            actor=actor,
            now=now,
        )


@pytest.mark.parametrize("how", ("deactivate", "end"))
def test_the_last_administrator_stays(
    administrator: User, now: datetime, how: str
) -> None:
    make_user("Gone", role=Role.ADMINISTRATOR, is_active=False)
    passing = make_user("Passing")
    make_grant(passing, Role.ADMINISTRATOR, until=timezone.localdate())

    with pytest.raises(CannotManage):
        leave(administrator, administrator, now, how=how)

    make_user("Second", role=Role.ADMINISTRATOR)
    leave(administrator, administrator, now, how=how)


def test_deactivate_and_reactivate(
    administrator: User, city: User, now: datetime
) -> None:
    actions.deactivate(user=city, reason="Left", actor=administrator, now=now)
    with pytest.raises(CannotManage):
        actions.deactivate(user=city, reason="Left", actor=administrator, now=now)
    actions.reactivate(user=city, reason="Back", actor=administrator, now=now)
    with pytest.raises(CannotManage):
        actions.reactivate(user=city, reason="Back", actor=administrator, now=now)

    entries = Entry.objects.order_by("id").values_list("verb", "reason")
    assert list(entries) == [("user.deactivated", "Left"), ("user.reactivated", "Back")]


@pytest.mark.django_db(transaction=True)
def test_two_administrators_cannot_remove_each_other_at_once(now: datetime) -> None:
    pair = [make_user(name, role=Role.ADMINISTRATOR) for name in ("One", "Two")]
    together = Barrier(2, timeout=10)

    def remove(actor: User, user: User) -> bool:
        try:
            actor.has_role(Role.ADMINISTRATOR)
            together.wait()
            actions.deactivate(user=user, reason="No", actor=actor, now=now)
        except CannotManage:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as workers:
        done = [workers.submit(remove, *both) for both in (pair, pair[::-1])]

    assert sorted(work.result() for work in done) == [False, True]
    assert User.objects.filter(is_active=True).count() == 1

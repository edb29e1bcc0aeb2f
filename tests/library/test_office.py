"""The library's messages and entries are the coordinator's, whatever a call is called."""

import pytest

from mosty.audit.models import Entry
from mosty.library.actions import practices
from mosty.office import policies
from mosty.office.queries.needs import library as needs
from mosty.outbox.models import Message
from tests.factories import make_call
from tests.library.conftest import make_content

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("name", "messages", "entries"),
    (
        ("coordinator", 3, 7),
        ("partner", 0, 0),
        ("secretariat", 0, 0),
        ("city", 0, 0),
        ("auditor", 0, 7),
        ("stranger", 0, 0),
    ),
)
def test_who_reads_what_the_library_writes(
    request,
    course,
    published,
    name,
    messages,
    entries,
):
    # A word that a call may have as its address is not the library's.
    make_call(course, slug="library")
    user = request.getfixturevalue(name)
    read = policies.messages_visible_to(user).filter(kind__startswith="library.")
    sent = policies.messages_sent_by(user).filter(kind__startswith="library.")
    assert (read.count(), sent.count()) == (messages, messages)
    seen = policies.entries_visible_to(user)
    about = seen.filter(pk__in=Entry.objects.filter(target_kind="library.practice"))
    assert about.count() == entries
    assert Message.objects.filter(scope="library").count() == 0


def test_what_waits_in_the_library_is_said_today(
    submitted,
    reviewed,
    partner,
    coordinator,
    city,
    krakow,
    now,
):
    waits = [need.count for need in needs.decisions(coordinator, now)]
    assert (waits, list(needs.reviews(partner, now))) == ([1], [])
    reviewed(partner)
    second = practices.begin(city=krakow, content=make_content(), actor=city, now=now)
    practices.submit(version=second, actor=city, now=now)
    assert [need.count for need in needs.decisions(coordinator, now)] == [2]

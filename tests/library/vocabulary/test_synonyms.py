"""Words that mean the same hold at once, and are written down."""

import pytest
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from mosty.audit.models import Entry
from mosty.library.actions import synonyms
from mosty.library.models import (
    Synonym,
    SynonymSet,
    VocabularyStamp,
)
from tests.library.searching import asked, put

pytestmark = pytest.mark.django_db


def test_synonyms_hold_at_once_and_are_in_the_ledger(words, signed_in, coordinator):
    put("a", "en", "Repair of bikes")
    assert (asked("two-wheeler"), asked("cycle")) == (1, 0)
    client = signed_in(coordinator)
    address = reverse("library:synonyms_change", args=[words.pk])
    assert client.post(address, {"words": "bike\ncycle\n cycle "}).status_code == 302
    assert (asked("two-wheeler"), asked("cycle")) == (0, 1)
    entry = Entry.objects.get(verb="synonyms.changed")
    assert (entry.before, entry.after) == (
        {"language": "en", "words": "bike, two-wheeler"},
        {"language": "en", "words": "bike, cycle"},
    )
    remove = reverse("library:synonyms_remove", args=[words.pk])
    assert client.get(remove).status_code == 405
    assert client.post(remove).status_code == 302
    assert (asked("cycle"), SynonymSet.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    "statement",
    (
        "update library_synonym set text = 'cycle' where text = 'bike'",
        "update library_synonymset set language = 'pl'",
        "delete from library_label",
        "update library_concept set is_used = false",
        "truncate library_synonym",
    ),
)
def test_the_vocabulary_is_read_anew_whoever_changes_it(words, statement):
    def stamp():
        return VocabularyStamp.objects.get().stamp

    before = stamp()
    with connection.cursor() as cursor:
        # Else it would wait for what is asked at the end of the transaction.
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")
        cursor.execute(statement)
    assert stamp() != before


def test_what_was_rolled_back_is_not_remembered(words):
    put("a", "en", "Repair of bikes")
    assert asked("two-wheeler") == 1
    with transaction.atomic():
        Synonym.objects.filter(text="bike").update(keys=["cycle"])
        assert asked("two-wheeler") == 0
        transaction.set_rollback(True)
    assert asked("two-wheeler") == 1


@pytest.mark.parametrize("said", ("bike", "", "bike\nBIKE", "the\nof", "!!\n??"))
def test_synonyms_need_two_words(words, signed_in, coordinator, said):
    answer = signed_in(coordinator).post(
        reverse("library:synonyms_add"), {"language": "en", "words": said}
    )
    assert (answer.status_code, SynonymSet.objects.count()) == (200, 1)
    assert [*answer.context["form"].errors] == ["words"]


def test_the_database_asks_for_two_words(words):
    with pytest.raises(IntegrityError):
        _leave_one()
    assert Synonym.objects.count() == 2


@transaction.atomic
def _leave_one():
    Synonym.objects.first().delete()
    # What is asked at the end of a transaction is asked now.
    transaction.get_connection().check_constraints()


def test_a_set_that_is_removed_twice_or_changed_meanwhile(words, coordinator, now):
    for _n in range(2):
        # Each has the set as it was when she opened the page.
        seen = SynonymSet(pk=words.pk, language=words.language)
        synonyms.remove(synonyms=seen, actor=coordinator, now=now)
    assert Entry.objects.filter(verb="synonyms.removed").count() == 1
    with pytest.raises(synonyms.CannotKeepSynonyms, match="removed this set meanwhile"):
        synonyms.change(
            synonyms=words, said=["bike", "cycle"], actor=coordinator, now=now
        )

"""Rows that nobody takes over are not kept."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from mosty.audit.actors import SYSTEM
from mosty.nominations.actions.imports import files
from mosty.nominations.models import ImportedFile

LIST = "Miasto;Imię;Nazwisko;E-mail;Jednostka;Szczebel\nKraków;Ewa;Lis;e@example.org;edukacja;średni"


@pytest.fixture
def waiting(call, secretariat, now):
    return files.upload(
        call=call,
        organisation=None,
        content=LIST.encode(),
        file_name="list.csv",
        actor=secretariat,
        now=now,
    )


def test_an_unfinished_list_is_dropped_after_two_weeks(waiting, now):
    end = now + timedelta(days=14)
    assert files.drop_old(actor=SYSTEM, now=end) == 0
    assert files.drop_old(actor=SYSTEM, now=end + timedelta(seconds=1)) == 1
    kept = ImportedFile.objects.get()
    assert (kept.state, kept.header, kept.rows, kept.mapping) == ("dropped", [], [], {})
    assert files.drop_old(actor=SYSTEM, now=end + timedelta(days=1)) == 0


def test_only_the_installation_itself_does_so(waiting, secretariat, now):
    with pytest.raises(PermissionDenied):
        files.drop_old(actor=secretariat, now=now)

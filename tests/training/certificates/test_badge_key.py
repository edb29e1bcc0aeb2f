"""The command that lists and makes keys of badges."""

import io

from django.core.management import call_command

from mosty.training import badge_keys


def said(*words):
    out = io.StringIO()
    call_command("badge_key", *words, stdout=out)
    return out.getvalue().splitlines()


def test_it_changes_nothing_unless_told_to(settings, tmp_path):
    settings.BADGE_KEYS = tmp_path
    assert said() == ["1\tsigns"]
    assert said() == ["1\tsigns"]
    first, second = said("--commit")
    assert (first, second) == ("1\tpublished", f"{badge_keys.newest().name}\tsigns")

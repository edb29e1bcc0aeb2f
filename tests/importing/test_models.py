"""What an app that takes lists in must say of its files."""

import pytest
from django.test.utils import isolate_apps

from mosty.importing.models import WaitingFile


@isolate_apps("mosty.importing")
def test_a_file_without_a_name_for_the_ledger_cannot_be_made():
    class Nameless(WaitingFile):
        class Meta(WaitingFile.Meta):
            app_label = "importing"

    with pytest.raises(TypeError, match="scope"):
        Nameless()

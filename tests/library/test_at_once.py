"""Two who name something alike in one moment: both have an address of their own."""

import pytest
from django.urls import reverse

from mosty.library.actions import practices
from mosty.library.models import Practice, Tool
from tests.fixtures.together import at_the_ledger
from tests.library.conftest import make_content

pytestmark = pytest.mark.django_db(transaction=True)


def test_two_tools_of_one_name(coordinator, signed_in):
    sent = {
        "kind": "manual", "name_0": "Podręcznik", "name_1": "Manual",
        "issuer": "Somebody", "language": "en", "licence": "cc-by-4.0",
        "areas": ["work"],
    }  # fmt: skip
    browser = signed_in(coordinator)

    def press():
        return browser.post(reverse("library:new_tool"), sent).status_code

    assert at_the_ledger([press, press]) == [302, 302]
    assert len(set(Tool.objects.values_list("slug", flat=True))) == 2


def test_two_practices_of_one_title(krakow, lodz, city, other_city, now):
    def begin(organisation, actor):
        return lambda: (
            practices.begin(
                city=organisation, content=make_content(), actor=actor, now=now
            ).number
        )

    assert at_the_ledger([begin(krakow, city), begin(lodz, other_city)]) == [1, 1]
    assert len(set(Practice.objects.values_list("slug", flat=True))) == 2

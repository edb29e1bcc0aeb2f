"""What machines read of a tool: each edition with the version that it calls its own."""

import json

import pytest
from django.urls import reverse

from mosty.library.actions import editions
from mosty.library.common.sections import SectionText
from tests.library.test_editions import publish, save, source, tool

pytestmark = pytest.mark.django_db
# What pytest takes from another module has to be named.
FIXTURES = (source, tool)


def editions_of(client, tool):
    answer = client.get(reverse("library:tool_data", args=[tool.slug]))
    return [
        (one["inLanguage"], one["version"], one["datePublished"])
        for one in json.loads(answer.content)["workExample"]
    ]


def test_an_edition_is_called_as_it_calls_itself(client, tool, source):
    day = source.published_at.date().isoformat()
    assert editions_of(client, tool) == [("en", "1st", day)]


def test_an_edition_without_a_name_of_its_own_is_numbered(
    client, tool, partner, coordinator, now
):
    version = editions.begin(edition=tool.editions.get(), actor=partner, now=now)
    saved = save(version, [SectionText("", "Part", "Text")], partner, now, label="")
    publish(saved, partner, coordinator, now)
    assert [version for _language, version, _day in editions_of(client, tool)] == ["1"]

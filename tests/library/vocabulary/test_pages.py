"""The pages of those who keep the words of the search."""

import pytest
from django.urls import reverse

from mosty.library.actions import synonyms, thesaurus
from mosty.library.actions.thesaurus import Said

pytestmark = pytest.mark.django_db

PAGES = (
    ("thesaurus", {}),
    ("concept_add", {}),
    ("concept", {"code": "housing"}),
    ("synonyms", {}),
    ("synonyms_add", {}),
    ("synonyms_change", {"pk": 1}),
)


@pytest.mark.parametrize(("name", "args"), PAGES)
def test_editors_pages(
    words, client, signed_in, coordinator, secretariat, partner, name, args
):
    if name == "synonyms_change":
        args = {"pk": words.pk}
    address = reverse(f"library:{name}", kwargs=args)
    assert client.get(address).status_code == 302
    assert signed_in(partner).get(address).status_code == 403
    for editor in (coordinator, secretariat):
        assert signed_in(editor).get(address).status_code == 200
    assert signed_in(coordinator).put(address).status_code == 405


@pytest.mark.parametrize("count", (1, 3))
def test_lists_of_editors_do_not_grow(
    coordinator, signed_in, now, count, django_assert_num_queries
):
    for n in range(count):
        thesaurus.add(
            code=f"c{n}", said=Said({"en": (f"bridge{n}",)}), actor=coordinator, now=now
        )
        synonyms.add(
            language="en", said=(f"one{n}", f"two{n}"), actor=coordinator, now=now
        )
    client = signed_in(coordinator)
    for name in ("thesaurus", "synonyms"):
        # Session with user, roles; two of the list.
        with django_assert_num_queries(4):
            client.get(reverse(f"library:{name}"))


@pytest.mark.parametrize(("name", "field"), (("concept", "en"), ("synonyms_change", "words")))  # fmt: skip
def test_who_changes_words_second_is_told_of_the_first(
    words, signed_in, coordinator, name, field
):
    args = {"pk": words.pk} if name == "synonyms_change" else {"code": "housing"}
    address = reverse(f"library:{name}", kwargs=args)
    client = signed_in(coordinator)
    form = client.get(address).context["form"]
    begin = {one.name: one.value() for one in form if one.value() is not None}
    first = {**begin, field: f"{begin[field]}\nlodging rooms"}
    assert client.post(address, first).status_code == 302

    answer = client.post(address, {**begin, field: f"{begin[field]}\nbarrack rooms"})

    (told,) = answer.context["form"].errors[field]
    assert told.startswith("It now says: ")
    assert "lodging rooms" in client.get(address).context["form"][field].value()

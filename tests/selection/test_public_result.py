"""What everybody reads of a selection: numbers and how it was drawn, and nobody's name."""

from django.urls import reverse

from mosty.nominations.models import Nomination
from mosty.programmes.models import Course


def page(client, call):
    return client.get(reverse("selection:result", args=[call.slug]))


def test_before_the_announcement_there_is_nothing(client, signed):
    answer = page(client, signed.call)
    assert (answer.status_code, answer.context["result"]) == (200, None)
    assert signed.seed not in answer.content.decode()


def test_everybody_reads_the_numbers_and_nobodys_name(client, announced):
    answer = page(client, announced.call)
    found = answer.context["result"]
    assert (found.seats, found.cities, found.reserve, found.seed) == (
        4,
        4,
        6,
        announced.seed,
    )
    assert found.signed_by == ["ODIHR", "UNHCR"]
    html = answer.content.decode()
    names = Nomination.objects.values_list("family_name", "code")
    assert [text for pair in names for text in pair if text in html] == []
    signers = announced.signatures.values_list("signed_by", flat=True)
    assert [name for name in signers if name in html] == []


def test_the_public_page_of_a_closed_call_leads_there(client, announced):
    call = announced.call
    address = reverse("selection:result", args=[call.slug])
    page = client.get(
        reverse("nominations:call", args=[call.course.programme.slug, call.slug])
    )
    assert f'href="{address}"' in page.content.decode()


def test_a_call_that_is_not_public_has_no_page(client, announced):
    Course.objects.update(is_published=False)
    assert page(client, announced.call).status_code == 404


def test_it_costs_three_questions_besides_the_call(
    client, announced, django_assert_num_queries
):
    with django_assert_num_queries(4):
        page(client, announced.call)


def test_no_other_method(client, announced):
    path = reverse("selection:result", args=[announced.call.slug])
    assert client.post(path).status_code == 405

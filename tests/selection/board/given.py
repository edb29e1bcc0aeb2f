"""What tests of the board ask again and again."""

from django.urls import reverse

from mosty.selection.models import Offer


def board(client, run):
    path = reverse("selection:offers", args=[run.call.slug])
    return client.get(path).context["page"]


def offer_of(city):
    return Offer.objects.select_related("nomination").get(
        nomination__organisation__slug=city, replaces__isnull=True
    )

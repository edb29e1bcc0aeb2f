"""Practices for anybody: list, page, older versions, citation, data, card, feed."""

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mosty.library.common import linked
from mosty.library.common.citing import FORMS, Source
from mosty.library.forms.practices import PracticeFilter
from mosty.library.models import PracticeVersion
from mosty.library.queries import practices as queries
from mosty.library.views.doors import open_practice, open_version
from mosty.library.views.embedding import embeddable

FEED_SIZE = 50


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List what is published, by the filters of the address."""
    form = PracticeFilter(request.GET, cities=queries.cities())
    context = {"form": form, "practices": queries.practices(request.GET, form)}
    return render(request, "library/practices.html", context)


@require_safe
def practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Show the newest published version."""
    found = open_practice(slug)
    version = queries.published_versions(found)[0]
    context = {"page": queries.page(found, version, request.user)}
    return render(request, "library/practice.html", context)


@require_safe
def practice_version(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """Show one published version, which is never another."""
    version = open_version(slug, number)
    context = {"page": queries.page(version.practice, version, request.user)}
    return render(request, "library/practice.html", context)


@require_safe
def cite(request: HttpRequest, slug: str, number: int, form: str) -> HttpResponse:
    """Hand out how a version is cited, as a file."""
    version = open_version(slug, number)
    return cited(queries.citation(version.practice, version), form)


@require_safe
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out what machines read of the newest version."""
    found = open_practice(slug)
    return as_linked(queries.data(found, queries.published_versions(found)[0]))


@require_safe
@embeddable
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a small card for pages of others, who may frame it."""
    found = open_practice(slug)
    version = queries.published_versions(found)[0]
    context = {
        "title": version.title,
        "language": version.language,
        "what": _("Good practice"),
        "by": str(found.city),
        "summary": version.summary,
        "is_retired": found.retired_at is not None,
        "url": linked.absolute(reverse("library:practice", args=[slug])),
    }
    return render(request, "library/card.html", context)


def cited(source: Source, form: str) -> HttpResponse:
    """
    Return a citation as a file.

    :raises Http404: if there is no such form.
    """
    if form not in FORMS:
        raise Http404
    write, content_type = FORMS[form]
    response = HttpResponse(write(source), content_type=content_type)
    disposition = "inline" if form == "txt" else "attachment"
    response["Content-Disposition"] = f'{disposition}; filename="{source.key}.{form}"'
    return response


def as_linked(said: SafeString) -> HttpResponse:
    """Return what machines read, as a file of its own."""
    return HttpResponse(said, content_type=linked.CONTENT_TYPE)


class PracticeFeed(Feed[PracticeVersion, None]):
    """The practices published last."""

    feed_type = Atom1Feed

    def title(self, obj: None) -> str:
        """Return what a reader of feeds lists."""
        return _("Good practices of cities · Mosty")

    def link(self, obj: None) -> str:
        """Return the page of which it is the feed."""
        return reverse("library:practices")

    def items(self, obj: None) -> list[PracticeVersion]:
        """Return the newest; one query."""
        return queries.newest(FEED_SIZE)

    def item_title(self, item: PracticeVersion) -> str:
        """Return the title as typed; the feed escapes it."""
        return item.title

    def item_description(self, item: PracticeVersion) -> str:
        """Return the summary as typed; the feed escapes it."""
        return item.summary

    def item_link(self, item: PracticeVersion) -> str:
        """Return the address of this very version."""
        return reverse(
            "library:practice_version", args=[item.practice.slug, item.number]
        )

    def item_author_name(self, item: PracticeVersion) -> str:
        """Return the city."""
        return str(item.practice.city)

    def item_pubdate(self, item: PracticeVersion) -> object:
        """Return when it was published."""
        return item.decided_at

    def item_updateddate(self, item: PracticeVersion) -> object:
        """Return the same: what is published never changes."""
        return item.decided_at

    def item_categories(self, item: PracticeVersion) -> list[str]:
        """Return its policy areas as codes, which are the same in every language."""
        return list(item.areas)


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Hand out the practices published last, as Atom."""
    return PracticeFeed()(request)

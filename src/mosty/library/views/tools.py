"""Tools for anybody: list, page, editions, files, citation, data, card, feed."""

import logging

from django.contrib.syndication.views import Feed
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mosty.library.common import linked
from mosty.library.forms.tools import ToolFilter
from mosty.library.models import EditionVersion
from mosty.library.queries import tools as queries
from mosty.library.views.doors import open_tool
from mosty.library.views.embedding import embeddable
from mosty.library.views.practices import FEED_SIZE, as_linked, cited
from mosty.training import serving

logger = logging.getLogger(__name__)


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """List what is published, by the filters of the address."""
    form = ToolFilter(request.GET)
    context = {"form": form, "tools": queries.tools(request.GET, form)}
    return render(request, "library/tools.html", context)


@require_safe
def tool(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a tool with its editions."""
    context = {"page": queries.page(open_tool(slug), request.user)}
    return render(request, "library/tool.html", context)


@require_safe
def edition(request: HttpRequest, slug: str, language: str) -> HttpResponse:
    """Show the newest published version in one language."""
    found = open_tool(slug)
    version = queries.published_versions(found, language).first()
    if version is None:
        raise Http404
    context = {"page": queries.edition_page(found, version)}
    return render(request, "library/edition.html", context)


@require_safe
def edition_version(
    request: HttpRequest, slug: str, language: str, number: int
) -> HttpResponse:
    """Show one published version, which is never another."""
    version = _version(slug, language, number)
    context = {"page": queries.edition_page(version.edition.tool, version)}
    return render(request, "library/edition.html", context)


@require_safe
def edition_file(
    request: HttpRequest, slug: str, language: str, number: int
) -> HttpResponseBase:
    """Hand out the file of a published version."""
    return file_of(_version(slug, language, number))


def file_of(version: EditionVersion) -> HttpResponseBase:
    """
    Return the file of a version, to be saved and never shown in a page of ours.

    :raises Http404: if there is none, or it is not on the disk any more.
    """
    if not version.file:
        raise Http404
    try:
        return serving.stored(version.file, version.name, version.content_type)
    except FileNotFoundError:
        logger.error("The file of version %s of an edition is missing.", version.pk)  # noqa: TRY400 - where it was looked for, is no news
        raise Http404 from None


@require_safe
def cite(
    request: HttpRequest, slug: str, language: str, number: int, form: str
) -> HttpResponse:
    """Hand out how a version is cited, as a file."""
    return cited(queries.citation(_version(slug, language, number)), form)


@require_safe
def data(request: HttpRequest, slug: str) -> HttpResponse:
    """Hand out what machines read of a tool."""
    found = open_tool(slug)
    return as_linked(queries.data(found, queries.editions_of([found])[found.pk]))


@require_safe
@embeddable
def card(request: HttpRequest, slug: str) -> HttpResponse:
    """Show a small card for pages of others, who may frame it."""
    found = open_tool(slug)
    context = {
        "title": queries.name_of(found),
        "what": found.get_kind_display(),
        "by": found.issuer,
        "summary": str(found.summary),
        "is_retired": found.retired_at is not None,
        "url": linked.absolute(reverse("library:tool", args=[slug])),
    }
    return render(request, "library/card.html", context)


def _version(slug: str, language: str, number: int) -> EditionVersion:
    rows = queries.published_versions(open_tool(slug), language)
    return get_object_or_404(rows, number=number)


class ToolFeed(Feed[EditionVersion, None]):
    """The editions published last."""

    feed_type = Atom1Feed

    def title(self, obj: None) -> str:
        """Return what a reader of feeds lists."""
        return _("Tools for integration · Mosty")

    def link(self, obj: None) -> str:
        """Return the page of which it is the feed."""
        return reverse("library:tools")

    def items(self, obj: None) -> list[EditionVersion]:
        """Return the newest; one query."""
        return queries.newest(FEED_SIZE)

    def item_title(self, item: EditionVersion) -> str:
        """Return the title as typed; the feed escapes it."""
        return f"{item.title} ({item.edition.language})"

    def item_description(self, item: EditionVersion) -> str:
        """Return what is new."""
        return item.note

    def item_link(self, item: EditionVersion) -> str:
        """Return the address of this very version."""
        edition = item.edition
        return reverse(
            "library:edition_version",
            args=[edition.tool.slug, edition.language, item.number],
        )

    def item_author_name(self, item: EditionVersion) -> str:
        """Return who publishes it."""
        return item.edition.tool.issuer

    def item_pubdate(self, item: EditionVersion) -> object:
        """Return when it was published here."""
        return item.published_at

    def item_updateddate(self, item: EditionVersion) -> object:
        """Return the same: what is published never changes."""
        return item.published_at


@require_safe
def feed(request: HttpRequest) -> HttpResponse:
    """Hand out the editions published last, as Atom."""
    return ToolFeed()(request)

"""
The question sheet behind a poster's code, in five languages, for anybody by no name.

GET shows, POST counts. No cookie is set, no session begun, nothing logged.
"""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from mosty.infopoint import everyone, policies
from mosty.infopoint.actions import opinions
from mosty.infopoint.forms.opinions import read
from mosty.infopoint.models import Poster
from mosty.infopoint.queries.opinions import posters
from mosty.kernel.refusal import Refusal
from mosty.kernel.throttle import may_go_on
from mosty.ui.everyone import best_for, for_everyone

# A queue of people with phones stays far below it.
MOST_A_MINUTE = 30


def _poster(slug: str, code: str) -> Poster:
    return get_object_or_404(posters(), point__slug=slug, code=code)


@require_safe
def scanned(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Lead to the sheet in the language of the visitor's phone."""
    poster = _poster(slug, code)
    answer = redirect("opinion", best_for(request), poster.point.slug, poster.code)
    answer["Vary"] = "Accept-Language"
    return _quiet(answer)


# Without a session nobody has rights that another site could abuse, and a token would
# need a cookie.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@for_everyone
def opinion(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Show the sheet, and count what is chosen."""
    now = timezone.now()
    poster = _poster(slug, code)
    sheet = read(request.POST)
    said = [(name, getattr(poster, f"asks_{name}")) for name in everyone.QUESTIONS]
    context = {
        "point": poster.point,
        "is_open": policies.takes_opinions(poster, now),
        "words": everyone,
        "chosen": sheet.score,
        "questions": [
            (name, everyone.QUESTIONS[name], getattr(sheet, name))
            for name, is_asked in said
            if is_asked
        ],
    }
    status = 200
    if request.method == "POST" and context["is_open"]:
        if not may_go_on(f"opinion:{poster.code}", most=MOST_A_MINUTE):
            context["wrong"] = _("Too many answers at this moment. Try in a minute.")
            status = 429
        elif not sheet.score:
            context["wrong"] = _("Choose one of the five.")
        else:
            try:
                opinions.give(poster=poster, opinion=sheet.opinion(), now=now)
            except Refusal as refusal:
                context["wrong"] = str(refusal)
            else:
                return _quiet(redirect("opinion_thanks", get_language(), slug, code))
    return _quiet(
        render(request, "infopoint/everyone/opinion.html", context, status=status)
    )


@require_safe
@for_everyone
def thanks(request: HttpRequest, slug: str, code: str) -> HttpResponse:
    """Say thanks; nothing here knows whether anybody answered."""
    context = {"point": _poster(slug, code).point}
    return _quiet(render(request, "infopoint/everyone/thanks.html", context))


def _quiet(response: HttpResponse) -> HttpResponse:
    """Keep the page out of caches and indexes, and its address out of other sites."""
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "no-store"
    response["X-Robots-Tag"] = "noindex, nofollow"
    return response

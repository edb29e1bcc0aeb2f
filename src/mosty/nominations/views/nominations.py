"""The list of a call's nominations: filtered, exported, and acted on in bulk."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from mosty.accounts.http import MemberRequest
from mosty.accounts.models import User
from mosty.audit.downloads import as_file, asked_for
from mosty.nominations import policies
from mosty.nominations.actions import checks
from mosty.nominations.forms.nominations_list import NominationFilters
from mosty.nominations.models import Call, Nomination
from mosty.nominations.queries import nominations_list as queries
from mosty.nominations.rules import Rules
from mosty.nominations.views.nominations_doors import call_for

ACTS = ("check", "remind")
# So many at once: each is an entry in the ledger, and somebody has read the preview.
MOST_AT_ONCE = 1000


@dataclass(frozen=True, slots=True)
class Desk:
    """A call's nominations as ``user`` knows them, narrowed to what she asked for."""

    call: Call
    known: policies.Reach
    rules: Rules
    places: Mapping[int, queries.City]
    form: NominationFilters
    filters: queries.Filters
    rows: QuerySet[Nomination]


def _desk(user: User, slug: str, params: QueryDict) -> Desk:
    """Return the desk for ``params``; a 404 for whom there is no list."""
    call = call_for(user, slug)
    known = policies.reach(user, call)
    if not known.anything:
        raise Http404
    rules = call.rules
    places = queries.cities(call, known)
    form = NominationFilters(
        params,
        cities=[(city.slug, city.name) for city in places.values()],
        gathers=known.gathers,
    )
    filters = form.filters()
    rows = queries.narrowed(
        policies.visible_in(call, known), filters, rules=rules, places=places
    )
    return Desk(call, known, rules, places, form, filters, rows)


@require_safe
@login_required
def nominations(request: MemberRequest, slug: str) -> HttpResponse:
    """Show the nominations of a call, filtered and in order."""
    if form := asked_for(request):
        address = reverse(f"nominations:nominations_{form}", args=[slug])
        params = request.GET.copy()
        del params["export"]
        return redirect(f"{address}?{params.urlencode()}")
    desk = _desk(request.user, slug, request.GET)
    context = {
        "call": desk.call,
        "known": desk.known,
        "filters": desk.form,
        "listing": queries.page(
            request.GET,
            desk.rows,
            rules=desk.rules,
            places=desk.places,
            form=desk.form,
            gathers=desk.known.gathers,
        ),
        "query": request.GET.urlencode(),
        # Asked for once: a row adds its code.
        "prefix": reverse("nominations:nomination", args=["-"]).removesuffix("-/"),
    }
    return render(request, "nominations/nominations/list.html", context)


@require_safe
@login_required
def export(request: MemberRequest, slug: str, form: str) -> HttpResponse:
    """Answer exactly what is filtered as a file, and note it in the ledger."""
    desk = _desk(request.user, slug, request.GET)
    filters = {name: value for name, value in asdict(desk.filters).items() if value}
    return as_file(
        request,
        _("Nominations"),
        queries.HEADER,
        queries.sheet(request.GET, desk.rows, rules=desk.rules, places=desk.places),
        form=form,
        name=f"{desk.call.slug}-{timezone.localdate().isoformat()}",
        what="nominations",
        of=desk.call,
        scope=desk.call.slug,
        # What was searched for may be somebody's name.
        filters={**filters, "q": "…"} if "q" in filters else filters,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bulk(request: MemberRequest, slug: str) -> HttpResponse:
    """
    Show what a bulk act would do, and do it once that has been confirmed.

    Ticked rows are meant, or everything that is filtered; the preview sends on the
    codes it showed, so that nothing joins between reading and confirming. Who comes by
    the address alone (she loads the preview anew, or in the other language) goes back
    to the list, where rows are ticked.
    """
    desk = _desk(request.user, slug, QueryDict(request.POST.get("query", "")))
    if not desk.known.gathers:
        raise PermissionDenied
    if request.method != "POST":
        return redirect("nominations:nominations", slug)
    act = request.POST.get("act", "")
    back = f"{reverse('nominations:nominations', args=[slug])}?{request.POST.get('query', '')}"
    if act not in ACTS:
        return redirect(back)
    codes = request.POST.getlist("code")
    if request.POST.get("confirm"):
        return _act(request, desk.call, act, codes, back)
    rows = desk.rows
    if not request.POST.get("all"):
        rows = policies.visible_in(desk.call, desk.known).filter(code__in=codes)
    if rows[: MOST_AT_ONCE + 1].count() > MOST_AT_ONCE:
        messages.error(
            request,
            _("At most %(most)s at once. Filter the list first.")
            % {"most": MOST_AT_ONCE},
        )
        return redirect(back)
    found = queries.bulk(rows, act, rules=desk.rules, places=desk.places)
    context = {
        "call": desk.call,
        "act": act,
        "bulk": found,
        "query": request.POST.get("query", ""),
        "back_url": back,
    }
    return render(request, "nominations/nominations/bulk.html", context)


def _act(
    request: MemberRequest, call: Call, act: str, codes: list[str], back: str
) -> HttpResponse:
    now = timezone.now()
    try:
        if act == "check":
            done = checks.check_many(
                call=call, codes=codes, actor=request.user, now=now
            )
            said = ngettext(
                "%(count)s nomination is marked as checked.",
                "%(count)s nominations are marked as checked.",
                done,
            )
        else:
            done = checks.remind(call=call, codes=codes, actor=request.user, now=now)
            said = ngettext(
                "%(count)s message waits in the outbox until it is read and sent.",
                "%(count)s messages wait in the outbox until they are read and sent.",
                done,
            )
    except checks.CannotRemind as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said % {"count": done})
    return redirect(back)

"""The ledger, for reading only."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from mosty.accounts.http import MemberRequest
from mosty.audit.downloads import as_file, asked_for
from mosty.audit.models import Entry
from mosty.office import policies
from mosty.office.forms import LedgerFilter
from mosty.office.queries import ledger as queries
from mosty.ui.dates import zone_name


@require_safe
@login_required
def ledger(request: MemberRequest) -> HttpResponse:
    if not policies.can_open_ledger(request.user):
        raise Http404
    form = LedgerFilter(request.GET)
    if asked_for(request):
        header = (
            pgettext("ledger", "When"),
            _("Who"),
            _("What"),
            _("On what"),
            _("Code or key"),
            _("Belongs to"),
            _("Why"),
            _("What changed"),
        )
        rows = (
            (
                r.at,
                r.who,
                r.what,
                r.target,
                r.target_key,
                r.scope_name,
                r.reason,
                as_line(r),
            )
            for r in queries.export(request.user, form)
        )
        return as_file(request, _("Ledger"), header, rows, what="ledger", of=Entry)
    context = {
        "form": form,
        "ledger": queries.entries(request.user, request.GET, form),
        "zone": zone_name(timezone.localtime()),
    }
    return render(request, "office/ledger.html", context)


def as_line(row: queries.EntryRow) -> str:
    return "; ".join(f"{c.field}: {c.before} → {c.after}" for c in row.changes)

"""What a survey came to: as a page, a picture, a file; and side by side over courses."""

import uuid

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from mosty.accounts.http import MemberRequest
from mosty.accounts.models import User
from mosty.audit import downloads
from mosty.evaluation import policies
from mosty.evaluation.actions import quotes as quoting
from mosty.evaluation.forms import QuoteForm
from mosty.evaluation.models import Survey
from mosty.evaluation.queries import comparing, questionnaires
from mosty.evaluation.queries import results as queries
from mosty.evaluation.queries.surveys import surveys_for
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.ui import charts


def _closed(user: User, code: str) -> Survey:
    """Return a closed survey; one that is open has no results for anybody."""
    return get_object_or_404(
        surveys_for(user).select_related("result"),
        code=code.upper(),
        closed_at__isnull=False,
    )


def _language() -> str:
    return get_language() or "en"


@require_safe
@login_required
def page(request: MemberRequest, code: str) -> HttpResponse:
    """Show what the survey came to."""
    found = queries.result_page(_closed(request.user, code), request.user, _language())
    rows = [
        (quote, QuoteForm(prefix=str(quote.pk), initial={"state": quote.state}))
        for quote in found.quotes
    ]
    context = {"page": found, "survey": found.survey, "quotes": rows}
    return render(request, "evaluation/results.html", context)


@require_safe
@login_required
def picture(request: MemberRequest, code: str, key: str) -> HttpResponse:
    """Draw how often each answer to one question was given."""
    figure = queries.figure_of(_closed(request.user, code), key, _language())
    if figure is None:
        raise Http404
    return charts.image_response(
        request, charts.svg(figure, charts.theme_asked(request))
    )


@require_safe
@login_required
def export(request: MemberRequest, code: str, kind: str) -> HttpResponse:
    """Hand out exactly what the page shows; the ledger says so."""
    survey = _closed(request.user, code)
    found = queries.result_page(survey, request.user, _language())
    return downloads.as_file(
        request,
        _("Results"),
        queries.HEADER,
        queries.sheet(found),
        form=kind,
        name=f"{survey.course.slug}-{_('feedback')}-{survey.code.lower()}",
        what="survey",
        of=survey,
        scope=survey.course.programme.slug,
    )


@require_POST
@login_required
def quotes(request: MemberRequest, code: str) -> HttpResponse:
    """Note which quotes may be published."""
    survey = _closed(request.user, code)
    require(policies.can_ask(request.user, survey.course))
    found = queries.result_page(survey, request.user, _language())
    forms = [(one, QuoteForm(request.POST, prefix=str(one.pk))) for one in found.quotes]
    states: dict[uuid.UUID, str] = {
        one.pk: form.cleaned_data["state"] for one, form in forms if form.is_valid()
    }
    try:
        quoting.decide(
            survey=survey, states=states, actor=request.user, now=timezone.now()
        )
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Saved."))
    return redirect("evaluation:results", survey.code)


@require_safe
@login_required
def compare(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the closed surveys of a questionnaire side by side."""
    found = get_object_or_404(questionnaires.questionnaires_for(request.user), pk=pk)
    context = {"page": comparing.compare(found, request.user, _language())}
    return render(request, "evaluation/compare.html", context)

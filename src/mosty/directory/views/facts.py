"""Pages about dated facts and the corrections that cities propose."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mosty.directory import actions, policies
from mosty.directory.forms import DecisionForm, FactForm, ProposalForm
from mosty.directory.members import DirectoryRequest
from mosty.directory.models import DatedFact
from mosty.directory.queries import proposals as queries
from mosty.directory.queries.territories import value_in_words
from mosty.directory.views.doors import form_page, members_only
from mosty.kernel.access import require
from mosty.ui.pages import done, sent


@form_page
@members_only
def add_fact(request: DirectoryRequest, slug: str, topic: str) -> HttpResponse:
    shown = get_object_or_404(policies.territories_visible_to(request.user), slug=slug)
    require(policies.can_edit(request.user))
    topics = dict(DatedFact.Topic.choices)
    if topic not in topics:
        raise Http404
    form = FactForm(sent(request), topic=topic)
    if done(
        form,
        lambda: actions.add_fact(
            territory=shown, **form.asked(), actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(
            request, _("The value was saved. Older ones stay in the history.")
        )
        return redirect("directory:territory", slug=slug)
    context = {"form": form, "territory": shown, "topic": topics[topic]}
    return render(request, "directory/fact_form.html", context)


@form_page
@members_only
def propose(request: DirectoryRequest, pk: int) -> HttpResponse:
    fact = get_object_or_404(
        policies.facts_visible_to(request.user).select_related("territory"), pk=pk
    )
    require(policies.can_propose(request.user, fact))
    form = ProposalForm(
        sent(request),
        topic=fact.topic,
        initial={"value": fact.value, "as_of": fact.as_of},
    )
    if done(
        form,
        lambda: actions.propose_correction(
            fact=fact, **form.cleaned_data, actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(
            request, _("Your correction was sent. You will see the answer here.")
        )
        return redirect("directory:corrections")
    context = {
        "form": form,
        "fact": fact,
        "value": value_in_words(fact.topic, fact.value),
    }
    return render(request, "directory/propose.html", context)


@require_safe
@members_only
def corrections(request: DirectoryRequest) -> HttpResponse:
    context = {
        "corrections": queries.proposals(request.user, request.GET),
        "can_decide": policies.can_decide(request.user),
    }
    return render(request, "directory/corrections.html", context)


@form_page
@members_only
def correction(request: DirectoryRequest, pk: int) -> HttpResponse:
    proposal = get_object_or_404(
        policies.proposals_visible_to(request.user).select_related("fact__territory"),
        pk=pk,
    )
    require(policies.can_decide(request.user))
    form = DecisionForm(sent(request))
    if done(
        form,
        lambda: actions.decide_proposal(
            proposal=proposal,
            accept=form.cleaned_data["decision"] == "accept",
            answer=form.cleaned_data["answer"],
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("The decision was saved."))
        return redirect("directory:corrections")
    context = {"form": form, "correction": queries.row(proposal)}
    return render(request, "directory/correction.html", context)

"""Thesaurus and synonyms, kept by their editors. What they change holds at once."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.kernel.access import require
from mosty.library import policies
from mosty.library.actions import synonyms as synonym_actions
from mosty.library.actions import thesaurus as actions
from mosty.library.forms.thesaurus import (
    ConceptForm,
    NewConceptForm,
    NewSynonymsForm,
    SynonymsForm,
)
from mosty.library.queries import thesaurus as queries
from mosty.ui.meanwhile import one_at_a_time
from mosty.ui.pages import done, sent

FORM = ("GET", "HEAD", "POST")


@require_safe
@login_required
def concepts(request: MemberRequest) -> HttpResponse:
    """List the concepts."""
    require(policies.can_edit_words(request.user))
    context = {"rows": queries.concepts(request.GET), "q": request.GET.get("q", "")}
    return render(request, "library/thesaurus/concepts.html", context)


@require_http_methods(FORM)
@login_required
def add_concept(request: MemberRequest) -> HttpResponse:
    """Add a concept with its labels."""
    require(policies.can_edit_words(request.user))
    form = NewConceptForm(sent(request), others=queries.others())
    if done(
        form,
        lambda: actions.add(
            code=form.cleaned_data["code"],
            said=form.said(),
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Saved. Searches use it from now on."))
        return redirect("library:thesaurus")
    return _form(request, form, _("Add a concept"), "library:thesaurus")


@require_http_methods(FORM)
@login_required
@one_at_a_time
def concept(request: MemberRequest, code: str) -> HttpResponse:
    """Change what a concept is called, and where it belongs."""
    require(policies.can_edit_words(request.user))
    row = get_object_or_404(policies.concepts_kept_by(request.user), code=code)
    form = ConceptForm(
        sent(request), others=queries.others(code), initial=queries.said_of(row)
    )
    if done(
        form,
        lambda: actions.change(
            concept=row, said=form.said(), actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(request, _("Saved. Searches use it from now on."))
        return redirect("library:thesaurus")
    return _form(
        request, form, _("Concept: {code}").format(code=code), "library:thesaurus"
    )


@require_safe
@login_required
def synonyms(request: MemberRequest) -> HttpResponse:
    """List the sets of synonyms."""
    require(policies.can_edit_words(request.user))
    context = {"rows": queries.synonym_sets()}
    return render(request, "library/thesaurus/synonyms.html", context)


@require_http_methods(FORM)
@login_required
def add_synonyms(request: MemberRequest) -> HttpResponse:
    """Add a set."""
    require(policies.can_edit_words(request.user))
    form = NewSynonymsForm(sent(request), initial={"language": request.LANGUAGE_CODE})
    if done(
        form,
        lambda: synonym_actions.add(
            language=form.cleaned_data["language"],
            said=form.said(),
            actor=request.user,
            now=timezone.now(),
        ),
    ):
        messages.success(request, _("Saved. Searches use it from now on."))
        return redirect("library:synonyms")
    return _form(request, form, _("Add synonyms"), "library:synonyms")


@require_http_methods(FORM)
@login_required
@one_at_a_time
def synonym_set(request: MemberRequest, pk: int) -> HttpResponse:
    """Change the words of a set."""
    require(policies.can_edit_words(request.user))
    row = get_object_or_404(policies.synonyms_kept_by(request.user), pk=pk)
    form = SynonymsForm(sent(request), initial={"words": queries.words_of(row)})
    if done(
        form,
        lambda: synonym_actions.change(
            synonyms=row, said=form.said(), actor=request.user, now=timezone.now()
        ),
    ):
        messages.success(request, _("Saved. Searches use it from now on."))
        return redirect("library:synonyms")
    return _form(
        request,
        form,
        _("Change synonyms"),
        "library:synonyms",
        remove_url=reverse("library:synonyms_remove", args=[pk]),
    )


@require_POST
@login_required
def remove_synonyms(request: MemberRequest, pk: int) -> HttpResponse:
    """Remove a set; the ledger keeps what it said."""
    require(policies.can_edit_words(request.user))
    row = get_object_or_404(policies.synonyms_kept_by(request.user), pk=pk)
    synonym_actions.remove(synonyms=row, actor=request.user, now=timezone.now())
    messages.success(request, _("Removed."))
    return redirect("library:synonyms")


def _form(
    request: MemberRequest,
    form: ConceptForm | SynonymsForm,
    heading: str,
    back: str,
    remove_url: str = "",
) -> HttpResponse:
    context = {
        "form": form,
        "heading": heading,
        "back_url": reverse(back),
        "back_label": (
            _("Thesaurus") if back == "library:thesaurus" else _("Synonyms")
        ),
        "is_concept": isinstance(form, ConceptForm),
        "remove_url": remove_url,
    }
    return render(request, "library/thesaurus/form.html", context)

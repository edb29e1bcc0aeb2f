"""Questionnaires: listed, written on screen, brought as an XLSForm, taken away as one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe
from i18nfield.strings import LazyI18nString

from mosty.accounts.http import MemberRequest
from mosty.audit import downloads
from mosty.evaluation import policies
from mosty.evaluation.actions import questionnaires as actions
from mosty.evaluation.forms import Head, ImportForm, QuestionRows, blame
from mosty.evaluation.forms.questions import ADD, as_text
from mosty.evaluation.queries import questionnaires as queries
from mosty.evaluation.questions import Content
from mosty.evaluation.questions.xlsform import read
from mosty.evaluation.questions.xlsform_write import write
from mosty.kernel.access import require
from mosty.kernel.names import fold
from mosty.kernel.refusal import Refusal
from mosty.programmes.models import Programme


@require_safe
@login_required
def index(request: MemberRequest) -> HttpResponse:
    """List the questionnaires of the reader's programmes."""
    context = {
        "rows": queries.listed(request.user, request.GET),
        "programmes": queries.programmes_for(request.user),
    }
    return render(request, "evaluation/questionnaires.html", context)


@require_safe
@login_required
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the questions, and how often they were asked."""
    found = get_object_or_404(queries.questionnaires_for(request.user), pk=pk)
    page = queries.questionnaire_page(found, request.user)
    content = page.last.content
    context = {"page": page, "content": content, "asked_in": _shown_in(content)}
    return render(request, "evaluation/questionnaire.html", context)


def _shown_in(content: Content) -> str:
    here = get_language() or ""
    return here if here in content.languages else content.languages[0]


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: MemberRequest, programme: str) -> HttpResponse:
    """Write a questionnaire on screen."""
    found = get_object_or_404(queries.programmes_for(request.user), slug=programme)
    head, rows = _forms(request, found, None)
    if _is_sent(request, head, rows):
        try:
            made = actions.create(
                programme=found,
                name=head.cleaned_data["name"],
                content=_content(head, rows),
                actor=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            blame(head, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("evaluation:questionnaire", made.pk)
    context = {"head": head, "rows": rows, "programme": found}
    return render(request, "evaluation/questionnaire_form.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change the questions: as they stand, or in a new version if they were asked."""
    found = get_object_or_404(queries.questionnaires_for(request.user), pk=pk)
    require(policies.can_write(request.user, found.programme))
    head, rows = _forms(request, found.programme, queries.last_version(found).content)
    if _is_sent(request, head, rows):
        try:
            actions.save(
                questionnaire=found,
                content=_content(head, rows),
                actor=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            blame(head, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("evaluation:questionnaire", found.pk)
    context = {"head": head, "rows": rows, "questionnaire": found}
    return render(request, "evaluation/questionnaire_form.html", context)


def _forms(
    request: MemberRequest, programme: Programme, content: Content | None
) -> tuple[Head, QuestionRows]:
    codes = queries.codes_of(programme)
    sent = request.POST if request.method == "POST" else None
    initial = {"title": LazyI18nString(dict(content.title))} if content else {}
    head = Head(sent, codes=codes, named=content is not None, initial=initial)
    return head, QuestionRows(sent, codes=codes, content=content)


def _is_sent(request: MemberRequest, head: Head, rows: QuestionRows) -> bool:
    """Test if the questions are to be kept now, and are well formed."""
    if request.method != "POST" or ADD in request.POST:
        return False
    # Both are asked, so that all faults are shown at once.
    return all([head.is_valid(), rows.is_valid()])


def _content(head: Head, rows: QuestionRows) -> Content:
    title = as_text(head.cleaned_data["title"])
    return Content(title, tuple(title), rows.questions())


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bring(request: MemberRequest, programme: str) -> HttpResponse:
    """Make a questionnaire of an XLSForm."""
    found = get_object_or_404(queries.programmes_for(request.user), slug=programme)
    form = ImportForm(
        *((request.POST, request.FILES) if request.method == "POST" else ())
    )
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.create(
                programme=found,
                name=form.cleaned_data["name"],
                content=read(form.cleaned_data["file"].read(), found.languages[0]),
                actor=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            blame(form, refusal)
        else:
            messages.success(request, _("The form was taken over. Look it through."))
            return redirect("evaluation:questionnaire", made.pk)
    context = {"form": form, "programme": found}
    return render(request, "evaluation/bring.html", context)


@require_safe
@login_required
def form(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand the questions out as an XLSForm."""
    found = get_object_or_404(queries.questionnaires_for(request.user), pk=pk)
    content = queries.last_version(found).content
    return downloads.handed_out(
        request,
        write(content),
        f"{slugify(fold(found.name)) or 'questionnaire'}.xlsx",
        form="xlsform",
        what="questionnaire",
        of=found,
        rows=len(content.questions),
        scope=found.programme.slug,
    )

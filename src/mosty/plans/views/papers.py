"""A plan on paper, as a document, as a table that goes out and comes back."""

import base64
import binascii

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import (
    require_GET,
    require_http_methods,
    require_safe,
)

from mosty.accounts.http import MemberRequest
from mosty.accounts.limits import within
from mosty.audit import downloads
from mosty.kernel.access import require
from mosty.kernel.refusal import Refusal
from mosty.kernel.sheets.write import csv_bytes, xlsx_bytes
from mosty.plans import policies, printing, tables
from mosty.plans.actions import importing
from mosty.plans.actions.drafting import scope_of
from mosty.plans.content import Content
from mosty.plans.forms.importing import ApplyForm, FileForm
from mosty.plans.models import Plan
from mosty.plans.queries import course as courses
from mosty.plans.queries import links
from mosty.plans.queries import plans as queries
from mosty.plans.queries.page import PlanPage, plan_page, version_content
from mosty.plans.views.doors import Door, by_course_link, own_plan, seen_plan
from mosty.ui.pages import sent, too_often

# How many papers of public plans one address may have made in a minute unsigned.
PAPERS_A_MINUTE = 60


def _is_too_often(request: HttpRequest) -> bool:
    return not request.user.is_authenticated and not within(
        request, "plan_paper", most=PAPERS_A_MINUTE, seconds=60
    )


@require_GET
def pdf(request: HttpRequest, code: str) -> HttpResponse:
    """Give the plan, as the reader sees it, to print and sign."""
    if _is_too_often(request):
        return too_often(request)
    plan = seen_plan(request.user, code)
    page = plan_page(plan, request.user, timezone.now())
    number, content = _asked(request, page)
    found = next((one for one in page.versions if one.number == number), None)
    version = (
        {"number": number, "signed_at": found.signed_at, "sha256": found.sha256}
        if found
        else None
    )
    with translation.override(_language(content)):
        made = printing.plan(plan, content, version)
    return downloads.to_its_reader(made, f"plan-{plan.code}.pdf")


@require_GET
def docx(request: HttpRequest, code: str) -> HttpResponse:
    """Give the plan, as the reader sees it, as a document to write on in."""
    # It brings 18 MB of XML with it, which only who asks for a document should cost.
    from mosty.plans import documents

    if _is_too_often(request):
        return too_often(request)
    plan = seen_plan(request.user, code)
    page = plan_page(plan, request.user, timezone.now())
    number, content = _asked(request, page)
    with translation.override(_language(content)):
        state = (
            _("Version %(number)s") % {"number": number}
            if number
            else _("Draft, not signed off")
        )
        made = documents.docx(plan, content, state)
    return downloads.to_its_reader(made, f"plan-{plan.code}.docx")


def _asked(request: HttpRequest, page: PlanPage) -> tuple[int, Content]:
    """Return the version that is asked for: an older one for the city and coordinator."""
    asked = request.GET.get("version", "")
    if not asked:
        return page.version, page.content
    if not page.sight.everything or not asked.isdecimal() or len(asked) > 5:
        raise Http404
    content = version_content(page.plan, int(asked), request.user)
    if content is None:
        raise Http404
    return int(asked), content


def _language(content: Content) -> str:
    """Return the language of the plan, where the site speaks it."""
    return content.language if content.language in tables.LANGUAGES else "en"


@require_GET
@login_required
def sheet(request: MemberRequest, code: str) -> HttpResponse:
    """Give the city its group sheet."""
    plan = own_plan(request.user, code)
    return _sheet(
        request,
        str(plan.course.title) if plan.course else plan.title,
        [str(plan.owner)],
    )


@require_GET
@by_course_link
def link_sheet(request: HttpRequest, door: Door) -> HttpResponse:
    """Give a participant the sheet of her city's group."""
    offer = door.offer
    assert offer is not None  # noqa: S101 - behind a link
    course = offer.seat.call.course
    return _sheet(request, str(course.title), [str(offer.nomination.organisation)])


@require_GET
@login_required
def course_sheets(request: MemberRequest, pk: int) -> HttpResponse:
    """Give a sheet for each city of a course, to lay on the tables."""
    course = get_object_or_404(courses.courses(request.user), pk=pk)
    cities = [row.city for row in courses.cities(course, request.user)]
    return _sheet(request, str(course.title), cities or [""])


def _sheet(request: HttpRequest, course: str, cities: list[str]) -> HttpResponse:
    paper = request.GET.get("paper", "a4")
    made = printing.sheet(course, cities, paper)
    return downloads.to_its_reader(made, f"group-sheet-{paper[:2]}.pdf")


@require_safe
@login_required
def table(request: MemberRequest, code: str) -> HttpResponse:
    """Give the plan as a table that can come back."""
    plan = seen_plan(request.user, code)
    require(policies.sight(request.user, plan).everything)
    form = downloads.asked_for(request) or "xlsx"
    actions = queries.actions_in_order(plan)
    rows = list(
        tables.lines(
            actions, links.cells(plan, actions, request.user, timezone.localdate())
        )
    )
    content = (
        xlsx_bytes(tables.header(), rows, title=plan.title, choices=tables.choices())
        if form == "xlsx"
        else csv_bytes(tables.header(), rows)
    )
    return downloads.handed_out(
        request,
        content,
        f"plan-{plan.code}.{form}",
        what="plan",
        of=plan,
        rows=len(rows),
        scope=scope_of(plan),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def bring(request: MemberRequest, code: str) -> HttpResponse:
    """Look through a table that comes back, then take it over."""
    plan = own_plan(request.user, code)
    context: dict[str, object] = {"plan": plan}
    if request.method == "POST" and "seen" in request.POST:
        return _apply(request, plan)
    form = FileForm(sent(request), request.FILES or None)
    if form.is_valid():
        file = form.cleaned_data["file"]
        content, name = file.read(), file.name or ""
        try:
            context["preview"] = importing.look(
                plan=plan,
                content=content,
                name=name,
                actor=request.user,
                now=timezone.now(),
            )
        except Refusal as refusal:
            form.add_error("file", str(refusal))
        else:
            context["kept"] = base64.b64encode(content).decode()
            context["name"] = name
    return render(request, "plans/bring.html", {**context, "form": form})


def _apply(request: MemberRequest, plan: Plan) -> HttpResponse:
    """Take over what was looked at: the file itself, read and checked once more."""
    form = ApplyForm(request.POST)
    if not form.is_valid():
        raise Http404
    try:
        content = base64.b64decode(form.cleaned_data["content"], validate=True)
    except (binascii.Error, ValueError) as broken:
        raise Http404 from broken
    name = form.cleaned_data["name"]
    try:
        preview = importing.apply(
            plan=plan,
            content=content,
            name=name,
            seen=form.cleaned_data["seen"],
            actor=request.user,
            now=timezone.now(),
        )
    except importing.CannotImport as refusal:
        messages.error(request, str(refusal))
        preview = importing.look(
            plan=plan,
            content=content,
            name=name,
            actor=request.user,
            now=timezone.now(),
        )
        context = {
            "plan": plan,
            "form": FileForm(),
            "preview": preview,
            "kept": form.cleaned_data["content"],
            "name": name,
        }
        return render(request, "plans/bring.html", context)
    messages.success(
        request,
        _("Taken over. Lines changed: %(count)s") % {"count": len(preview.changes)},
    )
    return redirect("plans:plan", plan.code)

"""Where a call and its rules are written, with a preview that follows the typing."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django_htmx.http import trigger_client_event

from mosty.accounts.http import MemberRequest
from mosty.accounts.models import User
from mosty.kernel.access import require
from mosty.nominations.actions import calls as actions
from mosty.nominations.actions.calls import CannotEdit
from mosty.nominations.forms.calls import (
    CallEditor,
    CallForm,
    CopyForm,
    ReasonForm,
    in_language,
    texts_of,
    typed_call,
)
from mosty.nominations.forms.rules import EMPTY, RulesEditor, typed
from mosty.nominations.models import Call
from mosty.nominations.queries import calls as queries
from mosty.nominations.queries import calls_editor, participants
from mosty.nominations.queries.calls_editor import Preview
from mosty.nominations.rules import Rules
from mosty.nominations.views.calls_doors import own_call, to_desk
from mosty.programmes import policies as programmes
from mosty.programmes.models import Course


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def new(request: MemberRequest, course: int) -> HttpResponse:
    """Begin a call for a course, from nothing or from another call."""
    found = get_object_or_404(
        programmes.courses_visible_to(request.user).select_related("programme"),
        pk=course,
    )
    require(programmes.can_edit(request.user, found.programme))
    others = _copied_from(request.user)
    copy = CopyForm(request.GET, calls=others)
    copy.is_valid()
    asked = copy.cleaned_data.get("source", "") if copy.is_bound else ""
    source = next((call for call in others if call.slug == asked), None)
    context = {"course": found, "copy": copy, "source": source}
    return _edit(request, course=found, call=None, source=source, context=context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def edit(request: MemberRequest, slug: str) -> HttpResponse:
    """Change a call that is still a draft."""
    call = own_call(request.user, slug)
    if call.state != Call.State.DRAFT:
        messages.error(
            request,
            _(
                "The call is published. Change its rules with a reason, as a new version."
            ),
        )
        return to_desk(call)
    context = {"course": call.course, "call": call}
    return _edit(request, course=call.course, call=call, source=None, context=context)


def _copied_from(user: User) -> Sequence[Call]:
    """Return the calls whose texts and rules ``user`` may use again, newest first."""
    return list(queries.at_desks_of(user).order_by("-closes_at", "-id")[:50])


def _edit(
    request: MemberRequest,
    *,
    course: Course,
    call: Call | None,
    source: Call | None,
    context: Mapping[str, object],
) -> HttpResponse:
    """Answer the editor: show it, change a row, preview, or save."""
    programme = course.programme
    languages = calls_editor.languages(programme)
    channels = calls_editor.channels(programme)
    choices = calls_editor.choices()

    def form(sent: QueryDict | None = None, **initial: object) -> CallForm:
        return CallForm(
            sent,
            programme=programme,
            channels=channels,
            languages=languages,
            initial=initial,
        )

    status = 200
    preview = None
    pool = calls_editor.pool(
        queries.at_desks_of(request.user), programme, call or source
    )
    if request.method == "POST":
        editor = CallEditor(form(request.POST), RulesEditor(choices, request.POST))
        operation = request.POST.get("rows")
        if operation:
            editor = CallEditor(
                form(**typed(editor.form)), editor.rules.after(operation)
            )
        elif "preview" in request.POST:
            preview = _preview_of(editor.rules, editor.form, course, pool)
            # The rest is not judged before it is sent.
            editor = CallEditor(form(**typed(editor.form)), editor.rules)
        elif editor.is_valid():
            try:
                saved = _save(request, editor, course, call)
            except CannotEdit as refusal:
                editor.refuse(refusal)
                status = 422
            else:
                messages.success(request, _("The draft is saved."))
                return to_desk(saved)
        else:
            status = 422
    else:
        own = call or source
        typed_so_far = (
            typed_call(call, languages)
            if call
            else {
                "slug": f"{programme.slug}-{course.slug}"[:60],
                **(texts_of(source, languages) if source else {}),
            }
        )
        editor = CallEditor(
            form(**typed_so_far),
            RulesEditor.of(choices, (own.rules if own else EMPTY).as_json()),
        )
        if own:
            preview = _preview(
                own.rules,
                course,
                _today(call),
                _seed_source(own),
                pool=pool,
                casting=own.casting,
            )
    context = {
        **context,
        "editor": editor,
        "rules": editor.rules,
        "preview": preview,
        "pool": pool,
    }
    return _page(request, "edit", context, status)


def _page(
    request: MemberRequest, name: str, context: Mapping[str, object], status: int
) -> HttpResponse:
    """Show an editor; once a row has moved, the preview is asked to follow."""
    response = render(request, f"nominations/calls/{name}.html", context, status=status)
    if request.htmx and "rows" in request.POST:
        trigger_client_event(response, "rows-changed", after="settle")
    return response


def _save(
    request: MemberRequest, editor: CallEditor, course: Course, call: Call | None
) -> Call:
    text, rules = editor.form.text(), editor.rules.stored()
    now = timezone.now()
    if call is None:
        return actions.create(
            course=course, text=text, rules=rules, actor=request.user, now=now
        )
    return actions.edit(call=call, text=text, rules=rules, actor=request.user, now=now)


def _today(call: Call | None) -> date:
    """Return the day on which membership counts for the preview."""
    return participants.opening_day(call) if call else timezone.localdate()


def _seed_source(call: Call) -> dict[str, str]:
    languages = calls_editor.languages(call.course.programme)
    return {code: in_language(call.seed_source, code) for code in languages}


def _preview_of(
    rules: RulesEditor, form: CallForm, course: Course, pool: Call | None
) -> Preview | None:
    """Return the preview of what is typed, ``None`` if the rules make no sense."""
    found = rules.rules()
    if found is None:
        return None
    return _preview(
        found,
        course,
        form.opening_day or timezone.localdate(),
        {code: form.typed_seed_source(code) for code in form.languages},
        pool=pool,
        casting=str(form["casting"].value() or ""),
    )


def _preview(
    rules: Rules,
    course: Course,
    on: date,
    seed_source: dict[str, str],
    *,
    pool: Call | None,
    before: Rules | None = None,
    casting: str,
) -> Preview:
    return calls_editor.preview(
        rules=rules,
        programme=course.programme,
        on=on,
        seed_source=seed_source,
        capacity=course.capacity,
        pool=pool,
        before=before,
        casting=casting,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def rules(request: MemberRequest, slug: str) -> HttpResponse:
    """Give a published call a new version of its rules, with a reason."""
    call = own_call(request.user, slug)
    if call.state != Call.State.PUBLISHED:
        messages.error(request, _("Only a published call has versions of its rules."))
        return to_desk(call)
    choices = calls_editor.choices()
    status = 200
    preview = None
    if request.method == "POST":
        editor = RulesEditor(choices, request.POST)
        form = ReasonForm(request.POST)
        if operation := request.POST.get("rows"):
            editor = editor.after(operation)
            form = ReasonForm(initial=typed(form))
        elif "preview" in request.POST:
            preview = _change_preview(editor, call)
            form = ReasonForm(initial=typed(form))
        elif _change(request, editor, form, call, timezone.now()):
            return to_desk(call)
        else:
            status = 422
            preview = _change_preview(editor, call)
    else:
        editor = RulesEditor.of(choices, call.rules.as_json())
        form = ReasonForm()
        preview = _change_preview(editor, call)
    context = {
        "call": call,
        "course": call.course,
        "rules": editor,
        "form": form,
        "preview": preview,
        "pool": call,
        "told": calls_editor.told(call, timezone.now()),
        # On top stands why the action refused, others' change first of all.
        "seen": _seen(request, call, told=bool(form.non_field_errors())),
    }
    return _page(request, "rules", context, status)


def _change(
    request: MemberRequest,
    editor: RulesEditor,
    form: ReasonForm,
    call: Call,
    now: datetime,
) -> bool:
    """Change the rules if everything is right; say what is not."""
    sensible = editor.rules() is not None
    if not form.is_valid() or not sensible:
        return False
    try:
        version = actions.change_rules(
            call=call,
            rules=editor.stored(),
            reason=form.cleaned_data["reason"],
            actor=request.user,
            now=now,
            seen=_number(request.POST.get("seen", "")),
        )
    except CannotEdit as refusal:
        left = editor.blame(refusal.fields)
        if left or not refusal.fields:
            form.add_error(None, str(refusal))
        return False
    messages.success(
        request,
        _(
            "The rules have changed: version %(number)s. The messages wait in the outbox."
        )
        % {"number": version.number},
    )
    return True


def _seen(request: MemberRequest, call: Call, *, told: bool) -> int:
    """Return the version that the form stands on: what it said, till she is told of another."""
    sent = _number(request.POST.get("seen", ""))
    call.forget_rules()
    return call.rules_version.number if sent is None or told else sent


def _number(typed: str) -> int | None:
    return int(typed) if typed.isdecimal() and len(typed) < 9 else None


def _change_preview(editor: RulesEditor, call: Call) -> Preview | None:
    found = editor.rules() if editor.form.is_bound else call.rules
    if found is None:
        return None
    return _preview(
        found,
        call.course,
        participants.opening_day(call),
        _seed_source(call),
        pool=call,
        before=call.rules,
        casting=call.casting,
    )


@require_POST
@login_required
def preview(request: MemberRequest) -> HttpResponse:
    """Show what is typed into an editor in words, with what it would do, or what is wrong."""
    sent = request.POST
    course = get_object_or_404(
        programmes.courses_visible_to(request.user).select_related("programme"),
        pk=_key(sent.get("course")),
    )
    require(programmes.can_edit(request.user, course.programme))
    pool = (
        get_object_or_404(queries.at_desks_of(request.user), slug=sent["pool"])
        if sent.get("pool")
        else None
    )
    editor = RulesEditor(calls_editor.choices(), sent)
    if pool is not None and "reason" in sent:
        found = _change_preview(editor, pool)
    else:
        form = CallForm(
            sent,
            programme=course.programme,
            channels=(),
            languages=calls_editor.languages(course.programme),
        )
        found = _preview_of(editor, form, course, pool)
    name = "_preview" if request.htmx else "preview"
    context = {"preview": found, "rules": editor, "course": course}
    return render(request, f"nominations/calls/{name}.html", context)


def _key(text: str | None) -> int:
    return int(text) if text and text.isdecimal() and len(text) < 10 else 0

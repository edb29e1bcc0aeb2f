"""The screen on which a city's people write their plan, several at once."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from mosty.accounts.http import MemberRequest
from mosty.kernel.refusal import Refusal
from mosty.plans.actions import drafting as actions
from mosty.plans.actions.rows import Collided, Removed
from mosty.plans.forms.drafting import (
    ActionForm,
    HeadForm,
    ObjectiveForm,
    RowForm,
    initial_of,
)
from mosty.plans.models import Action, Objective, Plan
from mosty.plans.queries import plans as queries
from mosty.plans.queries.compare import sides
from mosty.plans.queries.draft import draft
from mosty.plans.queries.links import offered
from mosty.plans.queries.topics import topics
from mosty.plans.views.doors import Door, by_course_link, own_plan
from mosty.ui.pages import show

FORM = ("GET", "HEAD", "POST")
Row = Plan | Objective | Action


@require_http_methods(FORM)
@login_required
def edit(request: MemberRequest, code: str) -> HttpResponse:
    """Let the city's contact write."""
    return _screen(request, Door(request.user, own_plan(request.user, code)))


@require_http_methods(FORM)
@by_course_link
def link_draft(request: HttpRequest, door: Door) -> HttpResponse:
    """Let a participant write what her city's group plans."""
    return _screen(request, door)


def _screen(request: HttpRequest, door: Door) -> HttpResponse:
    if door.plan is None:
        return _begin(request, door)
    if door.plan.state != Plan.State.DRAFT:
        page = draft(door.plan)
        return render(request, "plans/draft.html", {"door": door, "page": page})
    if request.method == "POST":
        act = request.POST.get("act", "save")
        key = request.POST.get("row", "")
        if act == "save":
            return _save(request, door, key)
        return _change(request, door, act, key)
    key = request.GET.get("edit", "")
    form = _form(door, key, None) if key else None
    return _page(request, door, key if form is not None else "", form)


def _page(
    request: HttpRequest,
    door: Door,
    key: str,
    form: RowForm | None,
    *,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    assert door.plan is not None  # noqa: S101 - _screen has looked
    context = {
        "door": door,
        "page": draft(door.plan),
        "key": key,
        "form": form,
        "new_objective": ObjectiveForm(prefix="new"),
        **more,
    }
    return render(request, "plans/draft.html", context, status=status)


def _begin(request: HttpRequest, door: Door) -> HttpResponse:
    """Begin the group's plan: the first of them presses, the others find it begun."""
    offer = door.offer
    assert offer is not None  # noqa: S101 - an account comes with its plan
    course, city = offer.seat.call.course, offer.nomination.organisation
    if request.method == "POST" and request.POST.get("act") == "begin":
        actions.begin(
            programme=course.programme,
            owner=city,
            course=course,
            title=_("Action plan: %(city)s") % {"city": city},
            language=get_language() or "en",
            actor=door.actor,
            now=timezone.now(),
            is_fictional=offer.nomination.is_fictional,
        )
        return redirect(door.url)
    return render(
        request,
        "plans/begin_group.html",
        {"door": door, "course": course, "city": city},
    )


def _row(plan: Plan, key: str) -> Row | None:
    """Return the row that ``key`` names; None if it was taken out."""
    kind, _dash, pk = key.partition("-")
    if kind == "plan":
        return plan
    if not pk.isdecimal():
        raise Http404
    return queries.row_of(plan, kind, int(pk))


def _form(door: Door, key: str, data: QueryDict | None) -> RowForm | None:
    """Return the form of the row, or of the new one, that ``key`` names."""
    plan = door.plan
    assert plan is not None  # noqa: S101 - _screen has looked
    kind = key.partition("-")[0]
    if kind == "new":
        return _action_form(door, data, {"visibility": plan.visibility}, None)
    row = _row(plan, key)
    if row is None and data is None:
        return None
    initial = dict(initial_of(row)) if row is not None else {}
    if kind == "plan":
        return HeadForm(data, initial=initial)
    if kind == "objective":
        return ObjectiveForm(data, initial=initial)
    return _action_form(door, data, initial, row)


def _action_form(
    door: Door, data: QueryDict | None, initial: dict[str, Any], row: Row | None
) -> RowForm:
    plan = door.plan
    assert plan is not None  # noqa: S101 - _screen has looked
    return ActionForm(
        data,
        plan=plan,
        topics=topics(plan.programme),
        offered=offered(
            plan,
            door.actor,
            timezone.localdate(),
            row if isinstance(row, Action) else None,
        ),
        initial=initial,
    )


def _save(request: HttpRequest, door: Door, key: str) -> HttpResponse:
    plan = door.plan
    assert plan is not None  # noqa: S101 - _screen has looked
    data: QueryDict = request.POST
    if key == "objective-new":
        return _add_objective(request, door)
    row = None if key.startswith("new-") else _row(plan, key)
    if taken := data.get("take"):
        # "Take what is kept now": the field is changed before anything is saved.
        data = _taken(data, row, taken)
    form = _form(door, key, data)
    if form is None:
        raise Http404
    is_valid = form.is_valid()
    if taken or not is_valid:
        compare = sides(row, form) if taken and row is not None else ()
        return _page(request, door, key, form, sides=compare, checked=not taken)
    try:
        saved = _act(door, key, row, form)
    except Collided as collided:
        newer = data.copy()
        newer["seen"] = str(collided.version)
        form = _form(door, key, newer)
        assert form is not None  # noqa: S101 - as before
        assert row is not None  # noqa: S101 - a new row collides with nobody
        form.is_valid()
        row.refresh_from_db()
        found = sides(row, form)
        return _page(
            request, door, key, form, status=409, sides=found, refused=collided
        )
    except Removed as removed:
        home = queries.home_of(plan, data)
        return _page(
            request, door, home, _form(door, home, data) if home else form,
            status=409, refused=removed, typed=form if not home else None,
        )  # fmt: skip
    except Refusal as refusal:
        show(refusal, form)
        return _page(request, door, key, form, checked=True)
    messages.success(
        request,
        _("Saved, together with what others changed meanwhile.")
        if getattr(saved, "merged", False)
        else _("Saved."),
    )
    return redirect(f"{door.url}#{_anchor(key, saved)}")


def _anchor(key: str, saved: object) -> str:
    if key.startswith("new-") and isinstance(saved, Action):
        return f"action-{saved.pk}"
    return key


def _act(door: Door, key: str, row: Row | None, form: RowForm) -> object:
    """Do the one action that saves the row."""
    plan, now = door.plan, timezone.now()
    assert plan is not None  # noqa: S101 - _screen has looked
    if key.startswith("new-"):
        objective = queries.row_of(plan, "objective", _number(key))
        if not isinstance(objective, Objective):
            raise Removed(_("Somebody took this objective out meanwhile."))
        assert isinstance(form, ActionForm)  # noqa: S101 - by the key
        return actions.add_action(
            objective=objective,
            values=form.values(),
            visibility=form.circle,
            actor=door.actor,
            now=now,
        )
    if row is None:
        raise Removed(
            _(
                "Somebody took this line out meanwhile. What you typed is below: add it "
                "as a new line if it is still wanted."
            )
        )
    given: dict[str, Any] = {
        "values": form.values(), "seen": form.version, "actor": door.actor, "now": now,
    }  # fmt: skip
    if isinstance(row, Plan):
        return actions.save_head(plan=row, **given)
    if isinstance(row, Objective):
        return actions.save_objective(objective=row, **given)
    assert isinstance(form, ActionForm)  # noqa: S101 - by the key
    return actions.save_action(action=row, visibility=form.circle, **given)


def _number(key: str) -> int:
    text = key.rpartition("-")[2]
    if not text.isdecimal():
        raise Http404
    return int(text)


def _add_objective(request: HttpRequest, door: Door) -> HttpResponse:
    assert door.plan is not None  # noqa: S101 - _screen has looked
    form = ObjectiveForm(request.POST, prefix="new")
    if form.is_valid():
        try:
            made = actions.add_objective(
                plan=door.plan,
                text=form.cleaned_data["text"],
                actor=door.actor,
                now=timezone.now(),
            )
        except Refusal as refusal:
            show(refusal, form)
        else:
            return redirect(f"{door.url}?edit=new-{made.pk}#objective-{made.pk}")
    return _page(request, door, "", None, new_objective=form)


def _change(request: HttpRequest, door: Door, act: str, key: str) -> HttpResponse:
    """Move a row, or take it out."""
    assert door.plan is not None  # noqa: S101 - _screen has looked
    row = _row(door.plan, key)
    now = timezone.now()
    seen = request.POST.get("seen", "")
    acts: dict[str, Callable[..., object]] = {
        "up": lambda row: actions.move(row=row, up=True, actor=door.actor, now=now),
        "down": lambda row: actions.move(row=row, up=False, actor=door.actor, now=now),
        "remove": lambda row: actions.remove(
            row=row,
            seen=int(seen) if seen.isdecimal() and len(seen) < 9 else 0,
            actor=door.actor,
            now=now,
        ),
    }
    if act not in acts or isinstance(row, Plan):
        raise Http404
    if row is not None:
        try:
            acts[act](row)
        except Refusal as refusal:
            messages.error(request, str(refusal))
    return redirect(f"{door.url}#{key if act != 'remove' else 'plan'}")


def _taken(data: QueryDict, row: Row | None, name: str) -> QueryDict:
    """Return what was typed, with the field ``name`` as it is kept now."""
    new = data.copy()
    if row is not None:
        row.refresh_from_db()
        kept = initial_of(row).get(name)
        if isinstance(kept, list):
            new.setlist(name, kept)
        else:
            new[name] = "" if kept is None else str(kept)
    return new

"""The bare views: lists with their joins and totals, one row inserted, attendance."""

import secrets
from collections import defaultdict

from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from bench.floor.models import (
    Action,
    CheckIn,
    Mark,
    Nomination,
    Offer,
    Plan,
    Session,
)

STATUSES = ("not-started", "going-on", "done", "stopped")


def index(request: HttpRequest, call: int) -> HttpResponse:
    """List the first 50 nominations of a call by name."""
    rows = (
        Nomination.objects.filter(call_id=call)
        .select_related("organisation")
        .order_by("sort_name", "id")[:50]
    )
    return render(request, "list.html", {"rows": rows})


def insert(request: HttpRequest, call: int) -> HttpResponse:
    """Store one nomination in a transaction; nothing is checked."""
    sent = request.POST
    now = timezone.now()
    name = f"{sent['family_name']} {sent['given_name']}"
    with transaction.atomic():
        Nomination.objects.create(
            code=secrets.token_hex(6),
            call_id=call,
            organisation_id=sent["organisation"],
            given_name=sent["given_name"],
            family_name=sent["family_name"],
            sort_name=name,
            name_key=name.lower(),
            search=f"{sent['email']} {name}".lower(),
            email=sent["email"],
            gender=sent["gender"],
            position=sent["position"],
            department=sent["department"],
            level=sent["level"],
            in_post_since=sent["in_post_since"],
            state="submitted",
            created_at=now,
            changed_at=now,
            submitted_at=now,
        )
    return HttpResponse(status=302, headers={"Location": "/"})


def attendance(request: HttpRequest, call: int, course: int, size: int) -> HttpResponse:
    """Show who was at which session of a course, and how many minutes in all."""
    sessions = list(Session.objects.filter(course_id=course).order_by("starts_at"))
    offers = list(_seated(call)[:size])
    marks: dict[int, dict[int, Mark]] = defaultdict(dict)
    for mark in Mark.objects.filter(offer_id__in=[offer.pk for offer in offers]):
        marks[mark.offer_id][mark.session_id] = mark
    rows = [
        (
            offer,
            [marks[offer.pk].get(session.pk) for session in sessions],
            sum(_minutes(session, marks[offer.pk]) for session in sessions),
        )
        for offer in offers
    ]
    return render(request, "attendance.html", {"rows": rows, "sessions": sessions})


def _seated(call: int) -> QuerySet[Offer]:
    return (
        Offer.objects.filter(nomination__call_id=call, state="accepted")
        .select_related("nomination__organisation")
        .order_by("nomination__sort_name", "pk")
    )


def _minutes(session: Session, marks: dict[int, Mark]) -> int:
    mark = marks.get(session.pk)
    if mark is None or mark.kind not in {"present", "late"}:
        return 0
    length = int((session.ends_at - session.starts_at).total_seconds()) // 60
    return length - (mark.minutes or 0)


def marking(request: HttpRequest, call: int, session: int) -> HttpResponse:
    """Show everybody of a course with the four buttons of one session."""
    marks = {mark.offer_id: mark for mark in Mark.objects.filter(session_id=session)}
    rows = [(offer, marks.get(offer.pk)) for offer in _seated(call)]
    kinds = ("present", "late", "excused", "absent")
    return render(request, "marking.html", {"rows": rows, "kinds": kinds})


def plans(request: HttpRequest) -> HttpResponse:
    """List actions of plans, and count them by status, city and topic."""
    rows = Action.objects.filter(plan__signed_version__gte=1)
    if status := request.GET.get("status"):
        rows = rows.filter(status=status)
    late = Q(ends_on__lt=timezone.localdate(), status__in=["not-started", "going-on"])
    tables = [
        list(
            rows.values(name=F(name))
            .annotate(
                total=Count("pk"),
                late=Count("pk", filter=late),
                **{
                    key.replace("-", "_"): Count("pk", filter=Q(status=key))
                    for key in STATUSES
                },
            )
            .order_by("name")
        )
        for name in ("plan__owner__short_name", "topic")
    ]
    size = int(request.GET.get("size", 25))
    context = {
        "rows": rows.select_related("plan__owner").order_by("ends_on", "pk")[:size],
        # Of the table by city, so that the bare view asks for nothing twice.
        "sums": [
            (name, sum(group[name] for group in tables[0]))
            for name in ("total", "late", *(key.replace("-", "_") for key in STATUSES))
        ],
        "answered": CheckIn.objects.filter(answered_at__isnull=False).count(),
        "open": CheckIn.objects.filter(answered_at__isnull=True).count(),
        "drafts": Plan.objects.filter(signed_version=0).count(),
        "tables": tables,
    }
    return render(request, "plans.html", context)


urlpatterns = [
    path("plans/", plans),
    path("attendance/<int:call>/<int:course>/<int:size>/", attendance),
    path("marking/<int:call>/<int:session>/", marking),
    path("list/<int:call>/", index),
    path("insert/<int:call>/", insert),
]

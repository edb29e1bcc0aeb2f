"""Two views: list 50 of 10,000 with one join, and insert one row."""

import secrets

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils import timezone

from bench.floor.models import Nomination


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


urlpatterns = [
    path("list/<int:call>/", index),
    path("insert/<int:call>/", insert),
]

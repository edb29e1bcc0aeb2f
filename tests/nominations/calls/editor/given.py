"""What these tests say and do in common."""

from typing import Any

from django.urls import reverse

PREVIEW = "/en/calls/preview/"


TEXT = {
    "slug": "part-two",
    "opens_on": "2030-03-01",
    "opens_time": "",
    "closes_on": "2030-03-31",
    "closes_time": "",
    "contact": "The union's office",
    "contact_email": "office@example.org",
    "costs_pl": "",
    "costs_en": "Travel is paid by the city.",
    "notice_pl": "Informacja.",
    "notice_en": "Notice.",
    "seed_source_pl": "Losowanie",
    "seed_source_en": "A public draw",
}


PLAIN = {
    "seats": "25",
    "reserve": "10",
    "least": "1",
    "most": "4",
    "members_of": "ump",
    "new_in_post_months": "12",
    "must_confirm": "on",
}


def rows(name: str, *lines: dict[str, Any]) -> dict[str, Any]:
    """Return rows as a browser sends them."""
    sent: dict[str, Any] = {
        f"{name}-TOTAL_FORMS": len(lines),
        f"{name}-INITIAL_FORMS": len(lines),
    }
    for number, line in enumerate(lines):
        sent |= {f"{name}-{number}-{field}": value for field, value in line.items()}
    return sent


def sent(course, ump, *, quotas=(), priorities=(), **changes: Any) -> dict[str, Any]:
    """Return what the whole form sends."""
    return {
        **TEXT,
        **PLAIN,
        "course": course.pk,
        "channel": ump.pk,
        **rows("quotas", *quotas),
        **rows("priorities", *priorities),
        **changes,
    }


def preview(client, course, ump, htmx=True, **changes):
    return client.post(
        PREVIEW,
        sent(course, ump, **changes),
        headers={"HX-Request": "true"} if htmx else {},
    )


def change(client, call, course, ump, **changes):
    data = sent(course, ump, pool=call.slug, **changes)
    return client.post(reverse("nominations:call_rules", args=[call.slug]), data)

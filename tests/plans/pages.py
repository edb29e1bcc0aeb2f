"""Addresses of the pages of plans, and what is sent to them, for tests."""

from django.urls import reverse

from mosty.plans.models import Action

SCRIPT = "<script>alert('x')</script> & <b>bold</b>"


def url(name, *args):
    """Return the address of a page."""
    return reverse(f"plans:{name}", args=args)


def of(plan, name):
    """Return the address of a page about a plan."""
    if name == "check_in":
        return url(name, plan.code, 3)
    if name == "share_line":
        return url(name, plan.code, Action.objects.filter(plan=plan).first().pk)
    return url(name, plan.code)


def draft_url(link):
    """Return the address of the group's screen."""
    return url("link_draft", link.token)


def answers(plan, **given):
    """Return what is sent with the form of a check-in."""
    sent = {"seen": 0}
    for pk in Action.objects.filter(plan=plan).values_list("pk", flat=True):
        for name, value in {"status": "going-on", "percent": "25", **given}.items():
            sent[f"a{pk}-{name}"] = value
    return sent

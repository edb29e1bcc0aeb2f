"""Acts that are asked about once more."""

from dataclasses import asdict

import pytest
from django import forms
from django.contrib.messages import get_messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.template.loader import render_to_string
from django.test import RequestFactory

from mosty.kernel.refusal import Refusal
from mosty.ui import asking as module
from mosty.ui.asking import Asking, plainly, with_reason

ASKING = Asking("Withdraw?", "It is final.", "Withdraw", "/back/")


class ReasonForm(forms.Form):
    reason = forms.CharField()


@pytest.fixture
def ask(monkeypatch):
    """Return what asks, and what came of it: status, where to, messages, page, acts."""
    shown = []
    monkeypatch.setattr(
        module, "render", lambda _request, _name, context: shown.append(context) or 200
    )

    def run(way, method="post", data=None, refusal=None, **more):
        request = getattr(RequestFactory(), method)("/", data or {})
        request.session = {}
        request._messages = FallbackStorage(request)
        done = []

        def act(**given):
            if refusal:
                raise refusal
            done.append(given)

        if way is with_reason:
            form = ReasonForm(request.POST if method == "post" else None)
            answer = way(request, form, act, ASKING, success="Done.")
        else:
            answer = way(request, act, ASKING, success="Done.", **more)
        where = 200 if answer == 200 else answer.url
        said = [str(one) for one in get_messages(request)]
        errors = shown[-1].get("form") and shown[-1]["form"].errors if shown else None
        return where, said, done, errors or {}

    return run


def test_the_reason_is_handed_on_and_the_reader_goes_back(ask):
    assert ask(with_reason, data={"reason": "twice"}) == (
        "/back/",
        ["Done."],
        [{"reason": "twice"}],
        {},
    )


@pytest.mark.parametrize(
    ("given", "errors"),
    (
        ({"method": "get"}, {}),
        ({}, {"reason": ["This field is required."]}),
        (
            {"data": {"reason": "x"}, "refusal": Refusal("No.")},
            {"__all__": ["No."]},
        ),
        (
            {
                "data": {"reason": "x"},
                "refusal": Refusal("No.", fields={"reason": "Say more."}),
            },
            {"reason": ["Say more."]},
        ),
    ),
)
def test_nothing_is_done_until_it_can_be(ask, given, errors):
    assert ask(with_reason, **given) == (200, [], [], errors)


@pytest.mark.parametrize(
    ("given", "came"),
    (
        ({"method": "get"}, (200, [], [], {})),
        ({}, ("/back/", ["Done."], [{}], {})),
        ({"then": "/on/"}, ("/on/", ["Done."], [{}], {})),
        ({"then": "/on/", "refusal": Refusal("No.")}, ("/back/", ["No."], [], {})),
    ),
)
def test_an_act_without_a_form(ask, given, came):
    assert ask(plainly, **given) == came


@pytest.mark.parametrize(
    ("stops", "look"), ((False, "btn btn-primary"), (True, "btn btn-stop"))
)
def test_what_takes_something_away_looks_like_it(rf, settings, stops, look):
    settings.UI_NAV = settings.UI_ACCOUNT = ""
    asked = Asking("Withdraw?", "It is final.", "Withdraw", "/back/", stops=stops)
    html = render_to_string("ui/confirm.html", asdict(asked), rf.get("/en/style/"))
    assert f'class="{look}" type="submit">Withdraw</button>' in html


def test_the_way_up_stands_above_what_is_asked(rf, settings):
    settings.UI_NAV = settings.UI_ACCOUNT = ""
    above = (("Outbox", "/outbox/"), ("Message <1>", "/outbox/1/"))
    asked = Asking("Withdraw?", "It is final.", "Withdraw", "/back/", above=above)
    html = render_to_string("ui/confirm.html", asdict(asked), rf.get("/en/style/"))
    assert (
        '<ol><li><a href="/outbox/">Outbox</a></li>'
        '<li><a href="/outbox/1/">Message &lt;1&gt;</a></li><li>Withdraw?</li></ol>'
    ) in html

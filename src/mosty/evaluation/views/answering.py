"""
The page behind the shared link: every question at once, for anybody, by no name.

GET shows, POST answers. No session is begun, no message is kept, nothing is logged. The
cookie that remembers that this browser has answered says yes, and nothing else.
"""

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language, get_language_info
from django.views.decorators.http import require_http_methods

from mosty.evaluation.actions import answers
from mosty.evaluation.forms import AnswerForm, blame
from mosty.evaluation.models import Survey
from mosty.evaluation.queries.surveys import opened_by, state_of
from mosty.kernel.refusal import Refusal
from mosty.kernel.throttle import may_go_on
from mosty.outbox.http import behind_link
from mosty.outbox.models import Link

SHOW = "show"
ANSWERED = "yes"


@require_http_methods(["GET", "HEAD", "POST"])
@behind_link(Link.Purpose.FEEDBACK)
def answer(request: HttpRequest, link: Link) -> HttpResponse:
    """Show the questions and take the answers."""
    now = timezone.now()
    survey = get_object_or_404(opened_by(link))
    content = survey.version.content
    shown = request.POST.get(SHOW) or request.POST.get("in") or get_language() or ""
    language = shown if shown in content.languages else content.languages[0]
    state = "answered" if _cookie(survey) in request.COOKIES else state_of(survey, now)
    form = AnswerForm(
        # In another language: as typed, before anything is checked.
        request.POST if request.method == "POST" else None,
        content=content,
        language=language,
        signed=survey.is_paired,
        draft=SHOW in request.POST,
    )
    context = {
        "survey": survey,
        "content": content,
        "form": form,
        # Not "language", which the base page sets to its own.
        "asked_in": language,
        "others": [
            (code, get_language_info(code)["name_local"].capitalize())
            for code in content.languages
            if code != language
        ],
        "title": content.title.get(language, ""),
        "state": state,
        "checked": request.method == "POST" and SHOW not in request.POST,
    }
    if request.method == "POST" and SHOW not in request.POST and state == "open":
        if not may_go_on(survey.code):
            context["busy"] = True
            return render(request, "evaluation/answer.html", context, status=429)
        if form.is_valid():
            try:
                answers.give(survey=survey, sheet=form.sheet(), actor=link, now=now)
            except Refusal as refusal:
                blame(form, refusal)
            else:
                return _thanks(request, survey)
    return render(request, "evaluation/answer.html", context)


def _cookie(survey: Survey, language: str = "") -> str:
    return f"feedback-{survey.code}-{language or get_language()}"


def _thanks(request: HttpRequest, survey: Survey) -> HttpResponse:
    """Lead to the thanks, and remember that this browser has answered."""
    response = redirect(request.path)
    _site, _language, rest = request.path.split("/", 2)
    for language, _name in settings.LANGUAGES:
        # The same for everybody, and sent to this page alone, in each of its languages.
        response.set_cookie(
            _cookie(survey, language),
            ANSWERED,
            max_age=180 * 24 * 3600,
            path=f"/{language}/{rest}",
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response

"""The style-guide page: every component with made-up content."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET, require_http_methods
from i18nfield.forms import I18nFormField, I18nTextInput

from mosty.ui import charts
from mosty.ui.components import Stage
from mosty.ui.listing import Listing, pills_of

NUMBER = 47


class ExampleForm(forms.Form):
    """One field of each kind; never saved."""

    name = forms.CharField(label=_("Name"), max_length=80)
    email = forms.EmailField(
        label=_("E-mail address"),
        help_text=_("We write to this address about this course only."),
    )
    city = forms.ChoiceField(
        label=_("City"),
        choices=[("", _("Choose a city")), ("krakow", "Kraków"), ("lodz", "Łódź")],
    )
    part = forms.ChoiceField(
        label=_("Part"), choices=[("1", "I"), ("2", "II")], widget=forms.RadioSelect
    )
    topics = forms.MultipleChoiceField(
        label=_("Topics"),
        choices=[
            ("work", _("Work")),
            ("school", _("School")),
            ("housing", _("Housing")),
        ],
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    title = I18nFormField(label=_("Title"), widget=I18nTextInput, required=False)
    since = forms.DateField(label=_("In this post since"), required=False)
    needs = forms.CharField(label=_("Needs"), widget=forms.Textarea, required=False)
    letter = forms.FileField(label=_("Letter (PDF)"), required=False)
    agree = forms.BooleanField(label=_("I have read the rules"))


class ExampleChips(forms.Form):
    """Few choices, large enough for a thumb."""

    channel = forms.ChoiceField(
        label=_("How they asked"),
        choices=[
            ("visit", _("In person")),
            ("phone", _("By telephone")),
            ("mail", _("By e-mail")),
        ],
        widget=forms.RadioSelect,
        initial="visit",
    )


class ExampleFilters(forms.Form):
    """Filters as lists have them."""

    city = forms.ChoiceField(
        label=_("City"),
        choices=[("", _("all")), ("krakow", "Kraków"), ("lodz", "Łódź")],
        required=False,
    )
    since = forms.DateField(label=_("Since"), required=False)


def example_figure() -> charts.Figure:
    """Return made-up numbers for the example chart."""
    return charts.Figure(
        title=str(_("Persons at courses, by city")),
        unit=str(_("persons")),
        series=(str(_("part I")), str(_("part II"))),
        rows=(("Kraków", (9, 12)), ("Łódź", (7, 4)), ("Leszno", (None, 3))),
        source=str(_("example numbers, 2024")),
    )


@require_http_methods(["GET", "HEAD", "POST"])
def styleguide(request: HttpRequest) -> HttpResponse:
    """Show every component; the example of a form that waits is taken, and forgotten."""
    if request.method == "POST" and "X-Queue" in request.headers:
        return JsonResponse({"state": "taken", "text": "", "url": ""})
    filters = ExampleFilters(request.GET or {"city": "lodz"})
    listing = Listing(
        rows=[("A-7K2M", "Łódź", 12), ("B-9QXD", "Łódź", 7)],
        total=NUMBER,
        page=1,
        size=25,
        sort=request.GET.get("sort", "city"),
        sorts=frozenset({"city", "odds"}),
        params=request.GET,
        pills=tuple(pills_of(filters, request.GET)),
    )
    warsaw = ZoneInfo("Europe/Warsaw")
    context = {
        "closes_at": datetime(2024, 5, 31, 23, 59, tzinfo=warsaw),
        "first_day": date(2024, 6, 20),
        "last_day": date(2024, 6, 21),
        "facts": [(_("Seats"), 25), (_("Language"), _("Polish"))],
        "stages": [
            Stage(str(_("Rules frozen")), "done"),
            Stage(str(_("Nominations checked")), "done"),
            Stage(str(_("Signatures: 1 of 2")), "now"),
            Stage(str(_("Announced"))),
        ],
        "form": ExampleForm(prefix="plain"),
        "wrong": ExampleForm({"wrong-email": "anna", "wrong-city": ""}, prefix="wrong"),
        "chips": ExampleChips(),
        "filters": filters,
        "listing": listing,
        "figure": example_figure(),
    }
    return render(request, "ui/styleguide.html", context)


@require_GET
def example_chart(request: HttpRequest) -> HttpResponse:
    picture = charts.svg(example_figure(), charts.theme_asked(request))
    return charts.image_response(request, picture)


@require_GET
def service_worker(request: HttpRequest) -> HttpResponse:
    """Hand out what keeps pages for use without network; its place is its reach."""
    return render(
        request,
        "ui/service-worker.js",
        {"files": settings.STATIC_URL},
        content_type="text/javascript",
    )

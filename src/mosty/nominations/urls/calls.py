"""Addresses of calls."""

from django.urls import URLPattern, path

from mosty.nominations.views import calls, calls_acts, calls_cities, calls_editor

urlpatterns: list[URLPattern] = [
    path("calls/", calls.index, name="calls"),
    path("calls/new/<int:course>/", calls_editor.new, name="call_new"),
    path("calls/preview/", calls_editor.preview, name="call_preview"),
    path("calls/<slug:slug>/", calls.desk, name="desk"),
    path("courses/<int:pk>/call/", calls.of_course, name="of_course"),
    path("calls/<slug:slug>/edit/", calls_editor.edit, name="call_edit"),
    path("calls/<slug:slug>/rules/", calls_editor.rules, name="call_rules"),
    path("calls/<slug:slug>/publish/", calls_acts.publish, name="call_publish"),
    path("calls/<slug:slug>/closing/", calls_acts.closing, name="call_closing"),
    path("calls/<slug:slug>/cancel/", calls_acts.cancel, name="call_cancel"),
    path("calls/<slug:slug>/seed/", calls_acts.seed, name="call_seed"),
    path("calls/<slug:slug>/cities/", calls_cities.cities, name="cities"),
    path("calls/<slug:slug>/cities/invite/", calls_cities.invite, name="invite"),
    path("calls/<slug:slug>/cities/remind/", calls_cities.remind, name="remind"),
    path(
        "calls/<slug:slug>/cities/<slug:city>/waive/", calls_cities.waive, name="waive"
    ),
    path("<slug:programme>/calls/<slug:slug>/", calls.call, name="call"),
]

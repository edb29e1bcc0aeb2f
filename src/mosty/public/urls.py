"""Addresses of the app; a programme's own come last, since they begin with any word."""

from django.urls import path

from mosty.public import views

app_name = "public"
urlpatterns = [
    path("", views.home, name="home"),
    path("open-calls/", views.calls, name="calls"),
    path("privacy/", views.privacy, name="privacy"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("<slug:programme>/", views.programme, name="programme"),
    path("<slug:programme>/courses/<slug:course>/", views.course, name="course"),
    path(
        "<slug:programme>/courses/<slug:course>/changelog/",
        views.changelog,
        name="changelog",
    ),
    path(
        "<slug:programme>/courses/<slug:course>.ics",
        views.course_calendar,
        name="calendar",
    ),
    path(
        "<slug:programme>/courses/<slug:course>/agenda.pdf",
        views.agenda,
        name="agenda",
    ),
]

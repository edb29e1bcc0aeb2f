"""Addresses of the app."""

from django.urls import path

from mosty.training.views import calendars, my_course, roster, timetable

app_name = "training"
_ROSTER = "courses/<int:pk>/roster"
urlpatterns = [
    path(f"{_ROSTER}/", roster.roster, name="roster"),
    path(f"{_ROSTER}.csv", roster.export, {"kind": "csv"}, name="roster_csv"),
    path(f"{_ROSTER}.xlsx", roster.export, {"kind": "xlsx"}, name="roster_xlsx"),
    path(f"{_ROSTER}.pdf", roster.sheets, name="sheets"),
    path(f"{_ROSTER}/<slug:key>.pdf", roster.sheets, name="sheet"),
    path("courses/<int:pk>/timetable/", timetable.timetable, name="timetable"),
    path("training/calendar/", calendars.mine, name="my_calendar"),
    path("link/course/<str:token>/", my_course.my_course, name="link_course"),
    path("link/calendar/<str:token>.ics", calendars.feed, name="link_calendar"),
]

"""Addresses of the app, below the programme's public one."""

from django.urls import path

from mosty.reports import views

app_name = "reports"
_NUMBERS = "<slug:programme>/numbers"
urlpatterns = [
    path(f"{_NUMBERS}/", views.numbers, name="numbers"),
    path(f"{_NUMBERS}.pdf", views.as_pdf, name="numbers_pdf"),
    path(f"{_NUMBERS}/people/", views.people, name="people"),
    path(f"{_NUMBERS}/sessions/", views.sessions, name="sessions"),
    path(f"{_NUMBERS}/cite/", views.cite, name="cite"),
    path(f"{_NUMBERS}/cited/<int:pk>/take-out/", views.take_out, name="take_out"),
]

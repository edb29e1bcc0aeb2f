"""Addresses of the app."""

from django.urls import path

from mosty.office.views import today

app_name = "office"
urlpatterns = [
    path("today/", today.today, name="today"),
]

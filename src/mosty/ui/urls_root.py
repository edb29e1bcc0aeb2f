"""Addresses outside the languages: for browsers, not for people."""

from django.urls import path

from mosty.ui import views

urlpatterns = [
    path("service-worker.js", views.service_worker, name="service_worker"),
]

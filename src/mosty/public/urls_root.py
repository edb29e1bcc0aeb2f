"""Addresses outside the languages: for programs, not for people."""

from django.urls import path

from mosty.public import views

urlpatterns = [
    path("health/", views.health, name="health"),
    path("robots.txt", views.robots, name="robots"),
]

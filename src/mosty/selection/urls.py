"""Addresses of the app."""

from django.urls import URLPattern

app_name = "selection"
urlpatterns: list[URLPattern] = []

"""Addresses of the app."""

from django.urls import path

from mosty.training import views

app_name = "training"
_ROSTER = "courses/<int:pk>/roster"
urlpatterns = [
    path(f"{_ROSTER}/", views.roster, name="roster"),
    path(f"{_ROSTER}.csv", views.export, {"kind": "csv"}, name="roster_csv"),
    path(f"{_ROSTER}.xlsx", views.export, {"kind": "xlsx"}, name="roster_xlsx"),
    path(f"{_ROSTER}.pdf", views.sheets, name="sheets"),
    path(f"{_ROSTER}/<slug:key>.pdf", views.sheets, name="sheet"),
]

"""Addresses of imports."""

from django.urls import URLPattern, path

from mosty.nominations.views import imports

urlpatterns: list[URLPattern] = [
    path("calls/<slug:slug>/imports/", imports.imports, name="imports"),
    path(
        "calls/<slug:slug>/template.xlsx",
        imports.import_template,
        name="import_template",
    ),
    path("imports/<int:pk>/", imports.imported, name="import"),
    path("imports/<int:pk>/take-over/", imports.take_over, name="import_take_over"),
    path("imports/<int:pk>/drop/", imports.drop, name="import_drop"),
]

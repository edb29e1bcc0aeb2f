"""The style guide and its picture."""

from django.urls import path

from mosty.ui import views

app_name = "ui"
urlpatterns = [
    path("style/", views.styleguide, name="styleguide"),
    path("style/chart.svg", views.example_chart, name="example_chart"),
]

"""Addresses of the directory: people by code, never by name."""

from django.urls import path

from mosty.directory import views

app_name = "directory"
urlpatterns = [
    path("directory/", views.index, name="index"),
    path("directory/territories/", views.territories, name="territories"),
    path("directory/territories/add/", views.add_territory, name="add_territory"),
    path("directory/territories/<slug:slug>/", views.territory, name="territory"),
    path(
        "directory/territories/<slug:slug>/change/",
        views.change_territory,
        name="change_territory",
    ),
    path("directory/territories/<slug:slug>/codes/", views.add_code, name="add_code"),
    path(
        "directory/territories/<slug:slug>/facts/<slug:topic>/",
        views.add_fact,
        name="add_fact",
    ),
    path("directory/facts/<int:pk>/propose/", views.propose, name="propose"),
    path("directory/corrections/", views.corrections, name="corrections"),
    path("directory/corrections/<int:pk>/", views.correction, name="correction"),
    path("directory/organisations/", views.organisations, name="organisations"),
    path(
        "directory/organisations/add/", views.add_organisation, name="add_organisation"
    ),
    path(
        "directory/organisations/<slug:slug>/", views.organisation, name="organisation"
    ),
    path(
        "directory/organisations/<slug:slug>/change/",
        views.change_organisation,
        name="change_organisation",
    ),
    path(
        "directory/organisations/<slug:slug>/members/",
        views.add_member,
        name="add_member",
    ),
    path("directory/memberships/<int:pk>/end/", views.end_member, name="end_member"),
    path("directory/people/", views.people, name="people"),
    path("directory/people/<str:code>/", views.person, name="person"),
]

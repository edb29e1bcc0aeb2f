"""Addresses of nominations."""

from django.urls import path

from mosty.nominations.views import (
    links,
    nominations,
    nominations_duplicates,
    nominations_one,
)

_CITY = "calls/<slug:slug>/city/<slug:city>/"
_CITY_LINK = "link/nominate/<str:token>/"

urlpatterns = [
    path("calls/<slug:slug>/nominations/", nominations.nominations, name="nominations"),
    path(
        "calls/<slug:slug>/nominations/bulk/", nominations.bulk, name="nominations_bulk"
    ),
    path(
        "calls/<slug:slug>/nominations.csv",
        nominations.export,
        {"form": "csv"},
        name="nominations_csv",
    ),
    path(
        "calls/<slug:slug>/nominations.xlsx",
        nominations.export,
        {"form": "xlsx"},
        name="nominations_xlsx",
    ),
    path(
        "calls/<slug:slug>/duplicates/",
        nominations_duplicates.duplicates,
        name="duplicates",
    ),
    path(
        "calls/<slug:slug>/duplicates/<int:pk>/",
        nominations_duplicates.duplicate,
        name="duplicate",
    ),
    path(_CITY, nominations_one.city, name="city"),
    path(f"{_CITY}new/", nominations_one.nominate, name="nominate"),
    path(f"{_CITY}order/", nominations_one.order, name="city_order"),
    path(f"{_CITY}decline/", nominations_one.decline, name="city_decline"),
    path("nominations/<str:code>/", nominations_one.nomination, name="nomination"),
    path("nominations/<str:code>/edit/", nominations_one.edit, name="nomination_edit"),
    path(
        "nominations/<str:code>/withdraw/",
        nominations_one.withdraw,
        name="nomination_withdraw",
    ),
    path(
        "nominations/<str:code>/check/", nominations_one.check, name="nomination_check"
    ),
    path(
        "nominations/<str:code>/comment/",
        nominations_one.comment,
        name="nomination_comment",
    ),
    path(
        "nominations/<str:code>/remind/",
        nominations_one.remind,
        name="nomination_remind",
    ),
    path(_CITY_LINK, links.city, name="link_city"),
    path(f"{_CITY_LINK}new/", links.nominate, name="link_nominate"),
    path(f"{_CITY_LINK}order/", links.order, name="link_city_order"),
    path(f"{_CITY_LINK}decline/", links.decline, name="link_city_decline"),
    path(f"{_CITY_LINK}<str:code>/edit/", links.edit, name="link_edit"),
    path(f"{_CITY_LINK}<str:code>/withdraw/", links.withdraw, name="link_withdraw"),
    path("link/confirm/<str:token>/", links.confirm, name="link_confirm"),
]

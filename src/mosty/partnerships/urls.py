"""Addresses of the app. What is written on a map is reached from two desks."""

from django.urls import URLPattern, path

from mosty.partnerships.views import (
    actors,
    agreements,
    files,
    maps,
    sharing,
    ties,
    versions,
)
from mosty.partnerships.views.desks import Page

app_name = "partnerships"
_MAP = "maps/<int:pk>"
_ACTOR = f"{_MAP}/actors/<uuid:key>"
_TIE = f"{_MAP}/ties/<int:tie>"
_AGREEMENT = "agreements/<int:pk>"


def _both(address: str, view: Page, name: str) -> list[URLPattern]:
    """Return a page's address at an account's desk, and at a participant's."""
    return [
        path(address, view.by_account, name=name),
        path(f"link/course/<str:token>/{address}", view.by_link, name=f"link_{name}"),
    ]


urlpatterns = [
    *_both("maps/", maps.index, "maps"),
    *_both("maps/begin/", maps.make, "make"),
    *_both(f"{_MAP}/", maps.show, "map"),
    *_both(f"{_MAP}/grid.svg", maps.grid, "grid"),
    *_both(f"{_MAP}/network.svg", maps.network, "network"),
    *_both(f"{_MAP}/actors/add/", actors.add, "actor_add"),
    *_both(f"{_ACTOR}/", actors.change, "actor"),
    *_both(f"{_ACTOR}/remove/", actors.remove, "actor_remove"),
    *_both(f"{_MAP}/ties/add/", ties.add, "tie_add"),
    *_both(f"{_TIE}/", ties.change, "tie"),
    *_both(f"{_TIE}/remove/", ties.remove, "tie_remove"),
    # The city's contact alone.
    path(f"{_MAP}/change/", maps.change.by_account, name="change"),
    path(f"{_MAP}/freeze/", versions.freeze.by_account, name="freeze"),
    path(f"{_MAP}/compare/", versions.compare.by_account, name="compare"),
    path(f"{_MAP}/versions/<int:number>/", versions.show.by_account, name="version"),
    path(f"{_MAP}/files/", files.files, name="files"),
    path(f"{_MAP}/actors.csv", files.actors, name="actors_csv"),
    path(f"{_MAP}/ties.csv", files.ties, name="ties_csv"),
    path("maps/shared/<int:pk>/actors.csv", files.shared_actors, name="shared_actors"),
    path("maps/shared/<int:pk>/ties.csv", files.shared_ties, name="shared_ties"),
    path("maps/shared/<int:pk>/", sharing.show, name="shared"),
    path("maps/shared/<int:pk>/network.svg", sharing.network, name="shared_network"),
    path("agreements/", agreements.index, name="agreements"),
    path("agreements/make/", agreements.make, name="agreement_make"),
    path(f"{_AGREEMENT}/", agreements.show, name="agreement"),
    path(f"{_AGREEMENT}/change/", agreements.change, name="agreement_change"),
    path(f"{_AGREEMENT}/in-force/", agreements.put_in_force, name="agreement_force"),
    path(f"{_AGREEMENT}/review/", agreements.review, name="agreement_review"),
    path(f"{_AGREEMENT}/end/", agreements.end, name="agreement_end"),
    path(f"{_AGREEMENT}/documents/", agreements.add_document, name="document_add"),
    path(f"{_AGREEMENT}/documents/<int:number>/", agreements.document, name="document"),
]

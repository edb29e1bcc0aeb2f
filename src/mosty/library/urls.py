"""Addresses of the app: what anybody reads is short and stays; the desk is below library/."""

from django.urls import path

from mosty.library.views import (
    adoptions,
    desk,
    keeping,
    practices,
    reviews,
    search,
    thesaurus,
    tools,
    translations,
)

app_name = "library"
_PRACTICE = "practices/<slug:slug>"
_TOOL = "tools/<slug:slug>"
_EDITION = f"{_TOOL}/<slug:language>"
_DESK = f"library/{_PRACTICE}"
_KEPT = f"library/{_TOOL}"
_VERSION = "library/versions/<int:pk>"
urlpatterns = [
    path("practices/", practices.index, name="practices"),
    path("practices/feed/", practices.feed, name="practices_feed"),
    path(f"{_PRACTICE}/", practices.practice, name="practice"),
    path(f"{_PRACTICE}/adopt/", adoptions.adopt, name="adopt"),
    path(f"{_PRACTICE}/card/", practices.card, name="practice_card"),
    path(f"{_PRACTICE}/data.jsonld", practices.data, name="practice_data"),
    path(
        f"{_PRACTICE}/<int:number>/",
        practices.practice_version,
        name="practice_version",
    ),
    path(
        f"{_PRACTICE}/<int:number>/cite.<slug:form>",
        practices.cite,
        name="practice_cite",
    ),
    path("tools/", tools.index, name="tools"),
    path("tools/feed/", tools.feed, name="tools_feed"),
    path(f"{_TOOL}/", tools.tool, name="tool"),
    path(f"{_TOOL}/card/", tools.card, name="tool_card"),
    path(f"{_TOOL}/data.jsonld", tools.data, name="tool_data"),
    path(f"{_EDITION}/", tools.edition, name="edition"),
    path(f"{_EDITION}/<int:number>/", tools.edition_version, name="edition_version"),
    path(f"{_EDITION}/<int:number>/file/", tools.edition_file, name="edition_file"),
    path(f"{_EDITION}/<int:number>/cite.<slug:form>", tools.cite, name="edition_cite"),
    path("link/practice/<str:token>/", adoptions.confirm, name="link_practice"),
    path("library/", desk.index, name="desk"),
    path("library/practices/new/", desk.new, name="new_practice"),
    path(f"{_DESK}/", desk.practice, name="desk_practice"),
    path(f"{_DESK}/edit/", desk.edit, name="edit"),
    path(f"{_DESK}/submit/", desk.submit, name="submit"),
    path(f"{_DESK}/withdraw/", desk.withdraw, name="withdraw"),
    path(f"{_DESK}/again/", desk.again, name="again"),
    path(f"{_DESK}/retire/", desk.retire, name="retire"),
    path(f"{_DESK}/ask/", reviews.ask, name="ask"),
    path(f"{_DESK}/release/<int:pk>/", reviews.release, name="release"),
    path(f"{_DESK}/review/", reviews.review, name="review"),
    path(f"{_DESK}/publish/", reviews.publish, name="publish"),
    path(f"{_DESK}/return/", reviews.give_back, name="return"),
    path("library/adoptions/<int:pk>/", adoptions.tell, name="tell"),
    path("library/tools/new/", keeping.new, name="new_tool"),
    path(f"{_KEPT}/", keeping.tool, name="kept_tool"),
    path(f"{_KEPT}/change/", keeping.change, name="change_tool"),
    path(f"{_KEPT}/translate/", keeping.add_edition, name="add_edition"),
    path(f"{_KEPT}/retire/", keeping.retire, name="retire_tool"),
    path("library/editions/<int:pk>/begin/", keeping.begin, name="begin"),
    path(f"{_VERSION}/", keeping.version, name="version"),
    path(f"{_VERSION}/file/", keeping.version_file, name="version_file"),
    path(f"{_VERSION}/propose/", keeping.propose, name="propose"),
    path(f"{_VERSION}/approve/", keeping.approve, name="approve"),
    path(f"{_VERSION}/return/", keeping.give_back, name="return_version"),
    path(f"{_VERSION}/translation.xlf", translations.give_out, name="give_out"),
    path(f"{_VERSION}/take-back/", translations.take_back, name="take_back"),
    path("search/", search.index, name="search"),
    path("search/thesaurus/", thesaurus.concepts, name="thesaurus"),
    path("search/thesaurus/add/", thesaurus.add_concept, name="concept_add"),
    path("search/thesaurus/<slug:code>/change/", thesaurus.concept, name="concept"),
    path("search/synonyms/", thesaurus.synonyms, name="synonyms"),
    path("search/synonyms/add/", thesaurus.add_synonyms, name="synonyms_add"),
    path("search/synonyms/<int:pk>/", thesaurus.synonym_set, name="synonyms_change"),
    path(
        "search/synonyms/<int:pk>/remove/",
        thesaurus.remove_synonyms,
        name="synonyms_remove",
    ),
]

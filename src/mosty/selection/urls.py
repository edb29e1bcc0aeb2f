"""Addresses of the app."""

from django.urls import path

from mosty.selection.views import (
    calculations,
    calls,
    decisions,
    links,
    lists,
    offers,
    proofs,
    repairs,
    results,
    runs,
)

app_name = "selection"
urlpatterns = [
    path("selection/", calls.index, name="runs"),
    path("selection/proofs/", proofs.index, name="proofs"),
    path("selection/draw-explained/", calls.explained, name="draw_explained"),
    path("calls/<slug:slug>/result/", results.result, name="result"),
    path("calls/<slug:slug>/selection/", calls.call, name="call"),
    path("calls/<slug:slug>/selection/draw/", calls.draw, name="draw"),
    path("calls/<slug:slug>/numbers/", lists.numbers, name="numbers"),
    path("calls/<slug:slug>/numbers.json", lists.published, name="published"),
    path("calls/<slug:slug>/numbers/make/", lists.make, name="make_list"),
    path("calls/<slug:slug>/selection/number/", lists.number, name="number"),
    path("calls/<slug:slug>/selection/try/", calls.attempt, name="try"),
    path(
        "selection/calculations/<int:pk>/",
        calculations.calculation,
        name="calculation",
    ),
    path(
        "selection/calculations/<int:pk>/with-change/",
        calculations.try_mended,
        name="try_mended",
    ),
    path(
        "selection/calculations/<int:pk>/cancel/",
        calculations.cancel,
        name="cancel",
    ),
    path("calls/<slug:slug>/selection/repair/", repairs.repair, name="repair"),
    path("calls/<slug:slug>/offers/", offers.board, name="offers"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/balance/<slug:attribute>.svg", runs.picture, name="picture"),
    path("runs/<int:pk>/record.json", runs.record, name="record"),
    path("runs/<int:pk>/public-copy.json", proofs.public_copy, name="public_copy"),
    path("runs/<int:pk>/proof/", proofs.proof, name="proof"),
    path("runs/<int:pk>/costs/", runs.costs, name="costs"),
    path("runs/<int:pk>/verify/", runs.verify, name="verify"),
    path("runs/<int:pk>/compare/<int:other>/", runs.compare, name="compare"),
    path("runs/<int:pk>/nominees/<str:code>/", runs.decision, name="decision"),
    path("runs/<int:pk>/sign/", decisions.sign, name="sign"),
    path("runs/<int:pk>/exchange/", decisions.exchange, name="exchange"),
    path("runs/<int:pk>/announce/", decisions.announce, name="announce"),
    path("runs/<int:pk>/discard/", decisions.discard, name="discard"),
    path("offers/<str:code>/answer/", offers.answer, name="answer"),
    path("offers/<str:code>/give-back/", offers.give_back, name="give_back"),
    path("offers/<str:code>/pass-on/", offers.pass_on, name="pass_on"),
    path("link/offer/<str:token>/", links.offer, name="link_offer"),
]

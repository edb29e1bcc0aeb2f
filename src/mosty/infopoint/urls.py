"""Addresses of the app."""

from django.urls import path

from mosty.infopoint.views import (
    cited,
    codes,
    comparing,
    guides,
    imports,
    opinions,
    periods,
    points,
    recording,
    records,
    releases,
    retention,
    workshops,
)

app_name = "infopoint"
_POINT = "points/<slug:slug>"
_WORKSHOP = f"{_POINT}/workshops/<uuid:key>"
_CITED = f"{_POINT}/published/<int:pk>"
_GUIDE = f"{_POINT}/guides/<int:pk>"
_IMPORT = f"{_POINT}/imports/<int:pk>"
_RECORD = f"{_POINT}/records/<uuid:key>"
urlpatterns = [
    path("points/", points.index, name="index"),
    path("points/open/", points.open_point, name="open"),
    path(f"{_POINT}/record/", recording.record, name="record"),
    path(f"{_POINT}/records/", records.index, name="records"),
    path(f"{_POINT}/records/export/", records.export, name="export"),
    path(f"{_RECORD}/", records.record, name="consultation"),
    path(f"{_RECORD}/correct/", records.correct, name="correct"),
    path(f"{_RECORD}/withdraw/", records.withdraw, name="withdraw"),
    path(f"{_RECORD}/accept/", records.settle, {"accept": True}, name="accept"),
    path(f"{_RECORD}/refuse/", records.settle, {"accept": False}, name="refuse"),
    path(f"{_POINT}/periods/", periods.index, name="periods"),
    path(f"{_POINT}/periods/close/", periods.close, name="close"),
    path(f"{_POINT}/imports/", imports.index, name="imports"),
    path(f"{_POINT}/imports/template.xlsx", imports.workbook, name="import_template"),
    path(f"{_IMPORT}/", imports.imported, name="import"),
    path(f"{_IMPORT}/take-over/", imports.take_over, name="import_take_over"),
    path(f"{_IMPORT}/drop/", imports.drop, name="import_drop"),
    path(f"{_IMPORT}/withdraw/", imports.withdraw, name="import_withdraw"),
    path(f"{_POINT}/releases/", releases.index, name="releases"),
    path(f"{_POINT}/compared/join/", comparing.join, name="compared_join"),
    path(f"{_POINT}/compared/leave/", comparing.leave, name="compared_leave"),
    path(f"{_POINT}/releases/of/<int:year>/", releases.start, name="release_start"),
    path(f"{_POINT}/releases/<int:pk>/", releases.release, name="release"),
    path(
        f"{_POINT}/releases/<int:pk>/publish/",
        releases.publish,
        name="release_publish",
    ),
    path(
        f"{_POINT}/releases/<int:pk>/set-aside/",
        releases.set_aside,
        name="release_set_aside",
    ),
    path(f"{_POINT}/published/", cited.index, name="cited"),
    path(f"{_POINT}/published/add/", cited.cite, name="cite"),
    path(f"{_CITED}/correct/", cited.correct, name="cited_correct"),
    path(f"{_CITED}/take-out/", cited.take_out, name="cited_take_out"),
    path(f"{_POINT}/operators/", points.operators, name="operators"),
    path(f"{_POINT}/operators/start/", points.start, name="start"),
    path(f"{_POINT}/operators/<int:pk>/end/", points.end, name="end"),
    path(f"{_POINT}/lists/", codes.index, name="lists"),
    path(f"{_POINT}/lists/code/<int:pk>/", codes.change, name="code"),
    path(f"{_POINT}/lists/<slug:kind>/", codes.codes, name="codes"),
    path(f"{_POINT}/lists/<slug:kind>/add/", codes.add, name="code_add"),
    path(f"{_POINT}/workshops/", workshops.index, name="workshops"),
    path(f"{_POINT}/workshops/add/", workshops.record, name="workshop_add"),
    path(f"{_WORKSHOP}/", workshops.workshop, name="workshop"),
    path(f"{_WORKSHOP}/correct/", workshops.correct, name="workshop_correct"),
    path(f"{_WORKSHOP}/withdraw/", workshops.withdraw, name="workshop_withdraw"),
    path(f"{_POINT}/guides/", guides.index, name="guides"),
    path(f"{_POINT}/guides/add/", guides.publish, name="guide_add"),
    path(f"{_GUIDE}/correct/", guides.correct, name="guide_correct"),
    path(f"{_GUIDE}/end/", guides.end, name="guide_end"),
    path(f"{_POINT}/opinions/", opinions.index, name="opinions"),
    path(f"{_POINT}/opinions/poster.pdf", opinions.poster_pdf, name="poster"),
    path(f"{_POINT}/opinions/settings/", opinions.settings, name="opinion_settings"),
    path(f"{_POINT}/retention/", retention.rules, name="retention"),
    path(f"{_POINT}/settings/", points.settings, name="settings"),
]

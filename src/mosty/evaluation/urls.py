"""Addresses of the app."""

from django.urls import path

from mosty.evaluation.views import answering, questionnaires, results, surveys

app_name = "evaluation"
_SURVEY = "evaluation/surveys/<slug:code>"
_RESULTS = f"{_SURVEY}/results"
_QUESTIONS = "evaluation/questionnaires"
urlpatterns = [
    path("courses/<int:pk>/feedback/", surveys.course, name="course"),
    path("courses/<int:pk>/feedback/new/<slug:kind>/", surveys.new, name="new"),
    path(f"{_SURVEY}/", surveys.survey, name="survey"),
    path(f"{_SURVEY}/qr.svg", surveys.qr, name="qr"),
    path(f"{_SURVEY}/invite/", surveys.invite, name="invite"),
    path(f"{_SURVEY}/remind/", surveys.remind, name="remind"),
    path(f"{_SURVEY}/move/", surveys.move, name="move"),
    path(f"{_SURVEY}/close/", surveys.close, name="close"),
    path(f"{_RESULTS}/", results.page, name="results"),
    path(f"{_RESULTS}/quotes/", results.quotes, name="quotes"),
    path(f"{_RESULTS}/<slug:key>.svg", results.picture, name="picture"),
    path(f"{_RESULTS}.csv", results.export, {"kind": "csv"}, name="results_csv"),
    path(f"{_RESULTS}.xlsx", results.export, {"kind": "xlsx"}, name="results_xlsx"),
    path(f"{_QUESTIONS}/", questionnaires.index, name="questionnaires"),
    path(f"{_QUESTIONS}/new/<slug:programme>/", questionnaires.new, name="write"),
    path(f"{_QUESTIONS}/import/<slug:programme>/", questionnaires.bring, name="bring"),
    path(f"{_QUESTIONS}/<int:pk>/", questionnaires.one, name="questionnaire"),
    path(f"{_QUESTIONS}/<int:pk>/edit/", questionnaires.edit, name="edit"),
    path(f"{_QUESTIONS}/<int:pk>/form.xlsx", questionnaires.form, name="xlsform"),
    path(f"{_QUESTIONS}/<int:pk>/compare/", results.compare, name="compare"),
    path("link/feedback/<str:token>/", answering.answer, name="answer"),
]

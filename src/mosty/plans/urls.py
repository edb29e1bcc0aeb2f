"""Addresses of the app."""

from django.urls import path

from mosty.plans.views import (
    answering,
    board,
    course,
    drafting,
    overview,
    papers,
    partners,
    plans,
)

app_name = "plans"
_PLAN = "plans/plan/<str:code>"
_LINK = "link/course/<str:token>/plan"
urlpatterns = [
    path("plans/", plans.index, name="index"),
    path("plans/begin/", plans.begin, name="begin"),
    path("plans/actions/", overview.overview, name="overview"),
    path("plans/partners/<int:pk>/", partners.partner, name="partner"),
    path("plans/help/", board.board, name="board"),
    path("plans/help/add/", board.add, name="board_add"),
    path("plans/help/<int:pk>/answer/", board.answer, name="board_answer"),
    path("plans/help/<int:pk>/end/", board.end, name="board_end"),
    path(f"{_PLAN}/", plans.plan, name="plan"),
    path(f"{_PLAN}/write/", drafting.edit, name="edit"),
    path(f"{_PLAN}/sign/", plans.sign, name="sign"),
    path(f"{_PLAN}/revise/", plans.revise, name="revise"),
    path(f"{_PLAN}/close/", plans.close, name="close"),
    path(f"{_PLAN}/share/", plans.share, name="share"),
    path(f"{_PLAN}/share/<int:pk>/", plans.share_line, name="share_line"),
    path(f"{_PLAN}/check-in/<int:months>/", answering.check_in, name="check_in"),
    path(f"{_PLAN}/evidence/<int:pk>/", answering.evidence, name="evidence"),
    path(f"{_PLAN}/table/", papers.table, name="table"),
    path(f"{_PLAN}/bring/", papers.bring, name="bring"),
    path(f"{_PLAN}/sheet.pdf", papers.sheet, name="sheet"),
    path(f"{_PLAN}/plan.pdf", papers.pdf, name="pdf"),
    path(f"{_PLAN}/plan.docx", papers.docx, name="docx"),
    path("courses/<int:pk>/plans/", course.course, name="course"),
    path("courses/<int:pk>/plan-sheets.pdf", papers.course_sheets, name="sheets"),
    path(f"{_LINK}/", drafting.link_draft, name="link_draft"),
    path(f"{_LINK}/sheet.pdf", papers.link_sheet, name="link_sheet"),
    path(f"{_LINK}/partners/<int:pk>/", partners.link_partner, name="link_partner"),
    path("link/plan/<str:token>/", answering.link_check_in, name="link_check_in"),
]

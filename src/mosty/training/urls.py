"""Addresses of the app."""

from django.urls import path

from mosty.training.models.attendance import Way
from mosty.training.views import (
    attendance,
    calendars,
    certificates,
    checkin,
    checking,
    designs,
    group_prints,
    groups,
    holding,
    materials,
    materials_reading,
    my_course,
    roster,
    timetable,
)

app_name = "training"
_CERTIFICATES = "courses/<int:pk>/certificates"
_ONE = "courses/certificates/<str:serial>"
_HELD = "link/course/<str:token>/certificate"
_ROSTER = "courses/<int:pk>/roster"
_MATERIALS = "courses/<int:pk>/materials"
_MATERIAL = f"{_MATERIALS}/<int:material>"
_READ = "<slug:programme>/courses/<slug:course>/materials"
_LINK = "link/course/<str:token>/materials"
_ATTENDANCE = "courses/<int:pk>/attendance"
_SESSION = f"{_ATTENDANCE}/<int:session>"
_GROUPS = "courses/<int:pk>/groups"
urlpatterns = [
    path(f"{_ROSTER}/", roster.roster, name="roster"),
    path(f"{_ROSTER}.csv", roster.export, {"kind": "csv"}, name="roster_csv"),
    path(f"{_ROSTER}.xlsx", roster.export, {"kind": "xlsx"}, name="roster_xlsx"),
    path(f"{_ROSTER}.pdf", roster.sheets, name="sheets"),
    path(f"{_ROSTER}/<slug:key>.pdf", roster.sheets, name="sheet"),
    path("courses/<int:pk>/timetable/", timetable.timetable, name="timetable"),
    path("training/calendar/", calendars.mine, name="my_calendar"),
    path("link/course/<str:token>/", my_course.my_course, name="link_course"),
    path("link/calendar/<str:token>.ics", calendars.feed, name="link_calendar"),
    path(f"{_MATERIALS}/", materials.desk, name="materials"),
    path(f"{_MATERIALS}/add/", materials.add, name="material_add"),
    path(f"{_MATERIALS}/add-link/", materials.add_link, name="material_add_link"),
    path(f"{_MATERIAL}/change/", materials.change, name="material_change"),
    path(f"{_MATERIAL}/new-version/", materials.renew, name="material_renew"),
    path(f"{_MATERIAL}/withdraw/", materials.withdraw, name="material_withdraw"),
    path(
        f"{_MATERIAL}/versions/<int:number>/",
        materials.version,
        name="material_version",
    ),
    path(f"{_READ}/<int:pk>/", materials_reading.course_file, name="material_file"),
    path(f"{_READ}.zip", materials_reading.course_zip, name="materials_zip"),
    path(f"{_LINK}/<int:pk>/", materials_reading.link_file, name="link_material_file"),
    path(f"{_LINK}.zip", materials_reading.link_zip, name="link_materials_zip"),
    path(f"{_ATTENDANCE}/", attendance.table, name="attendance"),
    path(f"{_ATTENDANCE}.csv", attendance.export, {"kind": "csv"}, "attendance_csv"),
    path(f"{_ATTENDANCE}.xlsx", attendance.export, {"kind": "xlsx"}, "attendance_xlsx"),
    path(f"{_ATTENDANCE}/rule/", attendance.rule, name="completion_rule"),
    path(f"{_SESSION}/", attendance.session, {"way": Way.ROSTER}, "attendance_session"),
    path(
        f"{_SESSION}/sheet/", attendance.session, {"way": Way.SHEET}, "attendance_sheet"
    ),
    path(f"{_SESSION}/screen/", checkin.screen, name="screen"),
    path("check-in/<int:pk>/done/", checkin.checked_in, name="checked_in"),
    path("check-in/<int:pk>/<str:code>/", checkin.check_in, name="check_in"),
    path(f"{_CERTIFICATES}/", certificates.index, name="certificates"),
    path(f"{_CERTIFICATES}/issue/", certificates.issue, name="issue"),
    path(f"{_CERTIFICATES}.zip", certificates.archive, name="certificates_zip"),
    path(f"{_CERTIFICATES}/design/", designs.design, name="certificate_design"),
    path(f"{_CERTIFICATES}/logos/", designs.logos, name="certificate_logos"),
    path(
        f"{_CERTIFICATES}/logos/<slug:digest>.png",
        designs.logo,
        name="certificate_logo",
    ),
    path(f"{_CERTIFICATES}/specimen.png", designs.preview, name="specimen"),
    path(
        f"{_CERTIFICATES}/<str:code>/exception/",
        certificates.exception,
        name="certificate_exception",
    ),
    path("courses/issuing/<int:pk>/", certificates.issuing, name="issuing"),
    path(
        "courses/issuing/<int:pk>/cancel/", certificates.cancel, name="cancel_issuing"
    ),
    path(f"{_ONE}/", certificates.certificate, name="certificate"),
    path(f"{_ONE}.pdf", certificates.pdf, name="certificate_pdf"),
    path(f"{_ONE}/revoke/", certificates.revoke, name="revoke"),
    path(f"{_ONE}/reissue/", certificates.reissue, name="reissue"),
    path("certificates/", checking.form, name="check_form"),
    path("certificates/<str:serial>/", checking.check, name="check"),
    path(f"{_HELD}/", holding.certificate, name="link_certificate"),
    path(f"{_HELD}.pdf", holding.pdf, name="link_certificate_pdf"),
    path(f"{_HELD}.jwt", holding.badge_json, name="link_badge"),
    path(f"{_HELD}.png", holding.badge_png, name="link_badge_png"),
    path(f"{_GROUPS}/", groups.groups, name="groups"),
    path(f"{_GROUPS}/make/", groups.make, name="groups_make"),
    path(f"{_GROUPS}/change/", groups.change, name="groups_change"),
    path(f"{_GROUPS}/again/", groups.remix, name="groups_remix"),
    path(f"{_GROUPS}/<int:number>/held/", groups.hold, name="groups_hold"),
    path(f"{_GROUPS}/<int:number>.pdf", group_prints.sheets, name="group_sheets"),
    path(f"{_GROUPS}/<int:number>-list.pdf", group_prints.wall, name="group_list"),
    path("courses/<int:pk>/name-tents.pdf", group_prints.tents, name="name_tents"),
]

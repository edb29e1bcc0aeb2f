"""Addresses of the app."""

from django.urls import path

from mosty.programmes.views import content, courses, programmes, sessions

app_name = "programmes"
_COURSE = "<slug:programme>/edit/courses/<slug:course>/"
urlpatterns = [
    path("programmes/", programmes.index, name="index"),
    path("programmes/new/", programmes.create, name="create"),
    path("<slug:programme>/edit/", programmes.plan, name="plan"),
    path("<slug:programme>/edit/details/", programmes.edit, name="edit"),
    path("<slug:programme>/edit/partners/", programmes.partners, name="partners"),
    path("<slug:programme>/edit/publish/", programmes.publish, name="publish"),
    path("<slug:programme>/edit/hide/", programmes.unpublish, name="unpublish"),
    path("<slug:programme>/edit/new-course/", courses.create, name="create_course"),
    path(_COURSE, courses.plan, name="course_plan"),
    path(f"{_COURSE}details/", courses.edit, name="edit_course"),
    path(f"{_COURSE}topics/", content.topics, name="topics"),
    path(f"{_COURSE}provisions/", content.provisions, name="provisions"),
    path(f"{_COURSE}sessions/", sessions.sessions, name="sessions"),
    path(f"{_COURSE}publish/", courses.publish, name="publish_course"),
    path(f"{_COURSE}hide/", courses.unpublish, name="unpublish_course"),
    path(f"{_COURSE}delete/", courses.discard, name="discard_course"),
    path(f"{_COURSE}clone/", courses.clone, name="clone_course"),
]

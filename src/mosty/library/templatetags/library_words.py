"""How the library's pages show citations, frames and addresses of courses."""

from django import template
from django.urls import reverse
from django.utils.html import escape

from mosty.library.common import linked
from mosty.library.common.citing import Source, as_text
from mosty.programmes.models import Course

register = template.Library()


@register.filter
def cited(source: Source) -> str:
    """Return a citation in a line."""
    return as_text(source)


@register.filter
def frame(path: str, title: str) -> str:
    """Return what others copy into their page to show a card; shown as text."""
    return (
        f'<iframe src="{escape(linked.absolute(path))}" title="{escape(title)}" '
        'width="420" height="320" loading="lazy"></iframe>'
    )


@register.filter
def course_url(course: Course) -> str:
    """Return the address of a course's page."""
    return reverse("public:course", args=[course.programme.slug, course.slug])

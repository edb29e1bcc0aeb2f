"""Pages about people, for those who may know them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from mosty.audit.downloads import as_file, asked_for
from mosty.directory.forms import PersonFilter
from mosty.directory.members import DirectoryRequest
from mosty.directory.models import Person
from mosty.directory.queries import people as queries
from mosty.directory.views.doors import members_only


@require_safe
@members_only
def people(request: DirectoryRequest) -> HttpResponse:
    form = PersonFilter(request.GET, user=request.user)
    if asked_for(request):
        header = (_("Code"), _("Person"), _("E-mail"), _("Posts"), _("Fictional"))
        rows = (
            (
                r.code,
                r.name,
                r.email,
                "; ".join(
                    f"{p.title or p.department}, {p.organisation}" for p in r.posts
                ),
                _("yes") if r.fictional else _("no"),
            )
            for r in queries.export(request.user, form)
        )
        return as_file(request, _("People"), header, rows, what="people", of=Person)
    context = {"form": form, "people": queries.people(request.user, request.GET, form)}
    return render(request, "directory/people.html", context)


@require_safe
@members_only
def person(request: DirectoryRequest, code: str) -> HttpResponse:
    shown = get_object_or_404(queries.with_posts(request.user), code=code)
    return render(request, "directory/person.html", {"person": queries.row(shown)})

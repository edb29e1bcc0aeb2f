"""Keeping the search in step: called in the transaction of what changes who reads a plan."""

from mosty.library.actions import search
from mosty.library.models import Sort
from mosty.plans.models import Plan
from mosty.plans.queries import found
from mosty.programmes.models import Programme


def renew(plan: Plan) -> None:
    """Let ``plan`` be found as everybody sees it now, or no longer."""
    # As it stands in the database: whoever calls may hold an older one.
    public = found.public().filter(pk=plan.pk).first()
    document = found.document_of(public) if public else None
    if document is None:
        search.forget(kind=Sort.PLAN, key=plan.code)
    else:
        search.index(document)


def programme_changed(programme: Programme) -> None:
    """Let the plans of a programme be found only as long as it is published."""
    for plan in Plan.objects.filter(programme=programme, signed_version__gte=1):
        renew(plan)

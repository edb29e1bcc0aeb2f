"""Plans as the search finds them: what everybody sees of a plan that was signed off."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse

from mosty.library.models import Sort
from mosty.library.sources import Document, Text
from mosty.plans.content import read, shown
from mosty.plans.models import Action, Plan, Visibility
from mosty.plans.queries.contents import signed


def public() -> QuerySet[Plan]:
    """Return the plans that whoever is not signed in may read."""
    return Plan.objects.filter(
        visibility=Visibility.PUBLIC,
        programme__is_published=True,
        signed_version__gte=1,
    ).select_related("owner", "programme")


def documents() -> Iterator[Document]:
    """Yield every plan that everybody may read."""
    for plan in public():
        if found := document_of(plan):
            yield found


def document_of(plan: Plan) -> Document | None:
    """Return what is found of ``plan``: its signed version, without lines not public."""
    version = signed(plan)
    if version is None:
        return None
    circles = dict(Action.objects.filter(plan=plan).values_list("pk", "visibility"))
    content = shown(read(version.content), circles, Visibility.PUBLIC)
    said = [aim.text for aim in content.aims]
    for line in content.lines:
        said += [line.what, line.output.text, line.result.text]
    return Document(
        kind=Sort.PLAN,
        key=plan.code,
        url=reverse("plans:plan", args=[plan.code]),
        texts=(
            Text(
                content.language,
                content.title,
                content.context,
                "\n".join(filter(None, said)),
            ),
        ),
        city=plan.owner,
        day=plan.programme.local(version.signed_at).date(),
    )

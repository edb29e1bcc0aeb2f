"""Which plans build on a practice, as far as the reader sees them."""

from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse

from mosty.library.models import Practice
from mosty.library.uses import Use
from mosty.plans import content as contents
from mosty.plans import policies
from mosty.plans.content import Content, read
from mosty.plans.models import Action, Plan, PlanVersion
from mosty.programmes.policies import Viewer

# The newest; whoever wants all reads the list of plans.
_MOST = 30


def of_practice(practice: Practice, viewer: Viewer) -> list[Use]:
    """
    Return the plans with a line that builds on ``practice`` and is open to ``viewer``.

    Rows for whoever reads the draft, what was signed off last for all others; one query,
    and two more where some plan may count.
    """
    slug = practice.slug
    rows = Action.objects.filter(plan=OuterRef("pk"), practices__contains=[slug])
    signed = PlanVersion.objects.filter(
        plan=OuterRef("pk"),
        number=OuterRef("signed_version"),
        content__contains={"aims": [{"lines": [{"practices": [{"key": slug}]}]}]},
    )
    seen = policies.with_sight(viewer, policies.visible_to(viewer))
    plans = list(
        seen.filter(Q(Exists(rows)) | Q(Exists(signed)))
        .select_related("owner")
        .order_by("-made_at", "-pk")[:_MOST]
    )
    if not plans:
        return []
    circles: dict[int, dict[int, int]] = {}
    drafted: set[tuple[int, int]] = set()
    for action in Action.objects.filter(plan__in=plans):
        circles.setdefault(action.plan_id, {})[action.pk] = action.visibility
        if slug in action.practices:
            drafted.add((action.plan_id, action.visibility))
    versions: dict[int, Content] = {
        version.plan_id: read(version.content)
        for version in PlanVersion.objects.filter(
            plan__in=plans, number=F("plan__signed_version")
        )
    }
    return [
        _use(plan)
        for plan in plans
        if _builds(plan, slug, drafted, versions.get(plan.pk), circles.get(plan.pk, {}))
    ]


def _builds(
    plan: Plan,
    slug: str,
    drafted: set[tuple[int, int]],
    version: Content | None,
    circles: dict[int, int],
) -> bool:
    """Test if a line of ``plan`` that its reader sees builds on the practice."""
    sight = policies.sight_behind(plan.sight)  # type: ignore[attr-defined]  # annotated
    if sight.draft and (plan.state == Plan.State.DRAFT or version is None):
        return any(key == plan.pk and circle >= sight.level for key, circle in drafted)
    return version is not None and any(
        one.key == slug
        for line in contents.shown(version, circles, sight.level).lines
        for one in line.practices
    )


def _use(plan: Plan) -> Use:
    reads_draft = policies.sight_behind(plan.sight).draft  # type: ignore[attr-defined]
    return Use(
        plan.title if reads_draft else plan.signed_title,
        plan.language,
        str(plan.owner),
        reverse("plans:plan", args=[plan.code]),
        plan.is_fictional,
    )

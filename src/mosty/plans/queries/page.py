"""The page of a plan: as much of it as the reader sees."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from mosty.plans import content as contents
from mosty.plans import policies
from mosty.plans.content import Content, as_json, digest, read
from mosty.plans.models import Action, Evidence, Plan, PlanVersion, Report
from mosty.plans.policies import Sight
from mosty.plans.queries import links
from mosty.plans.queries.check_ins import CheckInRow, FileRow, rows_of
from mosty.plans.queries.contents import live
from mosty.programmes.policies import Viewer


@dataclass(frozen=True, slots=True)
class Told:
    """What was last said of an action."""

    status: str
    percent: int
    reported_at: datetime | None
    happened: str = ""
    evidence_url: str = ""
    # For the city and the coordinator alone.
    obstacle: str = ""
    files: tuple[FileRow, ...] = ()


@dataclass(frozen=True, slots=True)
class PlanPage:
    """A plan as one reader sees it."""

    plan: Plan
    sight: Sight
    content: Content
    told: Mapping[int, Told]
    # The number of the version shown; 0: the rows as they are.
    version: int
    versions: tuple[PlanVersion, ...]
    check_ins: tuple[CheckInRow, ...]
    is_own: bool
    # What whoever signs has read.
    sha256: str

    @property
    def is_draft(self) -> bool:
        """Test if what is shown is not signed off."""
        return self.version == 0


def plan_page(plan: Plan, user: Viewer, now: datetime) -> PlanPage:
    """Return the plan as ``user``, who may see it, sees it; about ten queries."""
    sight = policies.sight(user, plan)
    versions = tuple(PlanVersion.objects.filter(plan=plan).order_by("-number"))
    shows_rows = plan.state == Plan.State.DRAFT and sight.draft
    whole = live(plan) if shows_rows or not versions else read(versions[0].content)
    actions = list(Action.objects.filter(plan=plan))
    circles = {action.pk: action.visibility for action in actions}
    return PlanPage(
        plan=plan,
        sight=sight,
        content=links.opened(contents.shown(whole, circles, sight.level), plan, user),
        told=_told(actions, sight),
        version=0 if shows_rows or not versions else versions[0].number,
        versions=versions,
        check_ins=tuple(rows_of(plan, plan.programme.local(now).date())),
        is_own=policies.speaks_for(user, plan),
        sha256=digest(as_json(whole)),
    )


def _told(actions: list[Action], sight: Sight) -> dict[int, Told]:
    """Return the last report on each action that the reader sees; two queries."""
    seen = {one.pk: one for one in actions if one.visibility >= sight.level}
    last: dict[int, Report] = {}
    for report in Report.objects.filter(action__in=seen).order_by("said_at", "pk"):
        action = seen[report.action_id]
        # A correction of an earlier check-in is not what holds now.
        if report.said_at == action.reported_at:
            last[report.action_id] = report
    files: dict[int, list[FileRow]] = {}
    if sight.everything and last:
        for file in Evidence.objects.filter(
            report__in=[report.pk for report in last.values()]
        ).order_by("pk"):
            files.setdefault(file.report_id, []).append(FileRow(file.pk, file.name))
    return {
        pk: Told(
            action.status,
            action.percent,
            action.reported_at,
            last[pk].happened if pk in last else "",
            last[pk].evidence_url if pk in last else "",
            last[pk].obstacle if pk in last and sight.everything else "",
            tuple(files.get(last[pk].pk, ())) if pk in last else (),
        )
        for pk, action in seen.items()
    }


def version_content(plan: Plan, number: int, user: Viewer) -> Content | None:
    """Return the plan as it was signed off under ``number``, as far as ``user`` may know."""
    found = PlanVersion.objects.filter(plan=plan, number=number).first()
    return links.opened(read(found.content), plan, user) if found else None

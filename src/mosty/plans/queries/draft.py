"""The draft on one screen: its rows with the versions that a save is held against."""

from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from mosty.plans.content import Line
from mosty.plans.models import Action, HelpNote, Objective, Plan, Report
from mosty.plans.queries import links
from mosty.plans.queries.contents import line_of


@dataclass(frozen=True, slots=True)
class ActionRow:
    """One action on the screen."""

    key: str
    line: Line
    version: int
    # A check-in has spoken of it: it stays.
    is_reported: bool
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class ObjectiveRow:
    """One objective with its actions."""

    key: str
    pk: int
    number: int
    text: str
    version: int
    actions: tuple[ActionRow, ...]
    is_first: bool
    is_last: bool

    @property
    def new_key(self) -> str:
        """Return what names the action that may be added here."""
        return f"new-{self.pk}"


@dataclass(frozen=True, slots=True)
class Draft:
    """The whole of it."""

    plan: Plan
    objectives: tuple[ObjectiveRow, ...]

    @property
    def count(self) -> int:
        """Return how many actions there are."""
        return sum(len(row.actions) for row in self.objectives)


def draft(plan: Plan) -> Draft:
    """Return the draft; two queries, and up to three for links."""
    objectives = list(Objective.objects.filter(plan=plan).order_by("order", "pk"))
    by_objective: dict[int, list[Action]] = {}
    actions = list(
        Action.objects.filter(plan=plan)
        .annotate(
            is_reported=Exists(Report.objects.filter(action=OuterRef("pk")))
            | Exists(HelpNote.objects.filter(action=OuterRef("pk")))
        )
        .order_by("order", "pk")
    )
    known = links.named(plan, actions)
    for action in actions:
        by_objective.setdefault(action.objective_id, []).append(action)
    return Draft(
        plan,
        tuple(
            _objective(
                row, number, len(objectives), by_objective.get(row.pk, []), known
            )
            for number, row in enumerate(objectives, 1)
        ),
    )


def _objective(
    row: Objective, number: int, count: int, actions: list[Action], known: links.Named
) -> ObjectiveRow:
    return ObjectiveRow(
        key=f"objective-{row.pk}",
        pk=row.pk,
        number=number,
        text=row.text,
        version=row.version,
        actions=tuple(
            ActionRow(
                key=f"action-{action.pk}",
                line=line_of(action, f"{number}.{place}", known),
                version=action.version,
                is_reported=action.is_reported,  # type: ignore[attr-defined]  # annotated
                is_first=place == 1,
                is_last=place == len(actions),
            )
            for place, action in enumerate(actions, 1)
        ),
        is_first=number == 1,
        is_last=number == count,
    )

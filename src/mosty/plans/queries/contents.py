"""A plan as it is now, and as it was signed off."""

from mosty.plans.content import Aim, Content, Indicator, Line
from mosty.plans.models import LINKS, Action, Objective, Plan, PlanVersion
from mosty.plans.queries import links


def live(plan: Plan) -> Content:
    """Return the plan as its rows are now; two queries, and up to three for links."""
    rows = list(Action.objects.filter(plan=plan).order_by("order", "pk"))
    known = links.named(plan, rows)
    actions: dict[int, list[Action]] = {}
    for action in rows:
        actions.setdefault(action.objective_id, []).append(action)
    objectives = Objective.objects.filter(plan=plan).order_by("order", "pk")
    return Content(
        title=plan.title,
        context=plan.context,
        language=plan.language,
        aims=tuple(
            Aim(
                objective.pk,
                str(place),
                objective.text,
                tuple(
                    line_of(action, f"{place}.{number}", known)
                    for number, action in enumerate(actions.get(objective.pk, ()), 1)
                ),
            )
            for place, objective in enumerate(objectives, 1)
        ),
    )


def line_of(action: Action, number: str, known: links.Named) -> Line:
    """Return one action as data; ``known`` is what it is linked with."""
    return Line(
        pk=action.pk,
        code=action.code,
        number=number,
        what=action.what,
        lead=action.lead,
        partners=action.partners,
        starts_on=action.starts_on,
        ends_on=action.ends_on,
        resources=action.resources,
        risk=action.risk,
        output=Indicator(
            action.output,
            action.output_unit,
            action.output_baseline,
            action.output_target,
        ),
        result=Indicator(
            action.result,
            action.result_unit,
            action.result_baseline,
            action.result_target,
        ),
        topic=_languages(action.topic),
        visibility=action.visibility,
        **{name: links.of(action, name, known) for name in LINKS},
    )


def _languages(text: object) -> dict[str, str]:
    data = getattr(text, "data", text)
    if isinstance(data, dict):
        return {code: str(words) for code, words in data.items() if words}
    return {"en": str(data)} if data else {}


def signed(plan: Plan) -> PlanVersion | None:
    """Return the version that was signed off last; one query."""
    return PlanVersion.objects.filter(plan=plan).order_by("-number").first()

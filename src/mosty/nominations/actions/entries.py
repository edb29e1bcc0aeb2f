"""What is entered of one person, and how it is held against the rules."""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from mosty.directory.models import Organisation
from mosty.kernel.refusal import Refusal
from mosty.kernel.tokens import new_code
from mosty.nominations.models import Call, Invitation, Nomination
from mosty.nominations.queries import participants
from mosty.nominations.rules import Rules
from mosty.nominations.rules.check import Breach, Entry, breaches, over_the_most, say

# Said of what enters a draw, once its seed is known.
SETTLED = _("The seed of the draw is known: what enters the draw is settled.")


class CannotNominate(Refusal):
    """The nomination is not possible now, or under these rules."""


@dataclass(frozen=True, slots=True)
class Person:
    """What a form or a row of a file says of the person nominated."""

    given_name: str
    family_name: str
    email: str
    department: str
    level: str
    gender: str = "unstated"
    language: str = "pl"
    position: str = ""
    in_post_since: date | None = None
    motivation: str = ""
    is_fictional: bool = False

    def onto(self, nomination: Nomination) -> Nomination:
        """Write these values onto ``nomination``, which is not saved."""
        for name, value in asdict(self).items():
            setattr(nomination, name, value)
        return nomination


def check_person(
    *, rules: Rules, person: Person, organisation: Organisation, takes_part: bool
) -> list[Breach]:
    """Return which rules about a person are not kept."""
    return breaches(
        rules,
        Entry(
            organisation=organisation.slug,
            takes_part=takes_part,
            department=person.department,
            level=person.level,
            in_post_since=person.in_post_since,
        ),
    )


def require_open(call: Call, now: datetime) -> None:
    """
    Go on only while the call takes nominations.

    :raises CannotNominate: if it is not open; the sentence says why.
    """
    if call.is_open(now):
        return
    if call.state == Call.State.PUBLISHED and now < call.opens_at:
        raise CannotNominate(_("This call is not open yet."))
    if call.is_closed(now):
        raise CannotNominate(
            _("This call has closed. Nominations can no longer be added or changed.")
        )
    raise CannotNominate(_("This call does not take nominations."))


def lock(call: Call, organisation: Organisation) -> Invitation:
    """
    Return the city's row in the call, locked: one act at a time for one city.

    Made where the call never went to the city, as when a secretariat nominates for it.
    """
    return _locked(Invitation.objects.all(), call, organisation)


def lock_and_see(call: Call, organisation: Organisation) -> tuple[Invitation, bool]:
    """Do what :func:`lock` does; return the invitation, and if the call is for the city."""
    here = participants.for_call(call).filter(pk=OuterRef("organisation"))
    found = _locked(
        Invitation.objects.annotate(takes_part=Exists(here)), call, organisation
    )
    return found, bool(found.takes_part)  # type: ignore[attr-defined]  # annotated


def _locked(
    rows: QuerySet[Invitation], call: Call, organisation: Organisation
) -> Invitation:
    own = rows.select_for_update(of=("self",)).filter(
        call=call, organisation=organisation
    )
    found = own.first()
    if found is None:
        Invitation.objects.get_or_create(
            call=call, organisation=organisation, defaults={"code": new_code()}
        )
        found = own.get()
    return found


def require_rules(
    *,
    call: Call,
    organisation: Organisation,
    person: Person,
    takes_part: bool,
    draft: bool,
    others: int | None,
) -> None:
    """
    Go on only if the rules allow the nomination.

    ``takes_part`` says if the call is for the city. A ``draft`` may still leave rules
    about the person open. ``others``, how many more the city has nominated, is ``None``
    where the number of nominations stays.

    :raises CannotNominate: naming every rule that is not kept, by form field.
    """
    rules = call.rules
    found = check_person(
        rules=rules,
        person=person,
        organisation=organisation,
        takes_part=takes_part,
    )
    if draft:
        found = [breach for breach in found if breach.field == "organisation"]
    over = over_the_most(rules, others) if others is not None else None
    if over is not None:
        found.append(over)
    if found:
        raise CannotNominate(
            " ".join(say(breach, rules) for breach in found),
            fields=by_field(found, rules),
        )


def by_field(found: Iterable[Breach], rules: Rules) -> Mapping[str, str]:
    """Return the sentences of breaches by the form field they concern."""
    said: dict[str, str] = {}
    for breach in found:
        before = said.get(breach.field)
        sentence = say(breach, rules)
        said[breach.field] = f"{before} {sentence}" if before else sentence
    return said

"""What two runs were made from, side by side: rules, nominations and seed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from mosty.directory.models import Organisation
from mosty.nominations.queries import participants
from mosty.nominations.rules import Quota, Rules
from mosty.nominations.rules.labels import attribute_label, value_label
from mosty.nominations.rules.words import (
    how_many,
    priority_words,
    quota_words,
    sentences,
)
from mosty.selection.models import Run
from mosty.selection.queries.pool import UNKNOWN
from mosty.selection.queries.seeds import source_of
from mosty.selection.words import whom

NOTHING = "–"
# Lists longer than this are read by nobody.
MOST_LISTED = 50


@dataclass(frozen=True, slots=True)
class Differing:
    """One thing that is not the same in both runs, in words; ``field`` is of the rules."""

    what: str
    before: str
    after: str
    field: str = ""

    def in_words(self) -> str:
        """Return the difference as an item after a colon."""
        return f"{self.what}: {self.before} → {self.after}"


@dataclass(frozen=True, slots=True)
class Pools:
    """Whose nomination counts in one run only, and what differs of whom in both."""

    only_before: list[str]
    only_after: list[str]
    changed: Mapping[str, list[Differing]]

    @property
    def is_same(self) -> bool:
        """Test if both runs know the same people, and the same of each."""
        return not (self.only_before or self.only_after or self.changed)


def rules(before: Rules, after: Rules) -> list[Differing]:
    """Return what differs in the rules, in the order in which they are read."""
    return [one for one in _rules(before, after) if one.before != one.after]


def _rules(before: Rules, after: Rules) -> Iterator[Differing]:
    names = {**participants.names(before), **participants.names(after)}

    def both(what: str, say: Callable[[Rules], object], field: str) -> Differing:
        return Differing(what, str(say(before)), str(say(after)), field)

    yield both(_("Seats"), lambda one: one.seats, "seats")
    yield both(_("How many a city nominates"), how_many, "least")
    yield both(_("Places on the reserve list"), lambda one: one.reserve, "reserve")
    yield both(
        _("Cities that take part"),
        lambda one: _sentence(one, "members_of", names),
        "members_of",
    )
    yield both(
        _("Units and posts"),
        lambda one: _sentence(one, "departments", names),
        "departments",
    )
    yield both(
        _("The nominated person must confirm"),
        lambda one: _("yes") if one.must_confirm else _("no"),
        "must_confirm",
    )
    yield both(
        _("New in post: below so many months"),
        lambda one: one.new_in_post_months,
        "new_in_post_months",
    )
    yield from _quotas(before, after)
    yield from _priorities(before, after)


def _sentence(one: Rules, field: str, names: Mapping[str, str]) -> str:
    """Return a rule as the call's page says it."""
    return next(
        (
            f"{found.lead} {found.text}".strip()
            for found in sentences(one, names)
            if found.field == field
        ),
        NOTHING,
    )


def _quotas(before: Rules, after: Rules) -> Iterator[Differing]:
    old, new = (
        {(quota.attribute, quota.value): quota for quota in one.quotas}
        for one in (before, after)
    )

    def said(quota: Quota | None, label: str) -> str:
        if quota is None:
            return NOTHING
        return quota_words(quota).removeprefix(f"{label}: ").rstrip(".")

    for key in {**old, **new}:
        label = whom(*key)
        yield Differing(
            _("Limit (%(whom)s)") % {"whom": label},
            said(old.get(key), label),
            said(new.get(key), label),
            "quotas",
        )


def _priorities(before: Rules, after: Rules) -> Iterator[Differing]:
    """Yield each priority whose place in the order differs, or which one run lacks."""
    old, new = (
        {
            priority_words(priority, one).rstrip("."): str(number)
            for number, priority in enumerate(one.priorities, 1)
        }
        for one in (before, after)
    )
    for text in {**old, **new}:
        yield Differing(
            _("Place of a priority (%(words)s)") % {"words": text},
            old.get(text, NOTHING),
            new.get(text, NOTHING),
            "priorities",
        )


def earlier(run: Run, other: Run) -> list[Differing]:
    """Return which cities' earlier seats were counted otherwise, where both runs count."""
    old, new = (_had(one) for one in (run, other))
    if old is None or new is None:
        return []
    cities = [
        city for city in sorted({**old, **new}) if old.get(city, 0) != new.get(city, 0)
    ]
    names = dict(
        Organisation.objects.filter(slug__in=cities).values_list("slug", "short_name")
    )
    return [
        Differing(
            _("Earlier seats (%(city)s)") % {"city": names.get(city, city)},
            str(old.get(city, 0)),
            str(new.get(city, 0)),
            "earlier",
        )
        for city in cities
    ]


def _had(run: Run) -> Mapping[str, int] | None:
    """Return the earlier seats that the run went by, or None if it asked for none."""
    return next(
        (
            priority["seats"]
            for priority in run.record["input"]["priorities"]
            if priority["kind"] == "memory"
        ),
        None,
    )


def pools(
    run: Run, other: Run, before: Mapping[int, str], after: Mapping[int, str]
) -> Pools:
    """
    Return how the nominations differ, from the two records.

    ``before`` and ``after`` are the codes of everybody whom each run decided about.
    """
    old, new = (_attributes(one) for one in (run, other))
    # Who is new in her post is said by the rules' months; other months, other people.
    if run.rules["new_in_post_months"] != other.rules["new_in_post_months"]:
        for attributes in (*old.values(), *new.values()):
            attributes.pop("new_in_post", None)
    changed = {
        code: [
            Differing(
                attribute_label(name), _value(name, old[code]), _value(name, new[code])
            )
            for name in {**old[code], **new[code]}
            if old[code].get(name) != new[code].get(name)
        ]
        for code in sorted(old.keys() & new.keys())
        if old[code] != new[code]
    }
    return Pools(
        sorted(code for key, code in before.items() if key not in after),
        sorted(code for key, code in after.items() if key not in before),
        changed,
    )


def _attributes(run: Run) -> dict[str, dict[str, str]]:
    return {
        person["code"]: dict(person["attributes"])
        for person in run.record["input"]["candidates"]
    }


def _value(name: str, attributes: Mapping[str, str]) -> str:
    value = attributes.get(name, "")
    if value in ("", UNKNOWN):
        return _("not known")
    return value_label(name, value)


def seed(run: Run, other: Run) -> Differing | None:
    """Return both seeds, or None if they are one and the same."""
    if run.seed == other.seed:
        return None
    return Differing(_("Seed of the draw"), _seed(run), _seed(other))


def _seed(run: Run) -> str:
    source = source_of(run)
    return f"{run.seed} ({source})" if source else run.seed

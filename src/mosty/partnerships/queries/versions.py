"""Frozen versions, and what has changed between two."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from mosty.partnerships.comparing import Comparison, TieNames, compare
from mosty.partnerships.content import MapSays, from_json
from mosty.partnerships.models import MapVersion, StakeholderMap, Tie, TieKind
from mosty.partnerships.queries.maps import ActorRow, TieRow, actor_rows, tie_rows
from mosty.partnerships.queries.saying import said_by
from mosty.ui import dates

NOW = 0
FIELDS = {
    "name": gettext_lazy("name"),
    "function": gettext_lazy("function"),
    "level": pgettext_lazy("actor", "level"),
    "target_groups": gettext_lazy("target groups"),
    "services": gettext_lazy("services"),
    "interest": gettext_lazy("interest"),
    "influence": gettext_lazy("influence"),
    "contribution": gettext_lazy("contribution"),
    "hindrance": gettext_lazy("possible hindrance"),
    "engagement": gettext_lazy("how to engage"),
    "contact": pgettext_lazy("actor", "contact"),
}


@dataclass(frozen=True, slots=True)
class VersionPage:
    """What a map said on a day."""

    number: int
    day: date
    note: str
    frozen_by: str
    actors: tuple[ActorRow, ...]
    ties: tuple[TieRow, ...]


@dataclass(frozen=True, slots=True)
class ComparisonPage:
    """What has changed, in words."""

    before: str
    after: str
    is_same: bool
    added: tuple[str, ...]
    gone: tuple[str, ...]
    moved: tuple[tuple[str, str, str], ...]
    changed: tuple[tuple[str, str], ...]
    ties_added: tuple[str, ...]
    ties_gone: tuple[str, ...]
    ties_changed: tuple[str, ...]


def version_page(found: StakeholderMap, version: MapVersion) -> VersionPage:
    """Return what a version says."""
    says = from_json(version.content)
    return VersionPage(
        version.number,
        version.day,
        version.note,
        version.frozen_by,
        actor_rows(says),
        tie_rows(says),
    )


def to_compare(found: StakeholderMap) -> list[tuple[int, str]]:
    """Return the versions that can be compared, the map as it stands first; one query."""
    return [
        (NOW, _("as it stands now")),
        *((row.number, _name(row)) for row in found.versions.all()),
    ]


def _name(version: MapVersion) -> str:
    day = dates.day(version.day)
    return _("version %(number)d, %(day)s") % {"number": version.number, "day": day}


def comparison_page(found: StakeholderMap, before: int, after: int) -> ComparisonPage:
    """Return what has changed between two of :func:`to_compare`."""
    rows = {row.number: row for row in found.versions.all()}
    names = {NOW: _("as it stands now"), **{n: _name(row) for n, row in rows.items()}}
    result = compare(_says(found, rows, before), _says(found, rows, after))
    return _page(result, names[before], names[after])


def _says(found: StakeholderMap, rows: dict[int, MapVersion], number: int) -> MapSays:
    return said_by(found) if number == NOW else from_json(rows[number].content)


def _page(result: Comparison, before: str, after: str) -> ComparisonPage:
    return ComparisonPage(
        before=before,
        after=after,
        is_same=not result,
        added=tuple(one.name for one in result.added),
        gone=tuple(one.name for one in result.gone),
        moved=tuple(
            (one.name, str(one.before.label), str(one.after.label))
            for one in result.moved
        ),
        changed=tuple(
            (one.name, ", ".join(str(FIELDS[name]) for name in one.fields))
            for one in result.changed
        ),
        ties_added=tuple(map(_tie, result.ties_added)),
        ties_gone=tuple(map(_tie, result.ties_gone)),
        ties_changed=tuple(map(_tie, result.ties_changed)),
    )


def _tie(tie: TieNames) -> str:
    arrow = "→" if tie.directed else "↔"
    kind = TieKind(tie.kind).label
    strength = Tie.Strength(tie.strength).label
    return f"{tie.source} {arrow} {tie.target}: {kind}, {strength}"

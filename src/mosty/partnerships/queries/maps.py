"""Lists of maps, and one map as those who write on it see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from mosty.accounts.models import User
from mosty.directory.models import Organisation
from mosty.partnerships import policies
from mosty.partnerships.assessing import Place, place_of
from mosty.partnerships.content import ActorSays, MapSays, TieSays
from mosty.partnerships.gaps import gaps
from mosty.partnerships.models import (
    Actor,
    Function,
    Grade,
    Level,
    MapVersion,
    StakeholderMap,
    TargetGroup,
    Tie,
    TieKind,
    Visibility,
)
from mosty.partnerships.queries.saying import actor_says
from mosty.programmes.models import Course
from mosty.training import policies as training


@dataclass(frozen=True, slots=True)
class MapRow:
    """A map in a list."""

    pk: int
    title: str
    city: str
    topic: str
    made_on: date
    actors: int
    ties: int
    versions: int
    is_shared: bool


@dataclass(frozen=True, slots=True)
class ActorRow:
    """An actor in the table; ``number`` names it in the pictures."""

    pk: int
    key: str
    number: int
    name: str
    function: str
    level: str
    target_groups: str
    services: str
    interest: str
    influence: str
    place: str


@dataclass(frozen=True, slots=True)
class TieRow:
    """A tie in the table."""

    pk: int
    source: str
    target: str
    kind: str
    strength: str
    directed: bool
    agreement: str


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A frozen version in the list of a map."""

    number: int
    day: date
    note: str
    frozen_at: datetime
    actors: int
    ties: int


@dataclass(frozen=True, slots=True)
class MapPage:
    """A map with everything on it."""

    map: StakeholderMap
    topic: str
    target_groups: str
    actors: tuple[ActorRow, ...]
    ties: tuple[TieRow, ...]
    gaps: tuple[str, ...]
    versions: tuple[VersionRow, ...]
    can_keep: bool

    @property
    def is_shared(self) -> bool:
        """Test if the network reads its newest version."""
        return self.map.visibility == Visibility.NETWORK


def maps(found: QuerySet[StakeholderMap]) -> list[MapRow]:
    """Return the maps that a policy found, the newest first; one query."""
    rows = found.select_related("city").annotate(
        count_actors=Count("actors", Q(actors__removed_at__isnull=True), distinct=True),
        count_ties=Count("ties", distinct=True),
        count_versions=Count("versions", distinct=True),
    )
    return [
        MapRow(
            row.pk,
            row.title,
            str(row.city),
            str(row.get_topic_display()),
            row.made_on,
            row.count_actors,
            row.count_ties,
            row.count_versions,
            row.visibility == Visibility.NETWORK,
        )
        for row in rows.order_by("-made_on", "-pk")
    ]


def kept_maps(writer: policies.Writer) -> QuerySet[StakeholderMap]:
    """Return the maps on which ``writer`` may write, for lists and pages."""
    if isinstance(writer, User):
        found = policies.maps_kept_by(writer)
    else:
        found = policies.maps_behind(writer)
    return found.select_related("city", "course__programme")


def map_page(found: StakeholderMap, writer: policies.Writer) -> MapPage:
    """Return the map as it stands; three queries."""
    can_keep = policies.can_keep(writer, found)
    rows = list(found.actors.filter(removed_at__isnull=True))
    numbers = {row.pk: number for number, row in enumerate(rows, 1)}
    names = {row.pk: row.name for row in rows}
    ties = list(found.ties.select_related("agreement"))
    ties.sort(
        key=lambda tie: (numbers[tie.source_id], numbers[tie.target_id], tie.kind)
    )
    return MapPage(
        map=found,
        topic=str(found.get_topic_display()),
        target_groups=groups_in_words(found.target_groups),
        actors=tuple(
            _actor_row(actor_says(row), row.pk, number)
            for number, row in enumerate(rows, 1)
        ),
        ties=tuple(_tie_row(tie, names, can_keep=can_keep) for tie in ties),
        gaps=gaps(_for_gaps(rows, ties), found.target_groups),
        versions=versions(found) if can_keep else (),
        can_keep=can_keep,
    )


def _for_gaps(rows: Sequence[Actor], ties: Sequence[Tie]) -> MapSays:
    keys = {row.pk: str(row.key) for row in rows}
    return MapSays(
        tuple(actor_says(row) for row in rows),
        tuple(
            TieSays(keys[tie.source_id], keys[tie.target_id], tie.kind) for tie in ties
        ),
    )


def actor_rows(says: MapSays) -> tuple[ActorRow, ...]:
    """Return the actors of a frozen version."""
    return tuple(
        _actor_row(actor, 0, number) for number, actor in enumerate(says.actors, 1)
    )


def tie_rows(says: MapSays) -> tuple[TieRow, ...]:
    """Return the ties of a frozen version."""
    names = says.names()
    return tuple(
        TieRow(
            0,
            names[tie.source],
            names[tie.target],
            str(TieKind(tie.kind).label),
            str(Tie.Strength(tie.strength).label),
            tie.directed,
            tie.agreement,
        )
        for tie in says.ties
    )


def _actor_row(actor: ActorSays, pk: int, number: int) -> ActorRow:
    place = place_of(actor.interest, actor.influence)
    return ActorRow(
        pk,
        actor.key,
        number,
        actor.name,
        str(Function(actor.function).label),
        str(Level(actor.level).label),
        groups_in_words(actor.target_groups),
        actor.services,
        grade_in_words(actor.interest),
        grade_in_words(actor.influence),
        str(Place(place).label),
    )


def _tie_row(tie: Tie, names: dict[int, str], *, can_keep: bool) -> TieRow:
    # What an agreement is called, only the city's contacts know.
    title = tie.agreement.title if tie.agreement else ""
    return TieRow(
        tie.pk,
        names[tie.source_id],
        names[tie.target_id],
        str(tie.get_kind_display()),
        str(tie.get_strength_display()),
        tie.directed,
        title if can_keep or not title else _("yes"),
    )


def groups_in_words(groups: Sequence[str]) -> str:
    """Return target groups as people read them."""
    return ", ".join(str(TargetGroup(one).label) for one in groups)


def grade_in_words(grade: str) -> str:
    """Return a grade as people read it; it may have been left open."""
    return str(Grade(grade).label) if grade else _("open")


def versions(found: StakeholderMap) -> tuple[VersionRow, ...]:
    """Return the frozen versions, the newest first; one query."""
    return tuple(
        VersionRow(
            row.number,
            row.day,
            row.note,
            row.frozen_at,
            len(row.content["actors"]),
            len(row.content["ties"]),
        )
        for row in found.versions.all()
    )


def versions_of(found: StakeholderMap) -> QuerySet[MapVersion]:
    """Return the frozen versions as rows."""
    return found.versions.all()


def actors_on(found: StakeholderMap) -> QuerySet[Actor]:
    """Return the actors that stand on the map."""
    return found.actors.filter(removed_at__isnull=True).select_related("map__city")


def ties_on(found: StakeholderMap) -> QuerySet[Tie]:
    """Return the ties on the map."""
    return found.ties.select_related("map__city", "source", "target")


def courses_of(city: Organisation) -> QuerySet[Course]:
    """Return the courses at which people of ``city`` have taken part."""
    seats = training.accepted().filter(nomination__organisation=city)
    return Course.objects.filter(
        pk__in=seats.values("seat__call__course")
    ).select_related("programme")


def cities_to_choose(user: policies.Viewer) -> QuerySet[Organisation]:
    """Return the cities for which ``user`` may begin a map or an agreement."""
    return policies.cities_of(user)

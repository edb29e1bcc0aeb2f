"""How translations stand to their source, read from the database."""

from collections.abc import Iterable, Mapping

from mosty.library.common.standing import Part, Standing, standing
from mosty.library.models import EditionVersion, Section


def parts_of(versions: Iterable[EditionVersion]) -> Mapping[int, list[Part]]:
    """Return the sections of ``versions`` as far as their standing needs; one query."""
    found: dict[int, list[Part]] = {version.pk: [] for version in versions}
    rows = Section.objects.filter(version__in=found).order_by("version_id", "order")
    for pk, key, title, digest, source in rows.values_list(
        "version", "key", "title", "digest", "source_digest"
    ):
        found[pk].append(Part(key, title, digest, source))
    return found


def standing_of(translation: EditionVersion, source: EditionVersion) -> Standing:
    """Return what has happened to ``source`` since ``translation`` was made; one query."""
    parts = parts_of([translation, source])
    return standing(
        parts[source.pk],
        parts[translation.pk],
        of_this_version=translation.translates_id == source.pk,
    )

"""The topics that actions are about: those of the courses of a programme."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.db.models import F
from i18nfield.strings import LazyI18nString

from mosty.kernel.names import fold
from mosty.programmes.models import Programme
from mosty.programmes.models import Topic as CourseTopic

_LONGEST = 200


@dataclass(frozen=True, slots=True)
class Topic:
    """One topic: its words, and what topics of other courses are compared by."""

    key: str
    text: LazyI18nString

    def __str__(self) -> str:
        return str(self.text)


def key_of(text: LazyI18nString) -> str:
    """
    Return what a topic is matched by: its words in English, else in its first language.

    Saving a course writes its topics anew, so that no row of theirs can be pointed at.
    """
    data = text.data
    if isinstance(data, Mapping):
        words = data.get("en") or next((one for one in data.values() if one), "")
    else:
        words = data or ""
    return fold(str(words))[:_LONGEST]


def topics(*programmes: Programme) -> list[Topic]:
    """
    Return the topics of all courses of the ``programmes``, each once; one query.

    Those of one programme stand together, in the order of the programmes.
    """
    found: dict[int, dict[str, Topic]] = {one.pk: {} for one in programmes}
    rows = CourseTopic.objects.filter(course__programme__in=programmes).annotate(
        programme=F("course__programme")
    )
    for row in rows.order_by("course__starts_on", "course", "order"):
        key = key_of(row.text)
        if key:
            found[row.programme].setdefault(key, Topic(key, row.text))
    once: dict[str, Topic] = {}
    for one in found.values():
        for topic in sorted(one.values(), key=lambda topic: fold(str(topic))):
            once.setdefault(topic.key, topic)
    return list(once.values())

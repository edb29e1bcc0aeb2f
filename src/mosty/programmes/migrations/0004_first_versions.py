"""
What the public has seen until now becomes version 1 of its timetable.

Nothing disappears. Room keys and the trainers' times are filled in by the triggers.
"""

import json

from django.db import migrations
from django.utils import timezone


def _text(stored):
    """Return a translated text as the version keeps it."""
    data = getattr(stored, "data", stored)
    if isinstance(data, str):
        try:
            data = json.loads(data)
        except ValueError:
            return data
    if isinstance(data, dict):
        return {code: text for code, text in data.items() if text}
    return data or ""


def publish_what_is_public(apps, schema_editor):
    Course = apps.get_model("programmes", "Course")
    Session = apps.get_model("programmes", "Session")
    Trainer = apps.get_model("programmes", "SessionTrainer")
    Version = apps.get_model("programmes", "TimetableVersion")
    for session in Session.objects.all():
        session.save(update_fields=["room"])
    for trainer in Trainer.objects.all():
        trainer.save(update_fields=["session"])
    now = timezone.now()
    for course in Course.objects.filter(is_published=True, sessions__isnull=False).distinct():
        sessions = [
            {
                "uid": str(row.uid),
                "title": _text(row.title),
                "starts_at": row.starts_at.isoformat(),
                "ends_at": row.ends_at.isoformat(),
                "room": row.room,
                "place": _text(course.place),
                "online": "",
                "trainers": sorted(
                    Trainer.objects.filter(session=row).values_list("person__code", flat=True)
                ),
                "past_trainers": [],
                "sequence": 0,
                "changed_at": now.isoformat(),
            }
            for row in Session.objects.filter(course=course).order_by("starts_at", "uid")
        ]
        Version.objects.create(
            course=course, number=1, published_at=now, published_by="Mosty",
            content={"sessions": sessions, "gone": []},
        )


class Migration(migrations.Migration):
    dependencies = [("programmes", "0003_timetable")]

    operations = [
        migrations.RunPython(publish_what_is_public, migrations.RunPython.noop),
    ]

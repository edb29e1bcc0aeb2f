"""No room and no trainer is needed twice at one moment, across all courses."""

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.constraints
from django.db import migrations, models

PAIRS = """
select one.id, other.id from programmes_session one join programmes_session other
    on one.id < other.id and one.room_key <> '' and one.room_key = other.room_key
        and tstzrange(one.starts_at, one.ends_at) && tstzrange(other.starts_at, other.ends_at)
union
select one.session_id, other.session_id from programmes_sessiontrainer one
    join programmes_sessiontrainer other on one.id < other.id
        and one.person_id = other.person_id and one.during && other.during
"""


def refuse_what_meets(apps, schema_editor):
    """Name the sessions that must be moved first, instead of a constraint's error."""
    with schema_editor.connection.cursor() as cursor:
        cursor.execute(PAIRS)
        pairs = cursor.fetchall()
    if pairs:
        named = ", ".join(f"{one} and {other}" for one, other in pairs)
        raise ValueError(
            "These sessions need one room or one trainer at the same time; move them"
            f" with the version installed before, then migrate: {named}"
        )


class Migration(migrations.Migration):
    dependencies = [("programmes", "0004_first_versions")]

    operations = [
        migrations.RunPython(refuse_what_meets, migrations.RunPython.noop),
        migrations.AddConstraint(
            model_name="session",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(condition=models.Q(models.Q(("room_key", ""), _negated=True), ("is_cancelled", False)), deferrable=django.db.models.constraints.Deferrable["DEFERRED"], expressions=[("room_key", "="), (models.Func("starts_at", "ends_at", django.contrib.postgres.fields.ranges.RangeBoundary(), function="tstzrange", output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField()), "&&")], name="session_room_once"),
        ),
        migrations.AddConstraint(
            model_name="sessiontrainer",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(deferrable=django.db.models.constraints.Deferrable["DEFERRED"], expressions=[("person", "="), ("during", "&&")], name="session_trainer_in_one_place"),
        ),
    ]

"""
Sessions get what a published timetable needs, and the columns of their constraints.

Triggers keep ``room_key`` and ``during`` in step, whatever program writes; what was
published is final.
"""

import django.contrib.postgres.fields.ranges
import django.contrib.postgres.functions
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.db import migrations, models

FORWARD = r"""
create function programmes_room_key(course bigint, room text) returns text
language plpgsql as $$
declare
    folded text := lower(regexp_replace(btrim(translate(room, U&'\00a0\202f', '  ')),
        '\s+', ' ', 'g'));
    kept text;
    words jsonb;
begin
    if folded in ('', 'online', 'on-line', 'zdalnie') then
        return '';
    end if;
    -- Waits for whoever changes the place just now.
    select place into kept from programmes_course where id = course for share;
    begin
        words := kept::jsonb;
        if jsonb_typeof(words) = 'object' then
            kept := coalesce(nullif(words ->> 'pl', ''), nullif(words ->> 'en', ''),
                (select min(value) from jsonb_each_text(words)), '');
        end if;
    exception when invalid_text_representation then
        null;  -- A place in one language is kept as it is.
    end;
    kept := lower(regexp_replace(btrim(translate(coalesce(kept, ''),
        U&'\00a0\202f', '  ')), '\s+', ' ', 'g'));
    -- Where the place is not known, two courses may have a room of one name.
    return left(case when kept = '' then 'course ' || course else kept end
        || ' / ' || folded, 500);
end $$;

create function programmes_session_needs_room() returns trigger language plpgsql as $$
begin
    new.room_key := programmes_room_key(new.course_id, new.room);
    return new;
end $$;
create trigger programmes_session_needs_room before insert or update
    on programmes_session
    for each row execute function programmes_session_needs_room();

create function programmes_place_has_moved() returns trigger language plpgsql as $$
begin
    update programmes_session set room = room where course_id = new.id;
    return null;
end $$;
create trigger programmes_place_has_moved after update of place on programmes_course
    for each row when (old.place is distinct from new.place)
    execute function programmes_place_has_moved();

create function programmes_trainer_is_busy() returns trigger language plpgsql as $$
begin
    -- Waits for whoever moves the session just now.
    select case when not session.is_cancelled
            then tstzrange(session.starts_at, session.ends_at, '[)') end
        into new.during
        from programmes_session session where session.id = new.session_id for share;
    return new;
end $$;
create trigger programmes_trainer_is_busy before insert or update
    on programmes_sessiontrainer
    for each row execute function programmes_trainer_is_busy();

create function programmes_session_has_moved() returns trigger language plpgsql as $$
begin
    update programmes_sessiontrainer set session_id = session_id
        where session_id = new.id;
    return null;
end $$;
create trigger programmes_session_has_moved
    after update of starts_at, ends_at, is_cancelled on programmes_session
    for each row execute function programmes_session_has_moved();

create function programmes_version_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'what was published never changes'
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger programmes_version_is_final before update or delete
    on programmes_timetableversion
    for each row execute function programmes_version_is_final();
"""

BACKWARD = """
drop trigger programmes_version_is_final on programmes_timetableversion;
drop function programmes_version_is_final();
drop trigger programmes_session_has_moved on programmes_session;
drop function programmes_session_has_moved();
drop trigger programmes_trainer_is_busy on programmes_sessiontrainer;
drop function programmes_trainer_is_busy();
drop trigger programmes_place_has_moved on programmes_course;
drop function programmes_place_has_moved();
drop trigger programmes_session_needs_room on programmes_session;
drop function programmes_session_needs_room();
drop function programmes_room_key(bigint, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0001_initial"),
        ("programmes", "0002_free_address"),
    ]

    operations = [
        migrations.CreateModel(
            name="TimetableVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("course", models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="programmes.course")),
                ("number", models.PositiveSmallIntegerField(verbose_name="version")),
                ("published_at", models.DateTimeField(verbose_name="published")),
                ("published_by", models.CharField(max_length=300, verbose_name="published by")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("content", models.JSONField()),
            ],
            options={
                "verbose_name": "version of a timetable",
                "ordering": ["course_id", "-number"],
            },
        ),
        migrations.AddIndex(
            model_name="timetableversion",
            index=django.contrib.postgres.indexes.GinIndex(fields=["content"], name="timetable_by_content", opclasses=["jsonb_path_ops"]),
        ),
        migrations.AddConstraint(
            model_name="timetableversion",
            constraint=models.UniqueConstraint(fields=("course", "number"), name="timetable_version_once"),
        ),
        migrations.AddConstraint(
            model_name="timetableversion",
            constraint=models.CheckConstraint(condition=models.Q(("number__gte", 1)), name="timetable_version_from_one"),
        ),
        migrations.AddField(
            model_name="session",
            name="is_cancelled",
            field=models.BooleanField(default=False, verbose_name="cancelled"),
        ),
        migrations.AddField(
            model_name="session",
            name="online",
            field=models.URLField(blank=True, max_length=500, verbose_name="link for joining online"),
        ),
        migrations.AddField(
            model_name="session",
            name="room_key",
            field=models.CharField(blank=True, db_default="", default="", editable=False, max_length=500),
        ),
        migrations.AddField(
            model_name="session",
            name="uid",
            field=models.UUIDField(db_default=django.contrib.postgres.functions.RandomUUID(), editable=False, unique=True),
        ),
        migrations.AddField(
            model_name="sessiontrainer",
            name="during",
            field=django.contrib.postgres.fields.ranges.DateTimeRangeField(editable=False, null=True),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

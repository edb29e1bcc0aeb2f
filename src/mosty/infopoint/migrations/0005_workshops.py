"""What must never be false of workshops and guides, whatever program writes them."""

import django.contrib.postgres.fields
import django.db.models.deletion
import i18nfield.fields
from django.db import migrations, models

FORWARD = """
create function infopoint_code_holds(
    of_code bigint, of_kind text, of_city bigint, of_day date
) returns boolean language sql stable as $$
    select exists (
        select from infopoint_code code where code.id = of_code
            and code.kind = of_kind
            and (code.owner_id is null or code.owner_id = of_city)
            and (code.since is null or code.since <= of_day)
            and (code.until is null or code.until >= of_day)
    )
$$;

create function infopoint_workshop_is_guarded() returns trigger
language plpgsql as $$
declare
    point record;
    operation record;
    change record;
    closed boolean;
begin
    if tg_op = 'DELETE' then
        perform infopoint_refuse('a record is withdrawn, not deleted');
    end if;
    -- Waits for whoever closes a period at this moment: see infopoint.actions.periods.
    select * into point from infopoint_point where id = new.point_id for key share;
    select * into operation from infopoint_operation where id = new.operation_id;
    if operation.point_id <> new.point_id or new.day < operation.since
        or new.day > operation.until then
        perform infopoint_refuse('a record is of the operation of its day');
    end if;
    if new.day < point.opened_on or new.day > point.closed_on then
        perform infopoint_refuse('a record is of a day on which the point was open');
    end if;
    if new.day > (new.recorded_at at time zone point.time_zone)::date then
        perform infopoint_refuse('a record is not of a day to come');
    end if;
    if not infopoint_code_holds(new.topic_id, 'topic', point.city_id, new.day)
        or not infopoint_code_holds(new.language_id, 'language', point.city_id, new.day)
    then
        perform infopoint_refuse('codes are of their list and hold on the day');
    end if;
    closed := infopoint_is_closed(new.point_id, new.day);
    if tg_op = 'INSERT' then
        if closed and new.late_reason = '' then
            perform infopoint_refuse('the period is closed');
        end if;
        if new.version <> 1 then
            perform infopoint_refuse('a record begins with its first version');
        end if;
        return new;
    end if;
    if (new.key, new.point_id, new.recorded_at, new.recorder_key, new.late_reason)
        is distinct from
        (old.key, old.point_id, old.recorded_at, old.recorder_key, old.late_reason) then
        perform infopoint_refuse('who recorded what when never changes');
    end if;
    select * into change from infopoint_workshopchange
        where workshop_id = old.key and version = old.version;
    if new.version <> old.version + 1 or change.id is null
        or not (to_jsonb(old) @> change.said)
        or not change.said ?& array[
            'day', 'state', 'topic_id', 'language_id', 'place', 'partner', 'persons'
        ] then
        perform infopoint_refuse('a record changes only where the old one is kept');
    end if;
    if (closed or infopoint_is_closed(old.point_id, old.day))
        and not change.is_revision then
        perform infopoint_refuse('the period is closed: a change is a revision');
    end if;
    return new;
end $$;
create trigger infopoint_workshop_is_guarded before insert or update or delete
    on infopoint_workshop
    for each row execute function infopoint_workshop_is_guarded();
create trigger infopoint_workshop_change_is_final before update or delete
    on infopoint_workshopchange for each row execute function infopoint_is_final();

create function infopoint_workshop_group_is_guarded() returns trigger
language plpgsql as $$
declare
    workshop record;
begin
    select one.version, one.day, point.city_id into workshop
        from infopoint_workshop one join infopoint_point point on point.id = one.point_id
        where one.key = new.workshop_id;
    if workshop.version <> new.version then
        perform infopoint_refuse('groups are of the version that holds');
    end if;
    if (new.sex_id is not null and not infopoint_code_holds(
            new.sex_id, 'sex', workshop.city_id, workshop.day))
        or (new.age_band_id is not null and not infopoint_code_holds(
            new.age_band_id, 'age_band', workshop.city_id, workshop.day))
    then
        perform infopoint_refuse('codes are of their list and hold on the day');
    end if;
    return new;
end $$;
create trigger infopoint_workshop_group_is_guarded before insert
    on infopoint_workshopgroup
    for each row execute function infopoint_workshop_group_is_guarded();
create trigger infopoint_workshop_group_is_final before update or delete
    on infopoint_workshopgroup for each row execute function infopoint_is_final();

-- At the end of the transaction the groups of the version that holds add up.
create function infopoint_workshop_adds_up() returns trigger language plpgsql as $$
declare
    of_workshop uuid := to_jsonb(new) ->> tg_argv[0];
begin
    if exists (
        select from infopoint_workshop one where one.key = of_workshop
            and one.persons <> coalesce((
                select sum(part.count) from infopoint_workshopgroup part
                    where part.workshop_id = one.key and part.version = one.version
            ), 0)
    ) then
        perform infopoint_refuse('the persons of a workshop are those of its groups');
    end if;
    return null;
end $$;
create constraint trigger infopoint_workshop_adds_up after insert or update
    on infopoint_workshop deferrable initially deferred
    for each row execute function infopoint_workshop_adds_up('key');
create constraint trigger infopoint_workshop_group_adds_up after insert
    on infopoint_workshopgroup deferrable initially deferred
    for each row execute function infopoint_workshop_adds_up('workshop_id');

create function infopoint_code_of_workshops_is_guarded() returns trigger
language plpgsql as $$
begin
    if (new.since, new.until) is distinct from (old.since, old.until) and exists (
        select from infopoint_workshop one
            where (one.day < new.since or one.day > new.until) and (
                new.id in (one.topic_id, one.language_id) or exists (
                    select from infopoint_workshopgroup part
                        where part.workshop_id = one.key
                            and part.version = one.version
                            and new.id in (part.sex_id, part.age_band_id)
                )
            )
    ) then
        perform infopoint_refuse('a code holds on the days of its records');
    end if;
    return new;
end $$;
create trigger infopoint_code_of_workshops_is_guarded before update on infopoint_code
    for each row execute function infopoint_code_of_workshops_is_guarded();

create function infopoint_operation_of_workshops_is_guarded() returns trigger
language plpgsql as $$
begin
    if exists (
        select from infopoint_workshop one where one.operation_id = new.id
            and (one.day < new.since or one.day > new.until)
    ) then
        perform infopoint_refuse('an operation covers the days of its records');
    end if;
    return new;
end $$;
create trigger infopoint_operation_of_workshops_is_guarded
    before update on infopoint_operation
    for each row execute function infopoint_operation_of_workshops_is_guarded();

create function infopoint_guide_is_guarded() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        perform infopoint_refuse('a guide is ended, not deleted');
    end if;
    perform from infopoint_point where id = new.point_id for key share;
    if tg_op = 'UPDATE' then
        if new.version <> old.version + 1 or new.point_id <> old.point_id then
            perform infopoint_refuse('a change of a guide is a new version');
        end if;
        if (new.published_on, new.languages)
            is not distinct from (old.published_on, old.languages) then
            return new;
        end if;
    end if;
    if new.late_reason = '' and (
        infopoint_is_closed(new.point_id, new.published_on) or (
            tg_op = 'UPDATE' and infopoint_is_closed(old.point_id, old.published_on)
        )
    ) then
        perform infopoint_refuse('the period is closed');
    end if;
    return new;
end $$;
create trigger infopoint_guide_is_guarded before insert or update or delete
    on infopoint_guide for each row execute function infopoint_guide_is_guarded();

-- What tables count, as infopoint_counted_consultation: groups of the version that holds.
create view infopoint_counted_workshop as
    select point.slug as point, one.key, one.day, one.topic_id as topic,
        one.language_id as language, one.persons
    from infopoint_workshop one join infopoint_point point on point.id = one.point_id
    where one.state = 'counted';
create view infopoint_counted_workshop_group as
    select point.slug as point, one.key, one.day, one.topic_id as topic,
        one.language_id as language, part.sex_id as sex, part.age_band_id as age_band,
        part.count as persons
    from infopoint_workshop one
        join infopoint_point point on point.id = one.point_id
        join infopoint_workshopgroup part
            on part.workshop_id = one.key and part.version = one.version
    where one.state = 'counted';
"""
BACKWARD = """
drop view infopoint_counted_workshop_group;
drop view infopoint_counted_workshop;
drop trigger infopoint_guide_is_guarded on infopoint_guide;
drop function infopoint_guide_is_guarded();
drop trigger infopoint_operation_of_workshops_is_guarded on infopoint_operation;
drop function infopoint_operation_of_workshops_is_guarded();
drop trigger infopoint_code_of_workshops_is_guarded on infopoint_code;
drop function infopoint_code_of_workshops_is_guarded();
drop trigger infopoint_workshop_group_adds_up on infopoint_workshopgroup;
drop trigger infopoint_workshop_adds_up on infopoint_workshop;
drop function infopoint_workshop_adds_up();
drop trigger infopoint_workshop_group_is_final on infopoint_workshopgroup;
drop trigger infopoint_workshop_group_is_guarded on infopoint_workshopgroup;
drop function infopoint_workshop_group_is_guarded();
drop trigger infopoint_workshop_change_is_final on infopoint_workshopchange;
drop trigger infopoint_workshop_is_guarded on infopoint_workshop;
drop function infopoint_workshop_is_guarded();
drop function infopoint_code_holds(bigint, text, bigint, date);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('infopoint', '0004_relations'),
    ]

    operations = [
        migrations.CreateModel(
            name='Workshop',
            fields=[
                ('key', models.UUIDField(primary_key=True, serialize=False)),
                ('day', models.DateField(verbose_name='day')),
                ('place', models.CharField(blank=True, max_length=120, verbose_name='place')),
                ('partner', models.CharField(blank=True, max_length=120, verbose_name='partner')),
                ('persons', models.PositiveIntegerField(default=0, verbose_name='persons')),
                ('state', models.CharField(choices=[('counted', 'counts'), ('withdrawn', 'withdrawn')], default='counted', max_length=10)),
                ('late_reason', models.CharField(blank=True, max_length=500)),
                ('recorded_at', models.DateTimeField()),
                ('recorder_key', models.CharField(max_length=120)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('language', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infopoint.code')),
                ('operation', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infopoint.operation')),
                ('point', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infopoint.point')),
                ('topic', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infopoint.code')),
            ],
            options={
                'verbose_name': 'workshop',
            },
        ),
        migrations.CreateModel(
            name='WorkshopChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('said', models.JSONField()),
                ('reason', models.CharField(max_length=500, verbose_name='reason')),
                ('is_revision', models.BooleanField(default=False)),
                ('changed_at', models.DateTimeField()),
                ('changed_by', models.CharField(max_length=300)),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='changes', to='infopoint.workshop')),
            ],
            options={
                'verbose_name': 'correction of a workshop',
                'ordering': ['version'],
            },
        ),
        migrations.CreateModel(
            name='WorkshopGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.PositiveSmallIntegerField()),
                ('count', models.PositiveIntegerField()),
                ('age_band', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infopoint.code')),
                ('sex', models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infopoint.code')),
                ('workshop', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='groups', to='infopoint.workshop')),
            ],
            options={
                'verbose_name': 'persons at a workshop',
            },
        ),
        migrations.CreateModel(
            name='Guide',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', i18nfield.fields.I18nCharField(max_length=1000, verbose_name='title')),
                ('languages', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), size=None)),
                ('published_on', models.DateField(verbose_name='published on')),
                ('ended_on', models.DateField(blank=True, null=True, verbose_name='valid until')),
                ('url', models.URLField(blank=True, max_length=500, verbose_name='address')),
                ('late_reason', models.CharField(blank=True, max_length=500)),
                ('version', models.PositiveSmallIntegerField(default=1)),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infopoint.point')),
            ],
            options={
                'verbose_name': 'guide',
                'ordering': ['-published_on', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(('ended_on__isnull', True), ('ended_on__gte', models.F('published_on')), _connector='OR'), name='guide_ends_after_it_began'), models.CheckConstraint(condition=models.Q(('languages__len__gte', 1)), name='guide_has_a_language')],
            },
        ),
        migrations.AddIndex(
            model_name='workshop',
            index=models.Index(fields=['point', 'day'], name='workshop_by_day'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('version__gte', 1)), name='workshop_version_from_one'),
        ),
        migrations.AddConstraint(
            model_name='workshop',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['counted', 'withdrawn'])), name='workshop_counts_or_not'),
        ),
        migrations.AddConstraint(
            model_name='workshopchange',
            constraint=models.UniqueConstraint(fields=('workshop', 'version'), name='workshop_change_once'),
        ),
        migrations.AddConstraint(
            model_name='workshopchange',
            constraint=models.CheckConstraint(condition=models.Q(('reason', ''), _negated=True), name='workshop_change_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='workshopgroup',
            constraint=models.UniqueConstraint(fields=('workshop', 'version', 'sex', 'age_band'), name='workshop_group_once', nulls_distinct=False),
        ),
        migrations.AddConstraint(
            model_name='workshopgroup',
            constraint=models.CheckConstraint(condition=models.Q(('count__gte', 1)), name='workshop_group_is_not_empty'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

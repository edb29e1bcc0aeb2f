"""Fields that are blanked when their time is over, and salts that are destroyed."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
-- Whether a field of a record of this day may be lost without a new version: its time is
-- over, its year is closed, and the figures of the year are published.
create function infopoint_may_be_blanked(
    of_point bigint, of_day date, of_column text
) returns boolean language sql stable as $$
    select exists (
        select from infopoint_retention rule
            join infopoint_point point on point.id = rule.point_id
            join infopoint_period period on period.point_id = point.id
                and period.month is null and period.year = extract(year from of_day)
            join figures_release release on release.subject = 'point:' || point.slug
                and release.year = period.year and release.state = 'published'
            where rule.point_id = of_point
                and of_column in (rule.field, rule.field || '_id')
                and of_day < (
                    (now() at time zone point.time_zone)::date
                    - make_interval(months => rule.months)
                )::date
    )
$$;

create function infopoint_is_blanking(
    of_point bigint, of_day date, before jsonb, after jsonb
) returns boolean language sql stable as $$
    select before <> after and not exists (
        select from jsonb_object_keys(before || after) key
            where before -> key is distinct from after -> key and not (
                after -> key in ('null'::jsonb, '""'::jsonb)
                and infopoint_may_be_blanked(of_point, of_day, key)
            )
    )
$$;

-- What only blanks fields whose time is over needs no version; all else is guarded as
-- before.
drop trigger infopoint_consultation_is_guarded on infopoint_consultation;
create trigger infopoint_consultation_is_guarded before insert or delete
    on infopoint_consultation
    for each row execute function infopoint_consultation_is_guarded();
create trigger infopoint_consultation_change_is_guarded before update
    on infopoint_consultation for each row
    when (not infopoint_is_blanking(
        old.point_id, old.day, to_jsonb(old), to_jsonb(new)
    ))
    execute function infopoint_consultation_is_guarded();

-- What a record said before loses the same fields.
create function infopoint_is_old_version_blanking(
    of_consultation uuid, before jsonb, after jsonb
) returns boolean language sql stable as $$
    select exists (
        select from infopoint_consultation one where one.key = of_consultation
            and infopoint_is_blanking(
                one.point_id, one.day, before -> 'said', after -> 'said'
            )
    ) and before - 'said' = after - 'said'
$$;
drop trigger infopoint_change_is_final on infopoint_consultationchange;
create trigger infopoint_change_stays before delete on infopoint_consultationchange
    for each row execute function infopoint_is_final();
create trigger infopoint_change_is_final before update on infopoint_consultationchange
    for each row
    when (not infopoint_is_old_version_blanking(
        old.consultation_id, to_jsonb(old), to_jsonb(new)
    ))
    execute function infopoint_is_final();

create function infopoint_salt_is_guarded() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        perform infopoint_refuse('a salt is destroyed, not deleted');
    end if;
    if (new.point_id, new.year) <> (old.point_id, old.year)
        or old.salt is null or new.salt is not null then
        perform infopoint_refuse('a salt is destroyed once and never given back');
    end if;
    return new;
end $$;
create trigger infopoint_salt_is_guarded before update or delete on infopoint_salt
    for each row execute function infopoint_salt_is_guarded();

create function infopoint_visitor_is_guarded() returns trigger language plpgsql as $$
begin
    if not exists (
        select from infopoint_salt salt
            where salt.id = new.salt_id and salt.salt is not null
    ) then
        perform infopoint_refuse('a destroyed salt has no visitors');
    end if;
    return new;
end $$;
create trigger infopoint_visitor_is_guarded before insert or update on infopoint_visitor
    for each row execute function infopoint_visitor_is_guarded();
"""
BACKWARD = """
drop trigger infopoint_visitor_is_guarded on infopoint_visitor;
drop function infopoint_visitor_is_guarded();
drop trigger infopoint_salt_is_guarded on infopoint_salt;
drop function infopoint_salt_is_guarded();
drop trigger infopoint_change_is_final on infopoint_consultationchange;
drop trigger infopoint_change_stays on infopoint_consultationchange;
drop function infopoint_is_old_version_blanking(uuid, jsonb, jsonb);
create trigger infopoint_change_is_final before update or delete
    on infopoint_consultationchange for each row execute function infopoint_is_final();
drop trigger infopoint_consultation_change_is_guarded on infopoint_consultation;
drop trigger infopoint_consultation_is_guarded on infopoint_consultation;
create trigger infopoint_consultation_is_guarded before insert or update or delete
    on infopoint_consultation
    for each row execute function infopoint_consultation_is_guarded();
drop function infopoint_is_blanking(bigint, date, jsonb, jsonb);
drop function infopoint_may_be_blanked(bigint, date, text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('infopoint', '0005_workshops'),
        ('figures', '0002_releases'),
    ]

    operations = [
        migrations.AddField(
            model_name='point',
            name='pseudonyms',
            field=models.BooleanField(default=False, verbose_name='salted pseudonyms'),
        ),
        migrations.CreateModel(
            name='Salt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('salt', models.BinaryField(null=True)),
                ('destroyed_at', models.DateTimeField(blank=True, null=True)),
                ('visitors', models.PositiveIntegerField(blank=True, null=True)),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infopoint.point')),
            ],
            options={
                'verbose_name': 'salt of a year',
            },
        ),
        migrations.CreateModel(
            name='Visitor',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.BinaryField()),
                ('salt', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='infopoint.salt')),
            ],
            options={
                'verbose_name': 'visitor',
            },
        ),
        migrations.CreateModel(
            name='Blanking',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('field', models.CharField(choices=[('nationality', 'Nationality'), ('sex', 'Sex'), ('age_band', 'Age'), ('legal_status', 'Legal status'), ('district', 'District'), ('duration', 'Duration'), ('referral', 'Referred to'), ('funder', 'Paid by'), ('note', 'Note')], max_length=20)),
                ('records', models.PositiveIntegerField()),
                ('last_at', models.DateTimeField()),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infopoint.point')),
            ],
            options={
                'verbose_name': 'blanked field of a year',
                'constraints': [models.UniqueConstraint(fields=('point', 'year', 'field'), name='blanking_once_for_a_field')],
            },
        ),
        migrations.CreateModel(
            name='Retention',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('nationality', 'Nationality'), ('sex', 'Sex'), ('age_band', 'Age'), ('legal_status', 'Legal status'), ('district', 'District'), ('duration', 'Duration'), ('referral', 'Referred to'), ('funder', 'Paid by'), ('note', 'Note')], max_length=20)),
                ('months', models.PositiveSmallIntegerField(verbose_name='months')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infopoint.point')),
            ],
            options={
                'verbose_name': 'retention of a field',
                'constraints': [models.UniqueConstraint(fields=('point', 'field'), name='retention_once_for_a_field'), models.CheckConstraint(condition=models.Q(('months__range', (1, 240))), name='retention_of_some_months')],
            },
        ),
        migrations.AddConstraint(
            model_name='salt',
            constraint=models.UniqueConstraint(fields=('point', 'year'), name='salt_once_a_year'),
        ),
        migrations.AddConstraint(
            model_name='salt',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('destroyed_at__isnull', False), ('salt__isnull', True)), models.Q(('destroyed_at__isnull', True), ('salt__isnull', False)), _connector='OR'), name='salt_is_there_or_destroyed'),
        ),
        migrations.AddConstraint(
            model_name='visitor',
            constraint=models.UniqueConstraint(fields=('salt', 'digest'), name='visitor_once'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

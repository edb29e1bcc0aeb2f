"""Releases: published only where the audit held, and never changed afterwards."""

import django.db.models.deletion
from django.db import migrations, models


FORWARD = """
create function figures_refuse(sentence text) returns void language plpgsql as $$
begin
    raise exception '%', sentence using errcode = 'integrity_constraint_violation';
end $$;

create function figures_release_is_guarded() returns trigger language plpgsql as $$
declare
    earlier record;
    latest integer;
begin
    if tg_op = 'DELETE' then
        if old.state = 'published' then
            perform figures_refuse('what was published stays');
        end if;
        return old;
    end if;
    if tg_op = 'UPDATE' then
        if old.state in ('published', 'refused', 'discarded') then
            perform figures_refuse('a release that has ended never changes');
        end if;
        if (new.owner_id, new.subject, new.year, new.number, new.corrects_id, new.reason,
                new.rules, new.asker_key, new.asked_at) is distinct from
            (old.owner_id, old.subject, old.year, old.number, old.corrects_id, old.reason,
                old.rules, old.asker_key, old.asked_at) then
            perform figures_refuse('what a release was asked for never changes');
        end if;
        if old.artefact <> '' and (new.artefact, new.sha256, new.report, new.counts,
                new.counted_at) is distinct from (old.artefact, old.sha256, old.report,
                old.counts, old.counted_at) then
            perform figures_refuse('what was audited never changes');
        end if;
    end if;
    if new.artefact <> ''
        and encode(sha256(convert_to(new.artefact, 'UTF8')), 'hex') <> new.sha256 then
        perform figures_refuse('the digest is not that of the text');
    end if;
    if new.state in ('ready', 'published')
        and coalesce(new.report -> 'holds', 'false'::jsonb) <> 'true'::jsonb then
        perform figures_refuse('the audit did not let this pass');
    end if;
    if new.state = 'published' then
        if tg_op = 'INSERT' or old.state <> 'ready' then
            perform figures_refuse('a release is looked at before it is published');
        end if;
        select max(one.number) into latest from figures_release one
            where one.owner_id is not distinct from new.owner_id
                and one.subject = new.subject and one.year = new.year
                and one.state = 'published' and one.id <> new.id;
        if new.number <> coalesce(latest, 0) + 1 then
            perform figures_refuse('releases of a year are numbered without a gap');
        end if;
    end if;
    if new.corrects_id is not null then
        select * into earlier from figures_release where id = new.corrects_id;
        if earlier.state <> 'published' or earlier.subject <> new.subject
            or earlier.year <> new.year
            or earlier.owner_id is distinct from new.owner_id
            or earlier.number <> new.number - 1 then
            perform figures_refuse('a correction is of the release before it');
        end if;
    end if;
    return new;
end $$;
create trigger figures_release_is_guarded before insert or update or delete
    on figures_release for each row execute function figures_release_is_guarded();
"""
BACKWARD = """
drop trigger figures_release_is_guarded on figures_release;
drop function figures_release_is_guarded();
drop function figures_refuse(text);
"""


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
        ('figures', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Release',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=80)),
                ('year', models.PositiveSmallIntegerField(verbose_name='year')),
                ('number', models.PositiveSmallIntegerField(verbose_name='number')),
                ('state', models.CharField(choices=[('draft', 'waiting'), ('computing', 'being protected'), ('refused', 'refused'), ('ready', 'ready to publish'), ('published', 'published'), ('discarded', 'set aside')], default='draft', max_length=10)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('rules', models.JSONField()),
                ('asker_key', models.CharField(max_length=120)),
                ('asked_by', models.CharField(max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('job', models.BigIntegerField(blank=True, null=True)),
                ('step', models.CharField(blank=True, max_length=20)),
                ('cancel_asked', models.BooleanField(default=False)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('counts', models.TextField(blank=True)),
                ('counted_at', models.DateTimeField(blank=True, null=True)),
                ('artefact', models.TextField(blank=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('report', models.JSONField(blank=True, null=True)),
                ('failure', models.CharField(blank=True, max_length=30)),
                ('failure_params', models.JSONField(blank=True, default=dict)),
                ('published_at', models.DateTimeField(blank=True, null=True)),
                ('published_by', models.CharField(blank=True, max_length=300)),
                ('corrects', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='figures.release')),
                ('owner', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='directory.organisation')),
            ],
            options={
                'verbose_name': 'release',
                'ordering': ['subject', '-year', '-number', '-pk'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('state', 'published')), fields=('owner', 'subject', 'year', 'number'), name='release_number_once', nulls_distinct=False), models.UniqueConstraint(condition=models.Q(('state__in', ['draft', 'computing', 'ready'])), fields=('owner', 'subject', 'year'), name='release_one_in_the_making', nulls_distinct=False), models.CheckConstraint(condition=models.Q(models.Q(('corrects__isnull', True), ('number', 1)), models.Q(('corrects__isnull', False), ('number__gt', 1), models.Q(('reason', ''), _negated=True)), _connector='OR'), name='release_correction_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['ready', 'published']), _negated=True), models.Q(('counted_at__isnull', False), ('report__isnull', False), models.Q(('artefact', ''), _negated=True), models.Q(('counts', ''), _negated=True)), _connector='OR'), name='release_ready_was_audited'), models.CheckConstraint(condition=models.Q(models.Q(('published_at__isnull', False), ('state', 'published')), models.Q(models.Q(('state', 'published'), _negated=True), ('published_at__isnull', True)), _connector='OR'), name='release_published_has_time'), models.CheckConstraint(condition=models.Q(('published_at__isnull', True), ('published_at__gte', models.F('counted_at')), _connector='OR'), name='release_published_after_counting'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'refused'), models.Q(('failure', ''), _negated=True)), models.Q(models.Q(('state', 'refused'), _negated=True), ('failure', '')), _connector='OR'), name='release_refused_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['draft', 'computing'])), models.Q(models.Q(('state__in', ['draft', 'computing']), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='release_ended_has_time')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

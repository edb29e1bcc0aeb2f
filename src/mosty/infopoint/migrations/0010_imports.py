"""Files of past years, and which of them a record came from."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
create function infopoint_import_is_guarded() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        perform infopoint_refuse('that a file was imported is kept');
    end if;
    if (new.point_id, new.digest, new.uploaded_by, new.uploaded_at) is distinct from
        (old.point_id, old.digest, old.uploaded_by, old.uploaded_at) then
        perform infopoint_refuse('which file was imported where never changes');
    end if;
    if old.state <> 'uploaded' and (old.state, new.state) <> ('done', 'withdrawn') then
        perform infopoint_refuse('a file is taken over once, and withdrawn once');
    end if;
    if new.state = 'withdrawn' and exists (
        select from infopoint_consultation one
            where one.imported_id = new.id and one.state = 'counted'
    ) then
        perform infopoint_refuse('of a withdrawn file nothing counts');
    end if;
    return new;
end $$;
create trigger infopoint_import_is_guarded before update or delete
    on infopoint_importedfile
    for each row execute function infopoint_import_is_guarded();

create function infopoint_record_is_of_its_import() returns trigger
language plpgsql as $$
begin
    if tg_op = 'UPDATE' then
        perform infopoint_refuse('which file a record came from never changes');
    end if;
    -- Whoever takes the file over writes its records first, and then that it is done.
    if not exists (
        select from infopoint_importedfile file where file.id = new.imported_id
            and file.point_id = new.point_id and file.state = 'uploaded'
    ) then
        perform infopoint_refuse('a record comes from a file of its point that waits');
    end if;
    return new;
end $$;
create trigger infopoint_record_is_of_its_import before insert
    on infopoint_consultation for each row when (new.imported_id is not null)
    execute function infopoint_record_is_of_its_import();
create trigger infopoint_record_stays_with_its_import before update
    on infopoint_consultation for each row
    when (new.imported_id is distinct from old.imported_id)
    execute function infopoint_record_is_of_its_import();
"""
BACKWARD = """
drop trigger infopoint_record_stays_with_its_import on infopoint_consultation;
drop trigger infopoint_record_is_of_its_import on infopoint_consultation;
drop function infopoint_record_is_of_its_import();
drop trigger infopoint_import_is_guarded on infopoint_importedfile;
drop function infopoint_import_is_guarded();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('infopoint', '0009_recording'),
    ]

    operations = [
        migrations.CreateModel(
            name='ImportedFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(max_length=64)),
                ('file_name', models.CharField(max_length=200)),
                ('header', models.JSONField(default=list)),
                ('rows', models.JSONField(default=list)),
                ('mapping', models.JSONField(default=dict)),
                ('report', models.JSONField(default=dict)),
                ('state', models.CharField(choices=[('uploaded', 'to be checked'), ('done', 'taken over'), ('dropped', 'dropped'), ('withdrawn', 'withdrawn')], default='uploaded', max_length=10)),
                ('uploaded_by', models.CharField(max_length=300)),
                ('uploaded_at', models.DateTimeField()),
                ('done_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('point', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infopoint.point')),
            ],
            options={
                'verbose_name': 'imported file',
                'ordering': ['-uploaded_at', '-id'],
            },
        ),
        migrations.AddField(
            model_name='consultation',
            name='imported',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infopoint.importedfile'),
        ),
        migrations.AddIndex(
            model_name='consultation',
            index=models.Index(condition=models.Q(('imported__isnull', False)), fields=['imported'], name='consultation_imported'),
        ),
        migrations.AddConstraint(
            model_name='importedfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['done', 'withdrawn']), _negated=True), ('done_at__isnull', False), _connector='OR'), name='past_import_done_has_time'),
        ),
        migrations.AddConstraint(
            model_name='importedfile',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('state', 'withdrawn'), ('withdrawn_at__isnull', False), models.Q(('reason', ''), _negated=True)), models.Q(models.Q(('state', 'withdrawn'), _negated=True), ('reason', ''), ('withdrawn_at__isnull', True)), _connector='OR'), name='past_import_withdrawn_with_reason'),
        ),
        migrations.AddConstraint(
            model_name='importedfile',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'uploaded'), ('rows', []), _connector='OR'), name='past_import_keeps_no_rows'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

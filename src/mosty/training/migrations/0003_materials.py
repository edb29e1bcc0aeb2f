"""Materials: of one course with their sessions, and versions that stay as they are."""

import django.db.models.deletion
import i18nfield.fields
import mosty.training.models.materials
from django.db import migrations, models

FORWARD = """
create function training_material_is_of_its_course() returns trigger language plpgsql as $$
begin
    if new.session_id is not null and new.course_id is distinct from (
        select session.course_id from programmes_session session
            where session.id = new.session_id
    ) then
        raise exception 'a material and its session are of one course'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger training_material_is_of_its_course before insert or update
    on training_material
    for each row execute function training_material_is_of_its_course();

create function training_material_version_is_final() returns trigger
    language plpgsql as $$
begin
    raise exception 'a version of a material never changes'
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger training_material_version_is_final before update
    on training_materialversion
    for each row execute function training_material_version_is_final();
"""

BACKWARD = """
drop trigger training_material_version_is_final on training_materialversion;
drop function training_material_version_is_final();
drop trigger training_material_is_of_its_course on training_material;
drop function training_material_is_of_its_course();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('programmes', '0002_free_address'),
        ('training', '0002_marks_are_kept'),
    ]

    operations = [
        migrations.CreateModel(
            name='Material',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', i18nfield.fields.I18nCharField(max_length=500, verbose_name='title')),
                ('is_case_study', models.BooleanField(default=False, verbose_name='case study')),
                ('language', models.CharField(max_length=10, verbose_name='language')),
                ('licence', models.CharField(choices=[('cc-by-4.0', 'CC BY 4.0'), ('cc-by-sa-4.0', 'CC BY-SA 4.0'), ('cc0-1.0', 'CC0 1.0'), ('reserved', 'all rights reserved; used here with permission'), ('other', 'other')], max_length=20, verbose_name='licence')),
                ('licence_text', models.CharField(blank=True, max_length=300, verbose_name='which licence')),
                ('access', models.CharField(choices=[('participants', 'participants of this course'), ('network', 'the city network'), ('public', 'everybody')], max_length=20, verbose_name='who may read it')),
                ('revision', models.PositiveIntegerField(default=1)),
                ('withdrawn_at', models.DateTimeField(blank=True, null=True)),
                ('withdrawn_by', models.CharField(blank=True, max_length=300)),
                ('withdrawn_reason', models.CharField(blank=True, max_length=500, verbose_name='reason')),
                ('course', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='programmes.course')),
                ('session', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='programmes.session')),
            ],
            options={
                'verbose_name': 'material',
                'ordering': ['id'],
            },
        ),
        migrations.CreateModel(
            name='MaterialVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveSmallIntegerField()),
                ('kind', models.CharField(choices=[('file', 'file'), ('link', 'link')], max_length=10)),
                ('file', models.FileField(blank=True, max_length=200, upload_to=mosty.training.models.materials.stored_name)),
                ('name', models.CharField(blank=True, max_length=120)),
                ('size', models.PositiveIntegerField(blank=True, null=True)),
                ('sha256', models.CharField(blank=True, max_length=64)),
                ('content_type', models.CharField(blank=True, max_length=120)),
                ('url', models.URLField(blank=True, max_length=1000)),
                ('added_at', models.DateTimeField()),
                ('added_by', models.CharField(max_length=300)),
                ('material', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='versions', to='training.material')),
            ],
            options={
                'verbose_name': 'version of a material',
                'ordering': ['-number'],
            },
        ),
        migrations.AddIndex(
            model_name='material',
            index=models.Index(fields=['course'], name='material_by_course'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('withdrawn_at__isnull', True), ('withdrawn_by', ''), ('withdrawn_reason', '')), models.Q(('withdrawn_at__isnull', False), models.Q(('withdrawn_by', ''), _negated=True), models.Q(('withdrawn_reason', ''), _negated=True)), _connector='OR'), name='material_withdrawn_has_reason'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('licence', 'other'), models.Q(('licence_text', ''), _negated=True)), models.Q(models.Q(('licence', 'other'), _negated=True), ('licence_text', '')), _connector='OR'), name='material_other_licence_is_said'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('licence__in', ['cc-by-4.0', 'cc-by-sa-4.0', 'cc0-1.0', 'reserved', 'other'])), name='material_licence_known'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('access__in', ['participants', 'network', 'public'])), name='material_access_known'),
        ),
        migrations.AddConstraint(
            model_name='material',
            constraint=models.CheckConstraint(condition=models.Q(('language', ''), _negated=True), name='material_has_a_language'),
        ),
        migrations.AddConstraint(
            model_name='materialversion',
            constraint=models.UniqueConstraint(fields=('material', 'number'), name='material_version_once'),
        ),
        migrations.AddConstraint(
            model_name='materialversion',
            constraint=models.UniqueConstraint(condition=models.Q(('file', ''), _negated=True), fields=('file',), name='material_file_once'),
        ),
        migrations.AddConstraint(
            model_name='materialversion',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1)), name='material_version_from_one'),
        ),
        migrations.AddConstraint(
            model_name='materialversion',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('kind', 'file'), ('sha256__regex', '^[0-9a-f]{64}$'), ('size__gte', 1), ('size__isnull', False), ('url', ''), models.Q(('file', ''), _negated=True), models.Q(('name', ''), _negated=True), models.Q(('content_type', ''), _negated=True)), models.Q(('content_type', ''), ('file', ''), ('kind', 'link'), ('name', ''), ('sha256', ''), ('size__isnull', True), ('url__startswith', 'https://')), _connector='OR'), name='material_is_file_or_link'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

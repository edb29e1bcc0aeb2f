"""The numbered list of a draw in public: kept as it was published, its number added once."""

import django.db.models.deletion
from django.db import migrations, models

FORWARD = """
create function selection_list_is_guarded() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE'
        or old.number is not null
        or to_jsonb(new) - '{number,number_entered_by,number_entered_at}'::text[]
            is distinct from to_jsonb(old) - '{number,number_entered_by,number_entered_at}'::text[]
    then
        raise exception 'a published list never changes'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger selection_list_is_guarded before update or delete on selection_numberedlist
    for each row execute function selection_list_is_guarded();

create function selection_list_is_born_open() returns trigger language plpgsql as $$
begin
    if new.number is not null then
        raise exception 'a list is published before its number is drawn'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger selection_list_is_born_open before insert on selection_numberedlist
    for each row execute function selection_list_is_born_open();
"""
BACKWARD = """
drop trigger selection_list_is_born_open on selection_numberedlist;
drop function selection_list_is_born_open();
drop trigger selection_list_is_guarded on selection_numberedlist;
drop function selection_list_is_guarded();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('nominations', '0009_casting'),
        ('selection', '0009_solved_again'),
    ]

    operations = [
        migrations.CreateModel(
            name='NumberedList',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('problem', models.JSONField()),
                ('numbered', models.JSONField()),
                ('odds', models.JSONField()),
                ('input_digest', models.CharField(max_length=64)),
                ('engine', models.CharField(max_length=40)),
                ('text', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('made_by', models.CharField(max_length=300)),
                ('made_at', models.DateTimeField()),
                ('number', models.PositiveSmallIntegerField(blank=True, null=True)),
                ('number_entered_by', models.CharField(blank=True, max_length=300)),
                ('number_entered_at', models.DateTimeField(blank=True, null=True)),
            ],
            options={
                'verbose_name': 'numbered list of groups',
            },
        ),
        migrations.RemoveConstraint(
            model_name='calculation',
            name='calculation_again_is_about_a_run',
        ),
        migrations.AlterField(
            model_name='calculation',
            name='kind',
            field=models.CharField(choices=[('draw', 'draw'), ('what_if', 'what if'), ('numbers', 'numbered list'), ('again', 'solved again')], max_length=10),
        ),
        migrations.AddConstraint(
            model_name='calculation',
            constraint=models.UniqueConstraint(condition=models.Q(('kind', 'numbers'), ('state__in', ['waiting', 'running'])), fields=('call',), name='calculation_one_live_list'),
        ),
        migrations.AddConstraint(
            model_name='calculation',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('about__isnull', False), ('kind', 'again'), ('run__isnull', True)), models.Q(('about__isnull', True), ('kind', 'numbers'), ('run__isnull', True)), models.Q(('about__isnull', True), ('answer__isnull', True), ('kind__in', ['draw', 'what_if'])), _connector='OR'), name='calculation_again_is_about_a_run'),
        ),
        migrations.AddField(
            model_name='numberedlist',
            name='call',
            field=models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='nominations.call'),
        ),
        migrations.AddField(
            model_name='numberedlist',
            name='rules_version',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='nominations.rulesversion'),
        ),
        migrations.AddConstraint(
            model_name='numberedlist',
            constraint=models.CheckConstraint(condition=models.Q(('number__isnull', True), models.Q(('number__gte', 0), ('number__lt', 1000)), _connector='OR'), name='list_number_is_listed'),
        ),
        migrations.AddConstraint(
            model_name='numberedlist',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('number__isnull', True), ('number_entered_at__isnull', True)), models.Q(('number__isnull', False), ('number_entered_at__gt', models.F('made_at')), ('number_entered_at__isnull', False)), _connector='OR'), name='list_number_comes_after_the_list'),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

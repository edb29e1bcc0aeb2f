"""What people think of a point, counted; a closed month's counts never change."""

import django.db.models.deletion
import django.db.models.expressions
from django.db import migrations, models

FORWARD = """
create function infopoint_opinions_are_guarded() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        perform infopoint_refuse('opinions are not deleted');
    end if;
    -- Waits for whoever closes the month at this moment: see infopoint.actions.periods.
    perform from infopoint_point where id = new.point_id for key share;
    if infopoint_is_closed(new.point_id, make_date(new.year, new.month, 1)) then
        perform infopoint_refuse('the period is closed');
    end if;
    if tg_op = 'UPDATE' and (
        (new.point_id, new.year, new.month) is distinct from
            (old.point_id, old.year, old.month)
        or least(
            new.score_1 - old.score_1, new.score_2 - old.score_2,
            new.score_3 - old.score_3, new.score_4 - old.score_4,
            new.score_5 - old.score_5, new.found_yes - old.found_yes,
            new.found_no - old.found_no, new.language_yes - old.language_yes,
            new.language_no - old.language_no
        ) < 0
    ) then
        perform infopoint_refuse('opinions are only added');
    end if;
    return new;
end $$;
create trigger infopoint_opinions_are_guarded before insert or update or delete
    on infopoint_opinions
    for each row execute function infopoint_opinions_are_guarded();
"""
BACKWARD = """
drop trigger infopoint_opinions_are_guarded on infopoint_opinions;
drop function infopoint_opinions_are_guarded();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('infopoint', '0002_guards'),
    ]

    operations = [
        migrations.CreateModel(
            name='Poster',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=20, unique=True)),
                ('is_open', models.BooleanField(default=True, verbose_name='opinions are asked for')),
                ('asks_found', models.BooleanField(default=False)),
                ('asks_language', models.BooleanField(default=False)),
                ('point', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infopoint.point')),
            ],
            options={
                'verbose_name': 'poster',
            },
        ),
        migrations.CreateModel(
            name='Opinions',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.PositiveSmallIntegerField()),
                ('month', models.PositiveSmallIntegerField()),
                ('score_1', models.PositiveIntegerField(default=0)),
                ('score_2', models.PositiveIntegerField(default=0)),
                ('score_3', models.PositiveIntegerField(default=0)),
                ('score_4', models.PositiveIntegerField(default=0)),
                ('score_5', models.PositiveIntegerField(default=0)),
                ('found_yes', models.PositiveIntegerField(default=0)),
                ('found_no', models.PositiveIntegerField(default=0)),
                ('language_yes', models.PositiveIntegerField(default=0)),
                ('language_no', models.PositiveIntegerField(default=0)),
                ('point', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='infopoint.point')),
            ],
            options={
                'verbose_name': 'opinions of a month',
                'constraints': [models.UniqueConstraint(fields=('point', 'year', 'month'), name='opinions_once_a_month'), models.CheckConstraint(condition=models.Q(('month__range', (1, 12))), name='opinions_month_exists'), models.CheckConstraint(condition=models.Q(('found_yes__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('score_1'), '+', models.F('score_2')), '+', models.F('score_3')), '+', models.F('score_4')), '+', models.F('score_5')), '-', models.F('found_no')))), name='opinions_found_of_those_who_answered'), models.CheckConstraint(condition=models.Q(('language_yes__lte', django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(django.db.models.expressions.CombinedExpression(models.F('score_1'), '+', models.F('score_2')), '+', models.F('score_3')), '+', models.F('score_4')), '+', models.F('score_5')), '-', models.F('language_no')))), name='opinions_language_of_those_who_answered')],
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

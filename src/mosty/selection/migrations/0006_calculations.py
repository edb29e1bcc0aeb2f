"""Draws and trials that the worker makes."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('nominations', '0006_drawn_and_cancelled'),
        ('selection', '0005_first_draws'),
    ]

    operations = [
        migrations.CreateModel(
            name='Calculation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('draw', 'draw'), ('what_if', 'what if')], max_length=10)),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('failed', 'failed'), ('cancelled', 'cancelled')], default='waiting', max_length=10)),
                ('rules', models.JSONField()),
                ('asker_key', models.CharField(max_length=120)),
                ('asked_by', models.CharField(max_length=300)),
                ('asked_at', models.DateTimeField()),
                ('language', models.CharField(max_length=10)),
                ('job', models.BigIntegerField(blank=True, null=True)),
                ('begun_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('step', models.CharField(blank=True, max_length=20)),
                ('number', models.PositiveIntegerField(default=0)),
                ('cancel_asked', models.BooleanField(default=False)),
                ('failure', models.CharField(blank=True, max_length=20)),
                ('failure_params', models.JSONField(default=dict)),
                ('call', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='nominations.call')),
                ('rules_version', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='nominations.rulesversion')),
                ('run', models.OneToOneField(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='selection.run')),
            ],
            options={
                'verbose_name': 'calculation',
                'ordering': ['-asked_at', '-id'],
                'constraints': [models.UniqueConstraint(condition=models.Q(('kind', 'draw'), ('state__in', ['waiting', 'running'])), fields=('call',), name='calculation_one_live_draw'), models.UniqueConstraint(condition=models.Q(('kind', 'what_if'), ('state__in', ['waiting', 'running'])), fields=('call', 'asker_key'), name='calculation_one_live_trial'), models.CheckConstraint(condition=models.Q(models.Q(('run__isnull', False), ('state', 'done')), models.Q(models.Q(('state', 'done'), _negated=True), ('run__isnull', True)), _connector='OR'), name='calculation_done_has_run'), models.CheckConstraint(condition=models.Q(models.Q(('state', 'failed'), models.Q(('failure', ''), _negated=True)), models.Q(models.Q(('state', 'failed'), _negated=True), ('failure', '')), _connector='OR'), name='calculation_failed_says_why'), models.CheckConstraint(condition=models.Q(models.Q(('ended_at__isnull', True), ('state__in', ['waiting', 'running'])), models.Q(models.Q(('state__in', ['waiting', 'running']), _negated=True), ('ended_at__isnull', False)), _connector='OR'), name='calculation_ended_has_time'), models.CheckConstraint(condition=models.Q(models.Q(('state__in', ['running', 'done']), _negated=True), ('begun_at__isnull', False), _connector='OR'), name='calculation_begun_has_time')],
            },
        ),
    ]

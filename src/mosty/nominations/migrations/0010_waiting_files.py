"""The same file waits only once; its constraints are those of all lists that are brought in."""

from django.db import migrations, models

# Two uploads at one moment could both be stored; of such files the first waits on.
DROP_TWICE = """
update nominations_importedfile late
    set state = 'dropped', header = '[]', rows = '[]', mapping = '{}'
    from nominations_importedfile first
    where late.state = 'uploaded' and first.state = 'uploaded' and first.id < late.id
        and (first.call_id, first.digest) = (late.call_id, late.digest)
        and first.organisation_id is not distinct from late.organisation_id
"""


class Migration(migrations.Migration):

    dependencies = [
        ('directory', '0001_initial'),
        ('nominations', '0009_casting'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='importedfile',
            name='import_done_has_time',
        ),
        migrations.RemoveConstraint(
            model_name='importedfile',
            name='import_keeps_no_people',
        ),
        migrations.AddConstraint(
            model_name='importedfile',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'dropped']), ('done_at__isnull', False), _connector='OR'), name='nominations_import_done_has_time'),
        ),
        migrations.AddConstraint(
            model_name='importedfile',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'uploaded'), ('rows', []), _connector='OR'), name='nominations_import_keeps_no_rows'),
        ),
        migrations.RunSQL(DROP_TWICE, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name='importedfile',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'uploaded')), fields=('call', 'organisation', 'digest'), name='nominations_import_waits_once', nulls_distinct=False),
        ),
    ]

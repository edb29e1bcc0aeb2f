"""The same file waits only once; its constraints are those of all lists that are brought in."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('infopoint', '0011_guide_editions'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='importedfile',
            name='past_import_done_has_time',
        ),
        migrations.RemoveConstraint(
            model_name='importedfile',
            name='past_import_keeps_no_rows',
        ),
        migrations.AddConstraint(
            model_name='importedfile',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ['uploaded', 'dropped']), ('done_at__isnull', False), _connector='OR'), name='infopoint_import_done_has_time'),
        ),
        migrations.AddConstraint(
            model_name='importedfile',
            constraint=models.CheckConstraint(condition=models.Q(('state', 'uploaded'), ('rows', []), _connector='OR'), name='infopoint_import_keeps_no_rows'),
        ),
        migrations.AddConstraint(
            model_name='importedfile',
            constraint=models.UniqueConstraint(condition=models.Q(('state', 'uploaded')), fields=('point', 'digest'), name='infopoint_import_waits_once', nulls_distinct=False),
        ),
    ]

"""The table in which limits on guessing are counted."""

from django.core.management import call_command
from django.db import migrations


def create(apps, schema_editor):
    call_command("createcachetable", "accounts_cache", verbosity=0)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]
    operations = [
        migrations.RunPython(
            create, migrations.RunPython.noop, elidable=False
        )
    ]

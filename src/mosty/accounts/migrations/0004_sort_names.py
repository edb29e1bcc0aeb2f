"""Users are listed as Polish sorts names, whatever the server's letters."""

from django.db import migrations, models

from mosty.kernel.names import sort_key


def fill(apps, schema_editor):
    """Set the key of whoever is there."""
    users = apps.get_model("accounts", "User").objects
    there = list(users.only("name"))
    for user in there:
        user.sort_name = sort_key(user.name)
    users.bulk_update(there, ["sort_name"], batch_size=1000)


class Migration(migrations.Migration):
    dependencies = [("accounts", "0003_information_point_roles")]

    operations = [
        migrations.AddField(
            model_name="user",
            name="sort_name",
            field=models.CharField(db_collation="C", default="", editable=False, max_length=300),
            preserve_default=False,
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]

"""Two signatures of one moment stand in the order in which they were given."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("selection", "0010_numbered_lists")]

    operations = [
        migrations.AlterModelOptions(
            name="signature",
            options={"ordering": ["signed_at", "id"], "verbose_name": "signature"},
        ),
    ]

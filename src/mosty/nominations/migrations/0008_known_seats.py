"""The seats that cities took in earlier courses are kept with the seed."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("nominations", "0007_dead_end_repair")]
    operations = [
        migrations.AddField(
            model_name="knowncities",
            name="seats",
            field=models.JSONField(blank=True, null=True),
        ),
    ]

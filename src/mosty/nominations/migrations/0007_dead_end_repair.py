"""The least change of the rules that mends them is kept with the dead end."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("nominations", "0006_drawn_and_cancelled")]
    operations = [
        migrations.AddField(
            model_name="deadend",
            name="repair",
            field=models.JSONField(default=dict),
        ),
    ]

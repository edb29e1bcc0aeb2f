"""Calls that were drawn before say so, too."""

from django.db import migrations

FORWARD = """
update nominations_call set drawn_at = first.made_at
from (
    select call_id, min(made_at) as made_at from selection_run
    where kind = 'draw' group by call_id
) as first
where first.call_id = nominations_call.id
"""


class Migration(migrations.Migration):
    dependencies = [
        ("nominations", "0006_drawn_and_cancelled"),
        ("selection", "0004_accepted_at"),
    ]
    operations = [migrations.RunSQL(FORWARD, migrations.RunSQL.noop)]

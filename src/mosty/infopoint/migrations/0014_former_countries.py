"""Codes of countries that are no more end: their names stand under today's codes."""

from django.db import migrations

END = """
update infopoint_code set until = current_date
where owner_id is null and kind = 'nationality' and until is null
    and code in ('bur', 'ddr', 'fxx', 'tmp', 'ymd', 'zar')
"""


class Migration(migrations.Migration):
    dependencies = [("infopoint", "0013_reach")]

    operations = [migrations.RunSQL(END, migrations.RunSQL.noop)]

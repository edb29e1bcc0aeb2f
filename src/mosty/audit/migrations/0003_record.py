"""
How a function in the database writes into the ledger: what ``audit.actions.record`` does.

For acts that are one statement because there are so many of them at one moment.
"""

from django.db import migrations

FORWARD = """
create function audit_record(
    moment timestamptz, actor_key text, actor_label text, verb text,
    target_kind text, target_key text, scope text, after jsonb
) returns void language sql as $$
    insert into audit_entry (
        at, actor_key, actor_label, verb, target_kind, target_key, scope, reason,
        before, after
    ) values ($1, $2, $3, $4, $5, $6, $7, '', '{}', $8)
$$;
"""
BACKWARD = """
drop function audit_record(
    timestamptz, text, text, text, text, text, text, jsonb
);
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0002_never_changed")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

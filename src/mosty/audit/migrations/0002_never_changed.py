"""The ledger is only added to: the database refuses to change or delete an entry."""

from django.db import migrations

FORWARD = """
create function audit_entry_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is only added to' using errcode = 'integrity_constraint_violation';
end $$;
create trigger audit_entry_is_final before update or delete on audit_entry
    for each row execute function audit_entry_is_final();
"""
BACKWARD = """
drop trigger audit_entry_is_final on audit_entry;
drop function audit_entry_is_final();
"""


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

"""Rules never change once their call is published: a change is a new version."""

from django.db import migrations

FORWARD = """
create function nominations_rules_are_frozen() returns trigger language plpgsql as $$
begin
    if exists (
        select 1 from nominations_call where id = old.call_id and state <> 'draft'
    ) then
        raise exception 'rules are frozen once the call is published'
            using errcode = 'integrity_constraint_violation';
    end if;
    return case tg_op when 'DELETE' then old else new end;
end $$;
create trigger nominations_rules_are_frozen
    before update or delete on nominations_rulesversion
    for each row execute function nominations_rules_are_frozen();
"""
BACKWARD = """
drop trigger nominations_rules_are_frozen on nominations_rulesversion;
drop function nominations_rules_are_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("nominations", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

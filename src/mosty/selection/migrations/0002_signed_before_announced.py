"""
Two partner organisations sign before a run is announced, and what was run stays so.

Both are refused by the database, whatever program asks.
"""

from django.db import migrations

FORWARD = """
create function selection_run_is_guarded() returns trigger language plpgsql as $$
begin
    if new.record is distinct from old.record
        or new.seed is distinct from old.seed
        or new.input_digest is distinct from old.input_digest
        or new.rules is distinct from old.rules
        or new.rules_version_id is distinct from old.rules_version_id
        or new.kind is distinct from old.kind
    then
        raise exception 'a run never changes'
            using errcode = 'integrity_constraint_violation';
    end if;
    if new.state = 'announced' and old.state <> 'announced' and 2 > (
        select count(distinct organisation_id) from selection_signature where run_id = new.id
    ) then
        raise exception 'two partners sign before a run is announced'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger selection_run_is_guarded before update on selection_run
    for each row execute function selection_run_is_guarded();

create function selection_run_is_born_proposed() returns trigger language plpgsql as $$
begin
    if new.state <> 'proposed' then
        raise exception 'a run begins as proposed'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger selection_run_is_born_proposed before insert on selection_run
    for each row execute function selection_run_is_born_proposed();
"""
BACKWARD = """
drop trigger selection_run_is_born_proposed on selection_run;
drop function selection_run_is_born_proposed();
drop trigger selection_run_is_guarded on selection_run;
drop function selection_run_is_guarded();
"""


class Migration(migrations.Migration):
    dependencies = [("selection", "0001_initial")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

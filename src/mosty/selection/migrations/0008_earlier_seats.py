"""The earlier seats that a run counted are kept with it, and like the run never change."""

from django.db import migrations, models

GUARD = """
create or replace function selection_run_is_guarded() returns trigger language plpgsql as $$
begin
    if new.record is distinct from old.record
        or new.costs is distinct from old.costs{more}
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
"""
FORWARD = GUARD.format(more="\n        or new.earlier is distinct from old.earlier")
BACKWARD = GUARD.format(more="")


class Migration(migrations.Migration):
    dependencies = [("selection", "0007_costs")]
    operations = [
        migrations.AddField(
            model_name="run",
            name="earlier",
            field=models.JSONField(blank=True, null=True),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

"""
Points, operations and codes are never deleted, and so a record needs no keys to them.

Thirteen keys cost each record more than all that its guard looks at: each locks the row
that it names, and everybody who records locks the same few. The guard sees that every
row is there and what it must be; here the database refuses that one ever goes.
"""

from importlib import import_module

from django.db import migrations, models

GUARD = """
create or replace function infopoint_consultation_is_guarded() returns trigger
language plpgsql as $$
declare
    point record;
    operation record;
    change record;
    closed boolean;
begin
    if tg_op = 'DELETE' then
        perform infopoint_refuse('a record is withdrawn, not deleted');
    end if;
    -- Waits for whoever closes a period at this moment: see infopoint.actions.periods.
    select * into point from infopoint_point where id = new.point_id for key share;
    select * into operation from infopoint_operation
        where id = new.operation_id and point_id = point.id;
    if operation.id is null or new.day < operation.since
        or new.day > operation.until then
        perform infopoint_refuse('a record is of the operation of its day');
    end if;
    if new.day < point.opened_on or new.day > point.closed_on then
        perform infopoint_refuse('a record is of a day on which the point was open');
    end if;
    if new.day > (new.recorded_at at time zone point.time_zone)::date then
        perform infopoint_refuse('a record is not of a day to come');
    end if;
    if new.note <> '' and not point.notes_allowed
        and (tg_op = 'INSERT' or new.note <> old.note) then
        perform infopoint_refuse('the point takes no notes');
    end if;
    -- A code is good if it is of the list, of the city or common, and held on the day.
    -- Each topic stands once: two that are the same are one code too few.
    if array_position(new.topics, null) is not null or exists (
        select from (
            values (new.channel_id, 'channel'), (new.language_id, 'language'),
                (new.outcome_id, 'outcome'), (new.nationality_id, 'nationality'),
                (new.sex_id, 'sex'), (new.age_band_id, 'age_band'),
                (new.legal_status_id, 'legal_status'), (new.district_id, 'district'),
                (new.duration_id, 'duration'), (new.referral_id, 'referral'),
                (new.funder_id, 'funder')
            union all select topic, 'topic' from unnest(new.topics) topic
        ) said (id, kind)
            left join infopoint_code code on code.id = said.id
                and code.kind = said.kind
                and (code.owner_id is null or code.owner_id = point.city_id)
                and (code.since is null or code.since <= new.day)
                and (code.until is null or code.until >= new.day)
        where said.id is not null
        having count(*) <> count(distinct code.id)
    ) then
        perform infopoint_refuse(
            'codes are of their list and hold on the day; each topic stands once'
        );
    end if;

    closed := infopoint_is_closed(new.point_id, new.day);
    if tg_op = 'INSERT' then
        if closed and not (new.is_late and new.state = 'late') then
            perform infopoint_refuse('the period is closed');
        end if;
        return new;
    end if;
    if (new.key, new.point_id, new.recorded_at, new.recorder_key, new.is_late)
        is distinct from
        (old.key, old.point_id, old.recorded_at, old.recorder_key, old.is_late) then
        perform infopoint_refuse('who recorded what when never changes');
    end if;
    select * into change from infopoint_consultationchange
        where consultation_id = old.key and version = old.version;
    if new.version <> old.version + 1 or change.id is null
        or not (to_jsonb(old) @> change.said)
        or change.said -> 'topics' is distinct from to_jsonb(old.topics)
        or not change.said ?& array['day', 'state', 'channel_id', 'outcome_id'] then
        perform infopoint_refuse('a record changes only where the old one is kept');
    end if;
    if (closed or infopoint_is_closed(old.point_id, old.day))
        and not change.is_revision then
        perform infopoint_refuse('the period is closed: a change is a revision');
    end if;
    return new;
end $$;
"""
KEPT = """
create function infopoint_is_kept() returns trigger language plpgsql as $$
begin
    perform infopoint_refuse('this is ended, not deleted');
    return null;
end $$;
create trigger infopoint_point_is_kept before delete on infopoint_point
    for each row execute function infopoint_is_kept();
create trigger infopoint_operation_is_kept before delete on infopoint_operation
    for each row execute function infopoint_is_kept();
create trigger infopoint_code_is_kept before delete on infopoint_code
    for each row execute function infopoint_is_kept();
"""
NOT_KEPT = """
drop trigger infopoint_code_is_kept on infopoint_code;
drop trigger infopoint_operation_is_kept on infopoint_operation;
drop trigger infopoint_point_is_kept on infopoint_point;
drop function infopoint_is_kept();
"""
CODES = {
    "channel": True,
    "language": True,
    "outcome": True,
    "nationality": False,
    "sex": False,
    "age_band": False,
    "legal_status": False,
    "district": False,
    "duration": False,
    "referral": False,
    "funder": False,
}


def _guard_before() -> str:
    """Return the guard as it was made first."""
    made = str(import_module("mosty.infopoint.migrations.0002_guards").FORWARD)
    start = made.index("create function infopoint_consultation_is_guarded")
    end = made.index("create trigger infopoint_consultation_is_guarded")
    return made[start:end].replace("create function", "create or replace function")


def _key(to: str, *, required: bool = True) -> models.ForeignKey:
    return models.ForeignKey(
        f"infopoint.{to}",
        models.PROTECT,
        null=not required,
        blank=not required,
        related_name="+",
        db_index=False,
        db_constraint=False,
    )


class Migration(migrations.Migration):
    dependencies = [("infopoint", "0007_consents")]
    operations = [
        migrations.AlterField("consultation", "point", _key("point")),
        migrations.AlterField("consultation", "operation", _key("operation")),
        *(
            migrations.AlterField("consultation", name, _key("code", required=required))
            for name, required in CODES.items()
        ),
        migrations.RunSQL(GUARD, _guard_before()),
        migrations.RunSQL(KEPT, NOT_KEPT),
    ]

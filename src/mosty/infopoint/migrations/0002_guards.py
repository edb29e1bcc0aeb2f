"""
What must never be false of records, whatever program writes them.

Codes hold on the day, are of the right list and of the point's city; nothing changes
without its old version and a reason; nothing enters a closed period in silence.
"""

from django.db import migrations

FORWARD = """
create function infopoint_refuse(sentence text) returns void language plpgsql as $$
begin
    raise exception '%', sentence using errcode = 'integrity_constraint_violation';
end $$;

create function infopoint_is_closed(of_point bigint, of_day date) returns boolean
language sql stable as $$
    select exists (
        select from infopoint_period period
            where period.point_id = of_point
                and period.year = extract(year from of_day)
                and (period.month is null or period.month = extract(month from of_day))
    )
$$;

create function infopoint_point_is_guarded() returns trigger language plpgsql as $$
begin
    if not exists (
        select from directory_organisation city
            where city.id = new.city_id and city.kind = 'city'
    ) then
        perform infopoint_refuse('a point is a city''s');
    end if;
    return new;
end $$;
create trigger infopoint_point_is_guarded before insert or update of city_id
    on infopoint_point for each row execute function infopoint_point_is_guarded();

create function infopoint_operation_is_guarded() returns trigger language plpgsql as $$
begin
    if new.point_id <> old.point_id or new.operator_id <> old.operator_id then
        perform infopoint_refuse('an operation stays with its point and operator');
    end if;
    if exists (
        select from infopoint_consultation one
            where one.point_id = new.point_id and one.operation_id = new.id
                and (one.day < new.since or one.day > new.until)
    ) then
        perform infopoint_refuse('an operation covers the days of its records');
    end if;
    return new;
end $$;
create trigger infopoint_operation_is_guarded before update on infopoint_operation
    for each row execute function infopoint_operation_is_guarded();

create function infopoint_code_is_guarded() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if exists (
            select from infopoint_consultation one where one.topics @> array[old.id]
        ) then
            perform infopoint_refuse('a code in use is ended, not deleted');
        end if;
        return old;
    end if;
    if new.common_id is not null and not exists (
        select from infopoint_code held where held.id = new.common_id
            and held.owner_id is null and held.kind = new.kind
    ) then
        perform infopoint_refuse('a code counts as one of the same common list');
    end if;
    if tg_op = 'UPDATE' then
        if new.kind <> old.kind or new.code <> old.code
            or new.owner_id is distinct from old.owner_id then
            perform infopoint_refuse('what a code stands for never changes');
        end if;
        if (new.since, new.until) is distinct from (old.since, old.until) and exists (
            select from infopoint_consultation one
                where (one.day < new.since or one.day > new.until) and (
                    new.id = any (one.topics) or new.id in (
                        one.channel_id, one.language_id, one.outcome_id,
                        one.nationality_id, one.sex_id, one.age_band_id,
                        one.legal_status_id, one.district_id, one.duration_id,
                        one.referral_id, one.funder_id
                    )
                )
        ) then
            perform infopoint_refuse('a code holds on the days of its records');
        end if;
    end if;
    return new;
end $$;
create trigger infopoint_code_is_guarded before insert or update or delete
    on infopoint_code for each row execute function infopoint_code_is_guarded();

create function infopoint_consultation_is_guarded() returns trigger
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
    select * into operation from infopoint_operation where id = new.operation_id;
    if operation.point_id <> new.point_id or new.day < operation.since
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
    if array_position(new.topics, null) is not null
        or (select count(distinct topic) from unnest(new.topics) topic)
            <> cardinality(new.topics) then
        perform infopoint_refuse('each topic stands once');
    end if;
    -- A code is good if it is of the list, of the city or common, and held on the day.
    if exists (
        select from (
            values (new.channel_id, 'channel'), (new.language_id, 'language'),
                (new.outcome_id, 'outcome'), (new.nationality_id, 'nationality'),
                (new.sex_id, 'sex'), (new.age_band_id, 'age_band'),
                (new.legal_status_id, 'legal_status'), (new.district_id, 'district'),
                (new.duration_id, 'duration'), (new.referral_id, 'referral'),
                (new.funder_id, 'funder')
            union all select topic, 'topic' from unnest(new.topics) topic
        ) said (id, kind)
        where said.id is not null and not exists (
            select from infopoint_code code where code.id = said.id
                and code.kind = said.kind
                and (code.owner_id is null or code.owner_id = point.city_id)
                and (code.since is null or code.since <= new.day)
                and (code.until is null or code.until >= new.day)
        )
    ) then
        perform infopoint_refuse('codes are of their list and hold on the day');
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
create trigger infopoint_consultation_is_guarded before insert or update or delete
    on infopoint_consultation
    for each row execute function infopoint_consultation_is_guarded();

create function infopoint_is_final() returns trigger language plpgsql as $$
begin
    perform infopoint_refuse('this is never changed');
    return null;
end $$;
create trigger infopoint_change_is_final before update or delete
    on infopoint_consultationchange for each row execute function infopoint_is_final();
create trigger infopoint_period_is_final before update or delete
    on infopoint_period for each row execute function infopoint_is_final();

create view infopoint_consultation_topic as
    select one.key as consultation_id, said.topic as topic_id, said.place,
        said.place = 1 as is_primary
    from infopoint_consultation one
        cross join lateral unnest(one.topics) with ordinality said (topic, place);
"""

BACKWARD = """
drop view infopoint_consultation_topic;
drop trigger infopoint_period_is_final on infopoint_period;
drop trigger infopoint_change_is_final on infopoint_consultationchange;
drop function infopoint_is_final();
drop trigger infopoint_consultation_is_guarded on infopoint_consultation;
drop function infopoint_consultation_is_guarded();
drop trigger infopoint_code_is_guarded on infopoint_code;
drop function infopoint_code_is_guarded();
drop trigger infopoint_operation_is_guarded on infopoint_operation;
drop function infopoint_operation_is_guarded();
drop trigger infopoint_point_is_guarded on infopoint_point;
drop function infopoint_point_is_guarded();
drop function infopoint_is_closed(bigint, date);
drop function infopoint_refuse(text);
"""


class Migration(migrations.Migration):
    dependencies = [("infopoint", "0001_initial"), ("directory", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

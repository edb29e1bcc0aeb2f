"""
Recording a consultation is one statement: fifty desks record at the same time.

The function writes the record and its entry in the ledger, or nothing. It never says
why: ``infopoint.actions.recording`` finds that out, for the sentence that is shown.
What must never be false is held by the guards, here as for everybody else who writes.
"""

from django.db import migrations

FORWARD = """
create function infopoint_record(
    new_key uuid, at_point bigint, today date, operators bigint[], of_day date,
    kinds text[], codes text[], with_interpreter boolean,
    visitor text, new_note text, moment timestamptz, actor_key text, actor_label text
) returns boolean language plpgsql as $$
declare
    held record;
    said record;
    late boolean;
begin
    -- Who may record: policies.can_record. Who runs the point today sees it. The day:
    -- it has come, the point was open, and hers ran it. Waits for whoever closes a
    -- period at this moment: what follows sees it closed.
    select point.city_id, point.slug, operation.id as operation into held
        from infopoint_point point
            join infopoint_operation running on running.point_id = point.id
            join infopoint_operation operation on operation.point_id = point.id
        where point.id = at_point
            and running.operator_id = any (operators) and running.since <= today
            and (running.until is null or running.until >= today)
            and operation.operator_id = any (operators) and operation.since <= of_day
            and (operation.until is null or operation.until >= of_day)
            and of_day <= (moment at time zone point.time_zone)::date
            and of_day >= point.opened_on
            and (point.closed_on is null or of_day <= point.closed_on)
        for key share of point;
    if not found then
        return null;
    end if;
    -- The codes: all that were named are on the lists of the day. A city's own stands
    -- before a common one of the same name.
    select bool_and(id is not null) as known,
        array_agg(id order by place) filter (where kind = 'topic') as topics,
        max(id) filter (where kind = 'channel') as channel,
        max(id) filter (where kind = 'language') as language,
        max(id) filter (where kind = 'nationality') as nationality,
        max(id) filter (where kind = 'sex') as sex,
        max(id) filter (where kind = 'age_band') as age_band,
        max(id) filter (where kind = 'legal_status') as legal_status,
        max(id) filter (where kind = 'district') as district,
        max(id) filter (where kind = 'duration') as duration,
        max(id) filter (where kind = 'outcome') as outcome,
        max(id) filter (where kind = 'referral') as referral,
        max(id) filter (where kind = 'funder') as funder
        into said
        from (
            select named.kind, named.place, coalesce(own.id, common.id) as id
                from unnest(kinds, codes) with ordinality named (kind, code, place)
                    left join infopoint_code own on own.owner_id = held.city_id
                        and own.kind = named.kind and own.code = named.code
                        and (own.since is null or own.since <= of_day)
                        and (own.until is null or own.until >= of_day)
                    left join infopoint_code common on common.owner_id is null
                        and common.kind = named.kind and common.code = named.code
                        and (common.since is null or common.since <= of_day)
                        and (common.until is null or common.until >= of_day)
        ) named;
    if said.known is not true or said.topics is null
        or said.channel is null or said.language is null or said.outcome is null then
        return null;
    end if;

    late := infopoint_is_closed(at_point, of_day);
    insert into infopoint_consultation (
        key, point_id, operation_id, day, channel_id, language_id, topics,
        nationality_id, sex_id, age_band_id, legal_status_id, district_id, duration_id,
        outcome_id, referral_id, funder_id, interpreter, "returning", note, state,
        is_late, recorded_at, recorder_key, version
    ) values (
        new_key, at_point, held.operation, of_day, said.channel, said.language, said.topics,
        said.nationality, said.sex, said.age_band, said.legal_status, said.district,
        said.duration, said.outcome, said.referral, said.funder, with_interpreter,
        visitor, new_note, case when late then 'late' else 'counted' end,
        late, moment, actor_key, 1
    -- Of the same form sent twice at one moment the second waits, and writes nothing.
    ) on conflict (key) do nothing;
    if not found then
        return null;
    end if;
    perform audit_record(
        moment, actor_key, actor_label, 'consultation.recorded', 'infopoint.consultation',
        new_key::text, held.slug,
        case when late then '{"late": true}'::jsonb else '{}'::jsonb end
    );
    return late;
end $$;
"""
BACKWARD = """
drop function infopoint_record(
    uuid, bigint, date, bigint[], date, text[], text[], boolean, text, text,
    timestamptz, text, text
);
"""


class Migration(migrations.Migration):
    dependencies = [("infopoint", "0008_kept"), ("audit", "0003_record")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

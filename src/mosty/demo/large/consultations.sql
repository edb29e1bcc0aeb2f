-- Consultations at points, of the days of a span: see consultations.py.
with
codes as (
    select kind, array_agg(id order by "order", id) as ids from infopoint_code
        where owner_id is null and (since is null or since <= %(first)s::date)
            and (until is null or until >= %(last)s::date) group by kind
),
districts as (
    select owner_id, array_agg(id order by id) as ids from infopoint_code
        where kind = 'district' group by owner_id
),
points as (
    select array_agg(p.id order by p.id) as ids, array_agg(o.id order by p.id) as operations,
        array_agg(p.city_id order by p.id) as cities
    from infopoint_point p join infopoint_operation o on o.point_id = p.id
            and o.since <= %(first)s::date and (o.until is null or o.until >= %(last)s::date)
        where p.id = any(%(points)s)
),
lists as (
    select
        (select ids from codes where kind = 'channel') as channel,
        (select ids[1:8] from codes where kind = 'language') as language,
        (select ids from codes where kind = 'topic') as topic,
        (select ids[1:80] from codes where kind = 'nationality') as nationality,
        (select ids from codes where kind = 'sex') as sex,
        (select ids from codes where kind = 'age_band') as age_band,
        (select ids from codes where kind = 'legal_status') as legal_status,
        (select ids from codes where kind = 'duration') as duration,
        (select ids from codes where kind = 'outcome') as outcome,
        (select ids from codes where kind = 'referral') as referral,
        (select ids from codes where kind = 'funder') as funder
),
drawn as (
    select n, random() as a, random() as b, random() as c, random() as d, random() as e,
        random() as f, random() as g, random() as h, random() as i, random() as j,
        random() as k, random() as l, random() as m, random() as o, random() as p
    from generate_series(1, %(rows)s) n
)
insert into infopoint_consultation (
    key, point_id, operation_id, day, channel_id, language_id, topics, nationality_id,
    sex_id, age_band_id, legal_status_id, district_id, duration_id, outcome_id,
    referral_id, funder_id, interpreter, "returning", note, state, is_late, recorded_at,
    recorder_key, version
)
select
    gen_random_uuid(),
    points.ids[1 + (o * cardinality(points.ids))::int %% cardinality(points.ids)],
    points.operations[1 + (o * cardinality(points.ids))::int %% cardinality(points.ids)],
    %(first)s::date + (a * (%(last)s::date - %(first)s::date))::int,
    channel[1 + (b * b * 6)::int],
    language[1 + (c * c * 7)::int],
    case
        when d < 0.5 then array[topic[1 + (e * e * 11)::int]]
        when d < 0.9 then array[topic[1 + (e * e * 11)::int],
            topic[1 + ((e * e * 11)::int + 1 + (f * 10)::int) %% 12]]
        else array[topic[1 + (e * e * 11)::int],
            topic[1 + ((e * e * 11)::int + 1 + (f * 4)::int) %% 12],
            topic[1 + ((e * e * 11)::int + 6 + (g * 4)::int) %% 12]]
    end,
    nationality[1 + (h * h * h * 79)::int],
    case when i < 0.95 then sex[1 + (i * 2.1)::int] end,
    case when j < 0.95 then age_band[1 + (j * 4.2)::int] end,
    case when k < 0.9 then legal_status[1 + (k * k * 11)::int] end,
    case when l < 0.7 then districts.ids[1 + (l * 10)::int] end,
    duration[1 + (m * 4)::int],
    outcome[1 + (p * p * 2)::int],
    case when p > 0.8 then referral[1 + (l * 9)::int] end,
    funder[1 + (g * g * 4)::int],
    p < 0.1,
    case when f < 0.5 then 'new' when f < 0.9 then 'returning' else 'unknown' end,
    '',
    case when p < 0.985 then 'counted' when p < 0.995 then 'withdrawn' else 'late' end,
    p >= 0.995,
    ((%(first)s::date + (a * (%(last)s::date - %(first)s::date))::int) + time '12:00')
        at time zone 'Europe/Warsaw',
    (%(recorders)s::text[])[1 + (m * 1000)::int %% cardinality(%(recorders)s::text[])],
    1
from drawn cross join lists cross join points
    left join districts on districts.owner_id
        = points.cities[1 + (o * cardinality(points.ids))::int %% cardinality(points.ids)]

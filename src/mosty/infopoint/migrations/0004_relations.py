"""What tables count: records that count, and the codes that they say, by their keys."""

from django.db import migrations

FORWARD = """
create view infopoint_counted_consultation as
    select point.slug as point, one.day, one.channel_id as channel,
        one.language_id as language, one.topics, one.topics[1] as main_topic,
        one.nationality_id as nationality, one.sex_id as sex,
        one.age_band_id as age_band, one.legal_status_id as legal_status,
        one.district_id as district, one.duration_id as duration,
        one.outcome_id as outcome, one.referral_id as referral,
        one.funder_id as funder, one."returning",
        case when one.interpreter then 'yes' else 'no' end as interpreter
    from infopoint_consultation one
        join infopoint_point point on point.id = one.point_id
    where one.state = 'counted';

create view infopoint_listed_code as
    select code.kind, code.id as key, code.code,
        case when code.owner_id is null then code.code else common.code end as common
    from infopoint_code code left join infopoint_code common on common.id = code.common_id;
"""

BACKWARD = """
drop view infopoint_listed_code;
drop view infopoint_counted_consultation;
"""


class Migration(migrations.Migration):
    dependencies = [("infopoint", "0003_opinions")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

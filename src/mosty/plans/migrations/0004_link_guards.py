"""
What must never be false of the links of an action, whatever program writes them.

A practice is published; a stakeholder stands, or stood, on a map of the plan's city; a
need is a topic of the common list or of the city's own. None of these is ever deleted.
"""

from django.db import migrations

FORWARD = """
create function plans_links_are_there() returns trigger language plpgsql as $$
declare
    city bigint;
begin
    if tg_op = 'UPDATE' and (new.practices, new.stakeholders, new.needs)
        is not distinct from (old.practices, old.stakeholders, old.needs) then
        return new;
    end if;
    select plan.owner_id into city from plans_plan plan where plan.id = new.plan_id;
    if cardinality(new.practices) <> (
        select count(*) from library_practice practice
            where practice.slug = any(new.practices) and exists (
                select from library_practiceversion version
                    where version.practice_id = practice.id
                        and version.state = 'published'
            )
    ) then
        perform plans_refuse('an action builds on published practices, on each once');
    end if;
    if cardinality(new.stakeholders) <> (
        select count(*) from partnerships_actor actor
            join partnerships_stakeholdermap map on map.id = actor.map_id
            where actor.key = any(new.stakeholders) and map.city_id = city
    ) then
        perform plans_refuse('a stakeholder is of the city''s own maps, each once');
    end if;
    if cardinality(new.needs) <> (
        select count(*) from infopoint_code code
            where code.id = any(new.needs) and code.kind = 'topic'
                and (code.owner_id is null or code.owner_id = city)
    ) then
        perform plans_refuse('a need is a topic of the common or the city''s list');
    end if;
    return new;
end $$;
create trigger plans_links_are_there before insert or update
    on plans_action for each row execute function plans_links_are_there();
"""

BACKWARD = """
drop trigger plans_links_are_there on plans_action;
drop function plans_links_are_there();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0003_links"),
        ("infopoint", "0001_initial"),
        ("library", "0001_initial"),
        ("partnerships", "0001_initial"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

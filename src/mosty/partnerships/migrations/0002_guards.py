"""
What must never be false of maps and agreements, whatever program writes them.

A map is a city's; ties hold between two actors who stand on one map; versions and
documents never change; whoever changes an actor, a tie, a map or an agreement raises
its revision by one.
"""

from django.db import migrations

FORWARD = """
create function partnerships_refuse(sentence text) returns void language plpgsql as $$
begin
    raise exception '%', sentence using errcode = 'integrity_constraint_violation';
end $$;

create function partnerships_owner_is_city() returns trigger language plpgsql as $$
begin
    if not exists (
        select from directory_organisation city
            where city.id = new.city_id and city.kind = 'city'
    ) then
        perform partnerships_refuse('maps and agreements are a city''s');
    end if;
    if tg_op = 'UPDATE' and new.city_id <> old.city_id then
        perform partnerships_refuse('a map or an agreement stays with its city');
    end if;
    return new;
end $$;
create trigger partnerships_map_is_a_citys before insert or update of city_id
    on partnerships_stakeholdermap
    for each row execute function partnerships_owner_is_city();
create trigger partnerships_agreement_is_a_citys before insert or update of city_id
    on partnerships_agreement
    for each row execute function partnerships_owner_is_city();

create function partnerships_revision_rises() returns trigger language plpgsql as $$
begin
    if new.revision <> old.revision + 1 then
        perform partnerships_refuse('a change raises the revision by one');
    end if;
    return new;
end $$;
create trigger partnerships_map_revision before update on partnerships_stakeholdermap
    for each row execute function partnerships_revision_rises();
create trigger partnerships_actor_revision before update on partnerships_actor
    for each row execute function partnerships_revision_rises();
create trigger partnerships_tie_revision before update on partnerships_tie
    for each row execute function partnerships_revision_rises();
create trigger partnerships_agreement_revision before update on partnerships_agreement
    for each row execute function partnerships_revision_rises();

create function partnerships_actor_is_guarded() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        perform partnerships_refuse('an actor is taken off its map, not deleted');
    end if;
    if new.key <> old.key or new.map_id <> old.map_id then
        perform partnerships_refuse('an actor keeps its key and its map');
    end if;
    if new.removed_at is not null and exists (
        select from partnerships_tie tie where new.id in (tie.source_id, tie.target_id)
    ) then
        perform partnerships_refuse('an actor that is taken off has no ties');
    end if;
    return new;
end $$;
create trigger partnerships_actor_is_guarded before update or delete
    on partnerships_actor for each row execute function partnerships_actor_is_guarded();

create function partnerships_tie_is_guarded() returns trigger language plpgsql as $$
declare
    ends integer;
begin
    -- Waits for whoever takes one of the two off at this moment.
    perform from partnerships_actor actor
        where actor.id in (new.source_id, new.target_id) for share;
    select count(*) into ends from partnerships_actor actor
        where actor.id in (new.source_id, new.target_id)
            and actor.map_id = new.map_id and actor.removed_at is null;
    if ends <> 2 then
        perform partnerships_refuse('a tie holds between two actors of its map');
    end if;
    if new.agreement_id is not null and not exists (
        select from partnerships_agreement agreement
            join partnerships_stakeholdermap map on map.city_id = agreement.city_id
            where agreement.id = new.agreement_id and map.id = new.map_id
    ) then
        perform partnerships_refuse('a tie rests on an agreement of its own city');
    end if;
    return new;
end $$;
create trigger partnerships_tie_is_guarded before insert or update
    on partnerships_tie for each row execute function partnerships_tie_is_guarded();

create function partnerships_is_final() returns trigger language plpgsql as $$
begin
    perform partnerships_refuse('a version never changes');
    return null;
end $$;
create trigger partnerships_version_is_final before update or delete
    on partnerships_mapversion
    for each row execute function partnerships_is_final();
create trigger partnerships_file_is_final before update or delete
    on partnerships_agreementfile
    for each row execute function partnerships_is_final();
"""

BACKWARD = """
drop trigger partnerships_file_is_final on partnerships_agreementfile;
drop trigger partnerships_version_is_final on partnerships_mapversion;
drop function partnerships_is_final();
drop trigger partnerships_tie_is_guarded on partnerships_tie;
drop function partnerships_tie_is_guarded();
drop trigger partnerships_actor_is_guarded on partnerships_actor;
drop function partnerships_actor_is_guarded();
drop trigger partnerships_agreement_revision on partnerships_agreement;
drop trigger partnerships_tie_revision on partnerships_tie;
drop trigger partnerships_actor_revision on partnerships_actor;
drop trigger partnerships_map_revision on partnerships_stakeholdermap;
drop function partnerships_revision_rises();
drop trigger partnerships_agreement_is_a_citys on partnerships_agreement;
drop trigger partnerships_map_is_a_citys on partnerships_stakeholdermap;
drop function partnerships_owner_is_city();
drop function partnerships_refuse(text);
"""


class Migration(migrations.Migration):
    dependencies = [("partnerships", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

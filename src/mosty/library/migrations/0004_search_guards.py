"""
What must never be false of the thesaurus, whatever program writes it.

No concept is, over however many steps, broader than itself; its code never changes; a
set of synonyms has two words or more.
"""

from django.db import migrations

FORWARD = """
create function library_concept_is_guarded() returns trigger language plpgsql as $$
begin
    if tg_op = 'UPDATE' and new.code <> old.code then
        raise exception 'a concept keeps its code'
            using errcode = 'integrity_constraint_violation';
    end if;
    if new.broader_id is not null then
        -- Two who each add half of a ring: the second waits, and sees the first's.
        perform pg_advisory_xact_lock(720251123);
        if exists (
            with recursive above (id) as (
                select new.broader_id
                union select concept.broader_id from library_concept concept
                    join above on above.id = concept.id
                    where concept.broader_id is not null
            )
            select from above where id = new.id
        ) then
            raise exception 'a concept is not broader than itself'
                using errcode = 'integrity_constraint_violation';
        end if;
    end if;
    return new;
end $$;
create trigger library_concept_is_guarded before insert or update on library_concept
    for each row execute function library_concept_is_guarded();

create function library_synonyms_are_several() returns trigger language plpgsql as $$
declare
    of_set bigint;
begin
    if tg_table_name = 'library_synonymset' then
        of_set := new.id;
    else
        of_set := old.of_id;
    end if;
    if exists (select from library_synonymset one where one.id = of_set)
        and (select count(*) from library_synonym word where word.of_id = of_set) < 2
    then
        raise exception 'a set of synonyms has two words or more'
            using errcode = 'integrity_constraint_violation';
    end if;
    return null;
end $$;
create constraint trigger library_synonyms_are_several
    after insert on library_synonymset deferrable initially deferred
    for each row execute function library_synonyms_are_several();
create constraint trigger library_synonyms_stay_several
    after update or delete on library_synonym deferrable initially deferred
    for each row execute function library_synonyms_are_several();
"""

BACKWARD = """
drop trigger library_synonyms_stay_several on library_synonym;
drop trigger library_synonyms_are_several on library_synonymset;
drop function library_synonyms_are_several();
drop trigger library_concept_is_guarded on library_concept;
drop function library_concept_is_guarded();
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0003_search")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

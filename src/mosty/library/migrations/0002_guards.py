"""
What must never be false of the library, whatever program writes it.

What was published never changes; nobody reviews what is her own; two must have said
yes; a chain of adoptions never closes to a ring; a section's digest never lies.
"""

from django.db import migrations

FORWARD = """
create function library_refuse(sentence text) returns void language plpgsql as $$
begin
    raise exception '%', sentence using errcode = 'integrity_constraint_violation';
end $$;

create function library_is_final() returns trigger language plpgsql as $$
begin
    perform library_refuse('this is never changed');
    return null;
end $$;

create function library_practice_is_guarded() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if not exists (
            select from directory_organisation city
                where city.id = new.city_id and city.kind = 'city'
        ) then
            perform library_refuse('a practice is a city''s');
        end if;
        return new;
    end if;
    if (new.slug, new.city_id) is distinct from (old.slug, old.city_id) then
        perform library_refuse('a practice keeps its address and its city');
    end if;
    if old.retired_at is not null and (new.retired_at, new.retired_reason)
        is distinct from (old.retired_at, old.retired_reason) then
        perform library_refuse('a retired practice stays retired');
    end if;
    return new;
end $$;
create trigger library_practice_is_guarded before insert or update
    on library_practice for each row execute function library_practice_is_guarded();

-- Who has a stake in a practice: wrote any version of it, or belongs to its city today.
create function library_has_stake(of_user bigint, in_practice bigint) returns boolean
language sql stable as $$
    select exists (
        select from library_practiceversion one
            where one.practice_id = in_practice and one.author_id = of_user
    ) or exists (
        select from library_practice practice
            join accounts_grant held on held.organisation_id = practice.city_id
            where practice.id = in_practice and held.user_id = of_user
                and (held.until is null or held.until >= current_date)
    ) or exists (
        select from library_practice practice
            join directory_position post on post.organisation_id = practice.city_id
            join accounts_user someone on someone.person_id = post.person_id
            where practice.id = in_practice and someone.id = of_user
                and (post.until is null or post.until >= current_date)
    )
$$;

create function library_version_is_guarded() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        perform library_refuse('a version is kept');
    end if;
    if tg_op = 'INSERT' then
        if new.state <> 'draft' then
            perform library_refuse('a version begins as a draft');
        end if;
        if exists (select from library_practice practice
            where practice.id = new.practice_id and practice.retired_at is not null) then
            perform library_refuse('a retired practice stays as it is');
        end if;
        return new;
    end if;
    if old.state not in ('draft', 'submitted') then
        perform library_refuse('a version that was decided never changes');
    end if;
    if (new.practice_id, new.number, new.author_id, new.created_at)
        is distinct from (old.practice_id, old.number, old.author_id, old.created_at)
    then
        perform library_refuse('whose version it is never changes');
    end if;
    if old.state = 'submitted' then
        if new.state = 'draft' then
            perform library_refuse('what was submitted is no draft again');
        end if;
        if (to_jsonb(new) - array['state', 'decided_at', 'decided_by',
                'decided_reason', 'revision'])
            is distinct from (to_jsonb(old) - array['state', 'decided_at', 'decided_by',
                'decided_reason', 'revision']) then
            perform library_refuse('what reviewers read does not change');
        end if;
    end if;
    if old.state = 'draft' and new.state not in ('draft', 'submitted', 'withdrawn') then
        perform library_refuse('a draft is reviewed before it is published');
    end if;
    -- The latest day that it is anywhere: whose day counts, the action knows.
    if new.state = 'submitted' and not new.in_trial
        and (new.started_on + interval '1 year')::date
            > (new.submitted_at at time zone 'UTC' + interval '14 hours')::date then
        perform library_refuse('a practice is a year old, or in trial');
    end if;
    if new.state = 'published' and (
        select count(*) from library_review one
            where one.version_id = new.id and one.advice = 'publish'
    ) < 2 then
        perform library_refuse('two must advise to publish');
    end if;
    return new;
end $$;
create trigger library_version_is_guarded before insert or update or delete
    on library_practiceversion
    for each row execute function library_version_is_guarded();

create function library_review_is_guarded() returns trigger language plpgsql as $$
declare
    version record;
begin
    if tg_op = 'DELETE' then
        if old.given_at is not null then
            perform library_refuse('a review that was given stays');
        end if;
        return old;
    end if;
    -- Waits for whoever decides about the version at this moment.
    select * into version from library_practiceversion
        where id = new.version_id for key share;
    if version.state <> 'submitted' then
        perform library_refuse('a review is of what was submitted');
    end if;
    if library_has_stake(new.reviewer_id, version.practice_id) then
        perform library_refuse('nobody reviews what she has a stake in');
    end if;
    if tg_op = 'UPDATE' then
        if old.given_at is not null then
            perform library_refuse('a review that was given stays');
        end if;
        if (new.version_id, new.reviewer_id) <> (old.version_id, old.reviewer_id) then
            perform library_refuse('a review stays with its reviewer');
        end if;
    end if;
    return new;
end $$;
create trigger library_review_is_guarded before insert or update or delete
    on library_review for each row execute function library_review_is_guarded();

create function library_adoption_is_guarded() returns trigger language plpgsql as $$
declare
    practice record;
begin
    if tg_op = 'UPDATE' then
        if (new.practice_id, new.city_id, new.source_id)
            is distinct from (old.practice_id, old.city_id, old.source_id) then
            perform library_refuse('from whom a city learned never changes');
        end if;
        return new;
    end if;
    select * into practice from library_practice where id = new.practice_id;
    if new.city_id = practice.city_id then
        perform library_refuse('a city does not adopt its own practice');
    end if;
    if not exists (
        select from directory_organisation city
            where city.id = new.city_id and city.kind = 'city'
    ) then
        perform library_refuse('a city adopts');
    end if;
    if not exists (
        select from library_practiceversion one
            where one.practice_id = new.practice_id and one.state = 'published'
    ) then
        perform library_refuse('what is adopted is published');
    end if;
    -- The one learned from is there already and never changes: no ring can close.
    if new.source_id is not null and not exists (
        select from library_adoption before
            where before.id = new.source_id and before.practice_id = new.practice_id
    ) then
        perform library_refuse('a city learns the same practice from another');
    end if;
    return new;
end $$;
create trigger library_adoption_is_guarded before insert or update
    on library_adoption for each row execute function library_adoption_is_guarded();
create trigger library_report_is_final before update or delete
    on library_adoptionreport for each row execute function library_is_final();

create function library_edition_is_guarded() returns trigger language plpgsql as $$
begin
    if (new.tool_id, new.language, new.is_source)
        is distinct from (old.tool_id, old.language, old.is_source) then
        perform library_refuse('an edition keeps its tool and language');
    end if;
    return new;
end $$;
create trigger library_edition_is_guarded before update
    on library_edition for each row execute function library_edition_is_guarded();

create function library_edition_version_is_guarded() returns trigger
language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.state <> 'draft' then
            perform library_refuse('only a draft is deleted');
        end if;
        return old;
    end if;
    if tg_op = 'UPDATE' then
        if old.state = 'published' then
            perform library_refuse('what was published never changes');
        end if;
        if (new.edition_id, new.number) <> (old.edition_id, old.number)
            or not (new.writers @> old.writers) then
            perform library_refuse('whose version it is never changes');
        end if;
    elsif new.state <> 'draft' then
        perform library_refuse('a version begins as a draft');
    end if;
    if new.state = 'published' and new.approver = any (new.writers) then
        perform library_refuse('nobody approves what she wrote');
    end if;
    if new.state <> 'draft' and cardinality(new.writers) = 0 then
        perform library_refuse('somebody wrote it');
    end if;
    if new.translates_id is not null and not exists (
        select from library_editionversion source
            join library_edition theirs on theirs.id = source.edition_id
            join library_edition ours on ours.id = new.edition_id
            where source.id = new.translates_id and source.state = 'published'
                and theirs.is_source and theirs.tool_id = ours.tool_id
                and not ours.is_source
    ) then
        perform library_refuse('a translation is of a published source of its tool');
    end if;
    return new;
end $$;
create trigger library_edition_version_is_guarded before insert or update or delete
    on library_editionversion
    for each row execute function library_edition_version_is_guarded();

create function library_section_is_guarded() returns trigger language plpgsql as $$
declare
    of_version bigint := case when tg_op = 'DELETE' then old.version_id
        else new.version_id end;
begin
    if exists (
        select from library_editionversion version
            where version.id = of_version and version.state <> 'draft'
    ) then
        perform library_refuse('sections change in a draft only');
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if new.digest <> encode(
        sha256(convert_to(new.title || e'\\n' || new.text, 'UTF8')), 'hex'
    ) then
        perform library_refuse('a digest is of its section');
    end if;
    return new;
end $$;
create trigger library_section_is_guarded before insert or update or delete
    on library_section for each row execute function library_section_is_guarded();
"""

BACKWARD = """
drop trigger library_section_is_guarded on library_section;
drop function library_section_is_guarded();
drop trigger library_edition_version_is_guarded on library_editionversion;
drop function library_edition_version_is_guarded();
drop trigger library_edition_is_guarded on library_edition;
drop function library_edition_is_guarded();
drop trigger library_report_is_final on library_adoptionreport;
drop trigger library_adoption_is_guarded on library_adoption;
drop function library_adoption_is_guarded();
drop trigger library_review_is_guarded on library_review;
drop function library_review_is_guarded();
drop trigger library_version_is_guarded on library_practiceversion;
drop function library_version_is_guarded();
drop function library_has_stake(bigint, bigint);
drop trigger library_practice_is_guarded on library_practice;
drop function library_practice_is_guarded();
drop function library_is_final();
drop function library_refuse(text);
"""


class Migration(migrations.Migration):
    dependencies = [("library", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

"""
A place in a group is of the course, in a group there is, and fixed once it was held.

The database refuses the rest, whatever program asks.
"""

from django.db import migrations

FORWARD = """
create function training_group_place_is_guarded() returns trigger language plpgsql as $$
declare
    held record;
    place training_groupplace;
begin
    if tg_op = 'DELETE' then place := old; else place := new; end if;
    select round.held_at, plan.groups, plan.course_id into held
        from training_groupround round
            join training_groupplan plan on plan.id = round.plan_id
        where round.id = place.round_id;
    if held.held_at is not null then
        raise exception 'a round that was held does not change'
            using errcode = 'integrity_constraint_violation';
    end if;
    if tg_op = 'DELETE' then
        return old;
    end if;
    if tg_op = 'UPDATE' and
            (new.round_id <> old.round_id or new.offer_id <> old.offer_id) then
        raise exception 'a place stays with its person and round'
            using errcode = 'integrity_constraint_violation';
    end if;
    if new."group" > held.groups then
        raise exception 'the plan has no such group'
            using errcode = 'integrity_constraint_violation';
    end if;
    if held.course_id is distinct from (
        select call.course_id from selection_offer offer
            join selection_seat seat on seat.id = offer.seat_id
            join nominations_call call on call.id = seat.call_id
            where offer.id = new.offer_id
    ) then
        raise exception 'a place is of a participant of the same course'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger training_group_place_is_guarded
    before insert or update or delete on training_groupplace
    for each row execute function training_group_place_is_guarded();

create function training_group_round_is_guarded() returns trigger language plpgsql as $$
declare
    of_plan record;
begin
    if tg_op = 'DELETE' then
        if old.held_at is not null then
            raise exception 'a round that was held does not change'
                using errcode = 'integrity_constraint_violation';
        end if;
        return old;
    end if;
    if tg_op = 'UPDATE' and (
        new.plan_id <> old.plan_id or new.number <> old.number
        or (old.held_at is not null and new.held_at is distinct from old.held_at)
    ) then
        raise exception 'a round stays in its plan, and what was held stays held'
            using errcode = 'integrity_constraint_violation';
    end if;
    select plan.rounds, plan.course_id into of_plan
        from training_groupplan plan where plan.id = new.plan_id;
    if new.number > of_plan.rounds then
        raise exception 'the plan has no such round'
            using errcode = 'integrity_constraint_violation';
    end if;
    if new.session_id is not null and of_plan.course_id is distinct from (
        select session.course_id from programmes_session session
            where session.id = new.session_id
    ) then
        raise exception 'a round is of a session of the same course'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger training_group_round_is_guarded
    before insert or update or delete on training_groupround
    for each row execute function training_group_round_is_guarded();

create function training_group_plan_is_guarded() returns trigger language plpgsql as $$
begin
    if (new.course_id, new.number, new.groups, new.rounds, new.settings, new.seed)
        is distinct from
        (old.course_id, old.number, old.groups, old.rounds, old.settings, old.seed)
    then
        raise exception 'what was asked of a plan never changes'
            using errcode = 'integrity_constraint_violation';
    end if;
    if old.replaced_at is not null then
        raise exception 'a plan that was replaced never changes'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger training_group_plan_is_guarded before update on training_groupplan
    for each row execute function training_group_plan_is_guarded();
"""

BACKWARD = """
drop trigger training_group_plan_is_guarded on training_groupplan;
drop function training_group_plan_is_guarded();
drop trigger training_group_round_is_guarded on training_groupround;
drop function training_group_round_is_guarded();
drop trigger training_group_place_is_guarded on training_groupplace;
drop function training_group_place_is_guarded();
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0006_groups")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

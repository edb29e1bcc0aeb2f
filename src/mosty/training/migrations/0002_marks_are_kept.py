"""
A mark belongs to its course, is not made ahead of its session, and is never lost.

The database refuses it, whatever program asks.
"""

from django.db import migrations

FORWARD = """
create function training_mark_is_guarded() returns trigger language plpgsql as $$
declare
    held record;
begin
    select session.course_id, session.starts_at into held
        from programmes_session session where session.id = new.session_id;
    if held.course_id is distinct from (
        select call.course_id from selection_offer offer
            join selection_seat seat on seat.id = offer.seat_id
            join nominations_call call on call.id = seat.call_id
            where offer.id = new.offer_id
    ) then
        raise exception 'a mark is of a participant of the same course'
            using errcode = 'integrity_constraint_violation';
    end if;
    if new.noted_at < held.starts_at - interval '30 minutes' then
        raise exception 'no mark is made before its session'
            using errcode = 'integrity_constraint_violation';
    end if;
    if tg_op = 'UPDATE' then
        if new.session_id <> old.session_id or new.offer_id <> old.offer_id then
            raise exception 'a mark stays with its person and session'
                using errcode = 'integrity_constraint_violation';
        end if;
        if new.version <> old.version + 1 or not exists (
            select from training_markchange change
                where change.mark_id = old.id and change.version = old.version
                    and change.kind = old.kind
                    and change.minutes is not distinct from old.minutes
                    and change.marked_by = old.marked_by
                    and change.marked_at = old.marked_at
        ) then
            raise exception 'a mark changes only where the old one is kept'
                using errcode = 'integrity_constraint_violation';
        end if;
    end if;
    return new;
end $$;
create trigger training_mark_is_guarded before insert or update on training_mark
    for each row execute function training_mark_is_guarded();

create function training_mark_change_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'what a mark was never changes'
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger training_mark_change_is_final before update on training_markchange
    for each row execute function training_mark_change_is_final();
"""

BACKWARD = """
drop trigger training_mark_change_is_final on training_markchange;
drop function training_mark_change_is_final();
drop trigger training_mark_is_guarded on training_mark;
drop function training_mark_is_guarded();
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

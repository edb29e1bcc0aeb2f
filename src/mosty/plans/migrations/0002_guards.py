"""
What must never be false of plans, whatever program writes them.

A plan is a city's and of one programme; what was signed off and answered stays; a line
is shown to nobody who does not see its plan; the state of an action is the last report.
"""

from django.db import migrations

FORWARD = """
create function plans_refuse(sentence text) returns void language plpgsql as $$
begin
    raise exception '%', sentence using errcode = 'integrity_constraint_violation';
end $$;

create function plans_is_final() returns trigger language plpgsql as $$
begin
    perform plans_refuse('this is never changed');
    return null;
end $$;
create trigger plans_version_is_final before update or delete
    on plans_planversion for each row execute function plans_is_final();
create trigger plans_edit_is_final before update or delete
    on plans_edit for each row execute function plans_is_final();
create trigger plans_reply_is_final before update or delete
    on plans_reply for each row execute function plans_is_final();
create trigger plans_report_is_final before update or delete
    on plans_report for each row execute function plans_is_final();
create trigger plans_evidence_is_final before update or delete
    on plans_evidence for each row execute function plans_is_final();

create function plans_plan_is_guarded() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        if old.signed_version > 0 then
            perform plans_refuse('a plan that was signed off is closed, not deleted');
        end if;
        return old;
    end if;
    if not exists (
        select from directory_organisation city
            where city.id = new.owner_id and city.kind = 'city'
    ) then
        perform plans_refuse('a plan is a city''s');
    end if;
    if new.course_id is not null and not exists (
        select from programmes_course course
            where course.id = new.course_id and course.programme_id = new.programme_id
    ) then
        perform plans_refuse('a plan is drafted at a course of its programme');
    end if;
    if tg_op = 'INSERT' then
        if new.state <> 'draft' or new.signed_version <> 0 then
            perform plans_refuse('a plan begins as a draft');
        end if;
        return new;
    end if;
    if (new.code, new.owner_id, new.programme_id, new.course_id, new.made_at)
        is distinct from
        (old.code, old.owner_id, old.programme_id, old.course_id, old.made_at) then
        perform plans_refuse('a plan stays with its city, programme and course');
    end if;
    if (old.state, new.state) not in (
        ('draft', 'draft'), ('draft', 'signed'), ('signed', 'signed'),
        ('signed', 'draft'), ('signed', 'closed'), ('closed', 'closed')
    ) then
        perform plans_refuse('a plan goes from draft to signed off to closed');
    end if;
    if old.state = 'draft' and new.state = 'signed' then
        if new.signed_version <> old.signed_version + 1 or not exists (
            select from plans_planversion version
                where version.plan_id = new.id and version.number = new.signed_version
        ) then
            perform plans_refuse('what is signed off is kept as a version');
        end if;
    elsif (new.signed_version, new.signed_title)
        <> (old.signed_version, old.signed_title) then
        perform plans_refuse('a version is made by signing off');
    end if;
    if old.first_signed_at is not null
        and new.first_signed_at is distinct from old.first_signed_at then
        perform plans_refuse('when a plan was first signed off never changes');
    end if;
    if old.state <> 'draft' and (new.title, new.context, new.language, new.version)
        is distinct from (old.title, old.context, old.language, old.version) then
        perform plans_refuse('only a draft changes');
    end if;
    if new.visibility < old.visibility and exists (
        select from plans_action line
            where line.plan_id = new.id and line.visibility > new.visibility
    ) then
        perform plans_refuse('no line is shown more widely than its plan');
    end if;
    return new;
end $$;
create trigger plans_plan_is_guarded before insert or update or delete
    on plans_plan for each row execute function plans_plan_is_guarded();

create function plans_objective_is_guarded() returns trigger language plpgsql as $$
declare
    state text;
begin
    if tg_op = 'UPDATE' and new.plan_id <> old.plan_id then
        perform plans_refuse('a line stays in its plan');
    end if;
    -- Waits for whoever signs off or shares the plan at this moment.
    select plan.state into state from plans_plan plan
        where plan.id = coalesce(new.plan_id, old.plan_id) for share;
    if state <> 'draft' then
        perform plans_refuse('only a draft changes');
    end if;
    return coalesce(new, old);
end $$;
create trigger plans_objective_is_guarded before insert or update or delete
    on plans_objective for each row execute function plans_objective_is_guarded();

create function plans_action_is_guarded() returns trigger language plpgsql as $$
declare
    plan record;
begin
    select one.state, one.visibility into plan from plans_plan one
        where one.id = coalesce(new.plan_id, old.plan_id) for share;
    if tg_op = 'DELETE' then
        if plan.state <> 'draft' then
            perform plans_refuse('only a draft changes');
        end if;
        return old;
    end if;
    if new.visibility > plan.visibility then
        perform plans_refuse('no line is shown more widely than its plan');
    end if;
    if not exists (
        select from plans_objective objective
            where objective.id = new.objective_id and objective.plan_id = new.plan_id
    ) then
        perform plans_refuse('an action serves an objective of its plan');
    end if;
    if tg_op = 'INSERT' then
        if plan.state <> 'draft' then
            perform plans_refuse('only a draft changes');
        end if;
        if (new.status, new.percent) <> ('not-started', 0)
            or new.reported_at is not null then
            perform plans_refuse('the state of an action is what was reported');
        end if;
        return new;
    end if;
    if (new.plan_id, new.code) <> (old.plan_id, old.code) then
        perform plans_refuse('a line stays in its plan');
    end if;
    -- Whatever is not said here is the words of the line.
    if plan.state <> 'draft' and (
        to_jsonb(new) - array['visibility', 'status', 'percent', 'reported_at', 'version']
    ) <> (
        to_jsonb(old) - array['visibility', 'status', 'percent', 'reported_at', 'version']
    ) then
        perform plans_refuse('only a draft changes');
    end if;
    if (new.status, new.percent, new.reported_at)
        is distinct from (old.status, old.percent, old.reported_at)
        and not exists (
            select from plans_report report where report.action_id = new.id
                and report.said_at = new.reported_at
                and report.status = new.status and report.percent = new.percent
        ) then
        perform plans_refuse('the state of an action is what was reported');
    end if;
    return new;
end $$;
create trigger plans_action_is_guarded before insert or update or delete
    on plans_action for each row execute function plans_action_is_guarded();

create function plans_reply_is_counted() returns trigger language plpgsql as $$
begin
    -- Of two that answer at once the second waits here, and comes next.
    perform from plans_checkin where id = new.check_in_id for update;
    if new.number <> 1 + (
        select count(*) from plans_reply reply where reply.check_in_id = new.check_in_id
    ) then
        perform plans_refuse('replies are counted from one');
    end if;
    if new.number = 1 then
        update plans_checkin set answered_at = new.sent_at where id = new.check_in_id;
    end if;
    return new;
end $$;
create trigger plans_reply_is_counted before insert
    on plans_reply for each row execute function plans_reply_is_counted();

create function plans_check_in_is_guarded() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        perform plans_refuse('a check-in is never deleted');
    end if;
    if tg_op = 'INSERT' then
        if new.answered_at is not null then
            perform plans_refuse('a check-in is answered by a reply');
        end if;
        return new;
    end if;
    if (new.plan_id, new.months, new.code, new.due_on)
        is distinct from (old.plan_id, old.months, old.code, old.due_on)
        or old.answered_at is not null
            and new.answered_at is distinct from old.answered_at then
        perform plans_refuse('what was asked when never changes');
    end if;
    -- The trigger of the reply is the one that comes here from within another.
    if new.answered_at is distinct from old.answered_at and pg_trigger_depth() < 2 then
        perform plans_refuse('a check-in is answered by a reply');
    end if;
    return new;
end $$;
create trigger plans_check_in_is_guarded before insert or update or delete
    on plans_checkin for each row execute function plans_check_in_is_guarded();

create function plans_report_is_carried() returns trigger language plpgsql as $$
begin
    if new.reply_id is not null and not exists (
        select from plans_reply reply
            join plans_checkin check_in on check_in.id = reply.check_in_id
            join plans_action line on line.plan_id = check_in.plan_id
            where reply.id = new.reply_id and line.id = new.action_id
    ) then
        perform plans_refuse('a report is on an action of the plan that was asked about');
    end if;
    -- A corrected reply speaks of its own time: it does not undo a later one.
    update plans_action line
        set status = last.status, percent = last.percent, reported_at = last.said_at
        from (
            select report.status, report.percent, report.said_at from plans_report report
                left join plans_reply reply on reply.id = report.reply_id
                left join plans_checkin check_in on check_in.id = reply.check_in_id
                where report.action_id = new.action_id
                order by coalesce(check_in.answered_at, report.said_at) desc,
                    report.said_at desc, report.id desc
                limit 1
        ) last
        where line.id = new.action_id;
    return null;
end $$;
create trigger plans_report_is_carried after insert
    on plans_report for each row execute function plans_report_is_carried();

create function plans_help_note_is_guarded() returns trigger language plpgsql as $$
begin
    if new.action_id is not null and not exists (
        select from plans_action line
            where line.id = new.action_id and line.plan_id = new.plan_id
    ) then
        perform plans_refuse('a note is on an action of its plan');
    end if;
    if tg_op = 'UPDATE' and (
        to_jsonb(new) - array['ended_at'] <> to_jsonb(old) - array['ended_at']
        or old.ended_at is not null and new.ended_at is distinct from old.ended_at
    ) then
        perform plans_refuse('a note is ended, not changed');
    end if;
    return new;
end $$;
create trigger plans_help_note_is_guarded before insert or update
    on plans_helpnote for each row execute function plans_help_note_is_guarded();
"""

NAMES = (
    ("plans_help_note_is_guarded", "plans_helpnote"),
    ("plans_report_is_carried", "plans_report"),
    ("plans_check_in_is_guarded", "plans_checkin"),
    ("plans_reply_is_counted", "plans_reply"),
    ("plans_action_is_guarded", "plans_action"),
    ("plans_objective_is_guarded", "plans_objective"),
    ("plans_plan_is_guarded", "plans_plan"),
)
FINAL = (
    ("plans_version_is_final", "plans_planversion"),
    ("plans_edit_is_final", "plans_edit"),
    ("plans_reply_is_final", "plans_reply"),
    ("plans_report_is_final", "plans_report"),
    ("plans_evidence_is_final", "plans_evidence"),
)
BACKWARD = (
    "".join(f"drop trigger {name} on {table};\n" for name, table in (*NAMES, *FINAL))
    + "".join(f"drop function {name}();\n" for name, _table in NAMES)
    + "drop function plans_is_final();\ndrop function plans_refuse(text);\n"
)


class Migration(migrations.Migration):
    dependencies = [
        ("plans", "0001_initial"),
        ("directory", "0001_initial"),
        ("programmes", "0005_nothing_twice"),
    ]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

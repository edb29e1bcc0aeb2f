"""
Checking in is one statement: a whole hall does it at one moment.

The function does the ordinary case, or nothing: a form that was not taken yet, of
somebody who takes part and has no mark, from a phone that marked nobody. All else,
and the sentences, are for ``training.actions.attendance``.
"""

from django.db import migrations

FORWARD = """
create function training_check_in(
    form uuid, form_lock bigint, of_session bigint, of_course bigint,
    seat_code text, says text, late_by integer, phone bytea, noted timestamptz, moment timestamptz,
    actor_key text, actor_label text, receipt_kind text, programme text,
    ledger_says jsonb
) returns boolean language plpgsql as $$
declare
    seat bigint;
begin
    -- As inbox.actions.once: of two sendings at one moment the second waits.
    perform pg_advisory_xact_lock(form_lock);
    if exists (select from inbox_receipt where key = form) then
        return null;
    end if;
    -- As training.policies.accepted: a taken seat, in a call that stands.
    select offer.id into seat
        from selection_offer offer
            join selection_seat on selection_seat.id = offer.seat_id
            join nominations_call call on call.id = selection_seat.call_id
        where offer.code = seat_code and offer.state = 'accepted'
            and call.course_id = of_course and call.state <> 'cancelled'
        for no key update of offer;
    if not found then
        return null;
    end if;
    -- A mark that stands is somebody's to look at; so is a phone that was used.
    insert into training_mark (
        session_id, offer_id, kind, minutes, way, noted_at, marked_at, marked_by,
        marker_key, version, device
    ) values (
        of_session, seat, says, late_by, 'self', noted, moment, actor_label,
        actor_key, 1, phone
    ) on conflict do nothing;
    if not found then
        return null;
    end if;
    perform audit_record(
        moment, actor_key, actor_label, 'attendance.marked', 'selection.offer',
        seat_code, programme, ledger_says
    );
    insert into inbox_receipt (key, sender_key, kind, answer, received_at) values (
        form, actor_key, receipt_kind,
        jsonb_build_object(
            'marked', 1, 'corrected', 0, 'versions', jsonb_build_object(seat_code, 1)
        ),
        moment
    );
    return true;
end $$;
"""
BACKWARD = """
drop function training_check_in(
    uuid, bigint, bigint, bigint, text, text, integer, bytea, timestamptz, timestamptz,
    text, text, text, text, jsonb
);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("training", "0007_groups_are_kept"),
        ("audit", "0003_record"),
        ("inbox", "0001_initial"),
        ("nominations", "0001_initial"),
        ("selection", "0001_initial"),
    ]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

"""
A certificate is of a seat that was taken, and stays as it was issued.

Only its end, and what the holder shows, change; the database refuses all else.
"""

from django.db import migrations

FORWARD = """
create function training_certificate_is_kept() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        if not exists (select from selection_offer offer
                where offer.id = new.offer_id and offer.state = 'accepted') then
            raise exception 'a certificate is of a seat that was taken'
                using errcode = 'integrity_constraint_violation';
        end if;
        if new.replaces_id is not null and not exists (
            select from training_certificate other where other.id = new.replaces_id
                and other.offer_id = new.offer_id and other.state = 'revoked'
        ) then
            raise exception 'a certificate replaces a revoked one of the same person'
                using errcode = 'integrity_constraint_violation';
        end if;
        return new;
    end if;
    if (new.offer_id, new.serial, new.content, new.digest, new.issued_at,
            new.issued_by, new.exception, new.replaces_id)
        is distinct from (old.offer_id, old.serial, old.content, old.digest,
            old.issued_at, old.issued_by, old.exception, old.replaces_id) then
        raise exception 'what a certificate says never changes'
            using errcode = 'integrity_constraint_violation';
    end if;
    if old.state = 'revoked' and (new.state, new.revoked_at, new.revoked_by,
            new.revoked_reason) is distinct from (old.state, old.revoked_at,
            old.revoked_by, old.revoked_reason) then
        raise exception 'a revoked certificate stays revoked'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger training_certificate_is_kept before insert or update
    on training_certificate for each row
    execute function training_certificate_is_kept();

create function training_picture_is_kept() returns trigger language plpgsql as $$
begin
    raise exception 'a picture that certificates name never changes'
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger training_picture_is_kept before update on training_picture
    for each row execute function training_picture_is_kept();
"""

BACKWARD = """
drop trigger training_picture_is_kept on training_picture;
drop function training_picture_is_kept();
drop trigger training_certificate_is_kept on training_certificate;
drop function training_certificate_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("training", "0004_certificates")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

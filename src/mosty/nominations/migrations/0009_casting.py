"""How the lot is cast: chosen while the call is a draft, kept once it is published."""

from django.db import migrations, models

FORWARD = """
create function nominations_casting_is_kept() returns trigger language plpgsql as $$
begin
    if old.state <> 'draft' and new.casting is distinct from old.casting then
        raise exception 'how the lot is cast is kept once the call is published'
            using errcode = 'integrity_constraint_violation';
    end if;
    return new;
end $$;
create trigger nominations_casting_is_kept before update on nominations_call
    for each row execute function nominations_casting_is_kept();
"""
BACKWARD = """
drop trigger nominations_casting_is_kept on nominations_call;
drop function nominations_casting_is_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("nominations", "0008_known_seats")]
    operations = [
        migrations.AddField(
            model_name="call",
            name="casting",
            field=models.CharField(
                choices=[
                    ("seed", "by a seed from a named source"),
                    ("public", "by a number drawn in public, from a published list"),
                ],
                default="seed",
                max_length=10,
            ),
        ),
        migrations.AddConstraint(
            model_name="call",
            constraint=models.CheckConstraint(
                condition=models.Q(casting__in=["seed", "public"]),
                name="call_casting_is_known",
            ),
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

"""A stamp that changes whenever thesaurus or synonyms do, whatever program writes them."""

from django.db import migrations, models

TABLES = ("concept", "label", "synonymset", "synonym")
FUNCTION = """
create function library_vocabulary_changed() returns trigger language plpgsql as $$
begin
    -- Editors wait for each other here, which they hardly notice.
    update library_vocabularystamp set stamp = gen_random_uuid();
    if not found then
        insert into library_vocabularystamp (stamp) values (gen_random_uuid());
    end if;
    return null;
end $$;
insert into library_vocabularystamp (stamp) values (gen_random_uuid());
"""
TRIGGER = """
create trigger library_{table}_changes_vocabulary
    after insert or update or delete or truncate on library_{table}
    for each statement execute function library_vocabulary_changed();
"""
FORWARD = FUNCTION + "".join(TRIGGER.format(table=table) for table in TABLES)
BACKWARD = "".join(
    f"drop trigger library_{table}_changes_vocabulary on library_{table};"
    for table in TABLES
) + "drop function library_vocabulary_changed();"


class Migration(migrations.Migration):
    dependencies = [("library", "0005_search_guides")]

    operations = [
        migrations.CreateModel(
            name="VocabularyStamp",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True,
                        primary_key=True,
                        serialize=False,
                        verbose_name="ID",
                    ),
                ),
                ("stamp", models.UUIDField()),
            ],
            options={"verbose_name": "stamp of the vocabulary"},
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

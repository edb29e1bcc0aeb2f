"""
What is known of cities is kept with the seed, and never changes after.

And which rules no group can keep.
"""

import django.db.models.deletion
from django.db import migrations, models


FORWARD = """
create function nominations_known_cities_are_final() returns trigger language plpgsql as $$
begin
    raise exception 'what was known when the seed was entered never changes'
        using errcode = 'integrity_constraint_violation';
end $$;
create trigger nominations_known_cities_are_final before update on nominations_knowncities
    for each row execute function nominations_known_cities_are_final();
"""
BACKWARD = """
drop trigger nominations_known_cities_are_final on nominations_knowncities;
drop function nominations_known_cities_are_final();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('nominations', '0004_seed_source_has_text'),
    ]

    operations = [
        migrations.CreateModel(
            name='DeadEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('limits', models.JSONField()),
                ('found_at', models.DateTimeField()),
                ('found_by', models.CharField(max_length=300)),
                ('version', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='dead_end', to='nominations.rulesversion')),
            ],
            options={
                'verbose_name': 'rules that cannot be kept',
            },
        ),
        migrations.CreateModel(
            name='KnownCities',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('known_at', models.DateTimeField()),
                ('cities', models.JSONField()),
                ('call', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='known_cities', to='nominations.call')),
            ],
            options={
                'verbose_name': 'what was known of cities',
            },
        ),
        migrations.RunSQL(FORWARD, BACKWARD),
    ]

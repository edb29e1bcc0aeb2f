"""
What people were promised when they answered holds, whatever program asks.

Questions that were asked do not change; nor do a survey's questions, kind, course and
least number shown. A closed survey takes no answer and stays closed, its result is
final. Answers have no row that only changes: an update would tell one from the others.
"""

from django.db import migrations

REFUSE = "using errcode = 'integrity_constraint_violation'"

FORWARD = f"""
create function evaluation_version_is_frozen() returns trigger language plpgsql as $$
begin
    if exists (select from evaluation_survey survey where survey.version_id = old.id) then
        raise exception 'questions that were asked never change' {REFUSE};
    end if;
    if tg_op = 'DELETE' then return old; end if;
    return new;
end $$;
create trigger evaluation_version_is_frozen
    before update or delete on evaluation_questionnaireversion
    for each row execute function evaluation_version_is_frozen();

create function evaluation_survey_keeps_its_word() returns trigger language plpgsql as $$
begin
    if new.version_id <> old.version_id or new.course_id <> old.course_id
        or new.kind <> old.kind or new.code <> old.code or new.minimum <> old.minimum then
        raise exception 'a survey keeps what was promised' {REFUSE};
    end if;
    if old.closed_at is not null then
        raise exception 'a closed survey stays closed' {REFUSE};
    end if;
    return new;
end $$;
create trigger evaluation_survey_keeps_its_word before update on evaluation_survey
    for each row execute function evaluation_survey_keeps_its_word();

create function evaluation_result_is_final() returns trigger language plpgsql as $$
begin
    raise exception 'the result of a survey is final' {REFUSE};
end $$;
create trigger evaluation_result_is_final before update or delete on evaluation_result
    for each row execute function evaluation_result_is_final();

create function evaluation_answer_is_taken() returns trigger language plpgsql as $$
begin
    if exists (select from evaluation_survey survey
            where survey.id = new.survey_id and survey.closed_at is not null) then
        raise exception 'a closed survey takes no answer' {REFUSE};
    end if;
    return new;
end $$;
create function evaluation_answer_is_not_changed() returns trigger language plpgsql as $$
begin
    raise exception 'an answer is not changed' {REFUSE};
end $$;
create trigger evaluation_answer_is_taken before insert on evaluation_answer
    for each row execute function evaluation_answer_is_taken();
create trigger evaluation_said_is_taken before insert on evaluation_said
    for each row execute function evaluation_answer_is_taken();
create trigger evaluation_quote_is_taken before insert on evaluation_quote
    for each row execute function evaluation_answer_is_taken();
create trigger evaluation_answer_is_not_changed before update on evaluation_answer
    for each row execute function evaluation_answer_is_not_changed();
create trigger evaluation_said_is_not_changed before update on evaluation_said
    for each row execute function evaluation_answer_is_not_changed();

-- Earlier versions of rows lie in the table until it is vacuumed: that is to be soon.
alter table evaluation_answer set
    (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1);
alter table evaluation_said set
    (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1);
alter table evaluation_quote set
    (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1);
"""

BACKWARD = """
alter table evaluation_answer reset
    (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold);
alter table evaluation_said reset
    (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold);
alter table evaluation_quote reset
    (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold);
drop trigger evaluation_said_is_not_changed on evaluation_said;
drop trigger evaluation_answer_is_not_changed on evaluation_answer;
drop trigger evaluation_quote_is_taken on evaluation_quote;
drop trigger evaluation_said_is_taken on evaluation_said;
drop trigger evaluation_answer_is_taken on evaluation_answer;
drop function evaluation_answer_is_not_changed();
drop function evaluation_answer_is_taken();
drop trigger evaluation_result_is_final on evaluation_result;
drop function evaluation_result_is_final();
drop trigger evaluation_survey_keeps_its_word on evaluation_survey;
drop function evaluation_survey_keeps_its_word();
drop trigger evaluation_version_is_frozen on evaluation_questionnaireversion;
drop function evaluation_version_is_frozen();
"""


class Migration(migrations.Migration):
    dependencies = [("evaluation", "0001_initial")]

    operations = [migrations.RunSQL(FORWARD, BACKWARD)]

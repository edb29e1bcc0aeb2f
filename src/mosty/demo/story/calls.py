"""The two documented calls, played to their ends, and one that stays open."""

from datetime import datetime, timedelta

from mosty.demo import facts, files, load
from mosty.demo.cast import Cast, Say, tuesday
from mosty.demo.delivery import timetable
from mosty.demo.mail import deliver
from mosty.demo.people import nominees
from mosty.demo.story.deciding import accept_all, announce, answer, expire, select
from mosty.demo.story.gathering import bring_in, confirm, invite, open_call
from mosty.nominations.actions import nominations as nominating
from mosty.nominations.actions.entries import Person
from mosty.nominations.models import Call, Nomination
from mosty.nominations.queries import participants
from mosty.programmes.models import Programme

# How many people each city nominates; Bydgoszcz and Szczecin do not answer.
COUNTS_PART_2 = (
    ("Białystok", 4), ("Częstochowa", 3), ("Gdańsk", 4), ("Hrubieszów", 2),
    ("Katowice", 3), ("Kraków", 4), ("Leszno", 3), ("Lublin", 4), ("Łódź", 4),
    ("Poznań", 4), ("Rzeszów", 4), ("Warszawa", 4), ("Wrocław", 4),
)  # fmt: skip
COUNTS_PART_3 = (
    ("Białystok", 3), ("Częstochowa", 2), ("Gdańsk", 3), ("Hrubieszów", 2),
    ("Katowice", 3), ("Kraków", 3), ("Leszno", 2), ("Lublin", 3), ("Łódź", 3),
    ("Poznań", 3), ("Rzeszów", 3), ("Warszawa", 3), ("Wrocław", 2),
)  # fmt: skip
COUNTS_TRIAL = (("Gdańsk", 2), ("Leszno", 1), ("Lublin", 2))


def play_part_2(programme: Programme, cast: Cast, now: datetime, say: Say) -> Call:
    course = programme.courses.get(part=2)
    load.plan(course, tuesday(now - timedelta(days=12)))
    opened = now - timedelta(days=100)
    timetable.publish(course, cast, opened - timedelta(days=1))
    call = open_call(
        course,
        cast,
        facts.RULES_PART_2,
        facts.COSTS_PART_2,
        opened,
        now - timedelta(days=66),
    )
    say(
        f"Part II: call published, {call.rules.seats} seats, up to {call.rules.most} a city."
    )
    invite(call, cast, opened + timedelta(days=1), say)
    people = nominees(COUNTS_PART_2, on=opened.date())
    by_city = {
        name: [one for one in people if one.city.name == name]
        for name, _n in COUNTS_PART_2
    }
    own = ("Kraków", "Łódź", "Warszawa")
    rest = [one for one in people if one.city.name not in own]
    at = opened + timedelta(days=12)
    lists = (
        files.union_workbook(rest, "zgloszenia-ump.xlsx"),
        files.polish_csv(by_city["Kraków"], "krakow.csv"),
        files.english_csv(by_city["Łódź"], "lodz.csv"),
        files.tabbed(by_city["Warszawa"], "warszawa.txt", unit="Zarząd Dróg"),
        files.tabbed(by_city["Warszawa"], "warszawa-2.txt"),
    )
    for number, file in enumerate(lists):
        bring_in(call, file, cast.secretariat, at + timedelta(hours=number), say)
    bring_in(call, lists[0], cast.secretariat, at + timedelta(days=1), say)
    confirm(call, cast, at + timedelta(days=2), say, silent=1, declining=1)
    run = select(call, cast, "4, 11, 17, 23, 38, 49", now - timedelta(days=64), say)
    announced = now - timedelta(days=60)
    announce(run, cast, announced, say)
    answer(call, announced + timedelta(days=1), say, declining=3, silent=2)
    expire(call, announced + timedelta(days=10), say)
    accept_all(call, announced + timedelta(days=11), say)
    return call


def play_part_3(
    programme: Programme, cast: Cast, part_2: Call, now: datetime, say: Say
) -> Call:
    course = programme.courses.get(part=3)
    load.plan(course, tuesday(now + timedelta(days=52)))
    opened = now - timedelta(days=40)
    timetable.publish(course, cast, opened - timedelta(days=1))
    # Part III is part II with two numbers changed; page, form, import and draw follow.
    rules = {**part_2.rules.as_json(), **facts.CHANGES_PART_3}
    call = open_call(
        course, cast, rules, facts.COSTS_PART_3, opened, now - timedelta(days=9)
    )
    say(
        f"Part III: the same rules with {call.rules.seats} seats and "
        f"{call.rules.least} or {call.rules.most} people a city."
    )
    invite(call, cast, opened + timedelta(days=1), say)
    people = nominees(COUNTS_PART_3, on=opened.date(), seed=20230317)
    half = len(people) // 2
    at = opened + timedelta(days=10)
    bring_in(
        call,
        files.union_workbook(people[:half], "ump-1.xlsx"),
        cast.secretariat,
        at,
        say,
    )
    bring_in(
        call,
        files.polish_csv(people[half:], "ump-2.csv"),
        cast.secretariat,
        at + timedelta(hours=2),
        say,
    )
    confirm(call, cast, at + timedelta(days=2), say, silent=0, declining=1)
    run = select(call, cast, "2, 9, 14, 30, 31, 45", now - timedelta(days=7), say)
    announced = now - timedelta(days=4)
    announce(run, cast, announced, say, unread=1)
    answer(call, announced + timedelta(days=1), say, declining=2, silent=4)
    timetable.change(course, cast, now - timedelta(hours=16), say)
    return call


def open_trial(
    programme: Programme, cast: Cast, earlier: Call, now: datetime, say: Say
) -> Call:
    """Open one more, illustrative call, so that there is something to try out."""
    course = load.add_course(
        programme, facts.TRIAL_COURSE, tuesday(now + timedelta(days=80))
    )
    opened = now - timedelta(days=5)
    timetable.publish(course, cast, opened - timedelta(days=1))
    rules = {**earlier.rules.as_json(), **facts.TRIAL_RULES}
    call = open_call(course, cast, rules, ("", ""), opened, now + timedelta(days=15))
    invite(call, cast, opened + timedelta(hours=4), say)
    people = nominees(COUNTS_TRIAL, on=opened.date(), seed=20230318)
    cities = {str(city.slug): city for city in participants.for_call(call)}
    for number, one in enumerate(people):
        nominating.nominate(
            call=call,
            organisation=cities[load.slug_of(one.city)],
            person=one.nominated(),
            submit=True,
            actor=cast.secretariat,
            now=now - timedelta(days=2) + timedelta(minutes=12 * number),
        )
    _twin(call, cast, now - timedelta(days=1))
    deliver()
    say("A third, illustrative call stays open for you to try.")
    return call


def _twin(call: Call, cast: Cast, now: datetime) -> None:
    """Nominate somebody a second time under a like name, for the secretariat to decide."""
    first = Nomination.objects.filter(call=call).order_by("id")[2]
    nominating.nominate(
        call=call,
        organisation=first.organisation,
        person=Person(
            given_name=first.given_name,
            family_name=f"{first.family_name}-{first.family_name[:-1]}",
            email=f"drugi.{first.email}",
            department=first.department,
            level="middle",
            gender=first.gender,
            in_post_since=first.in_post_since,
            is_fictional=True,
        ),
        submit=True,
        actor=cast.secretariat,
        now=now,
    )

"""Questions to the pile beside the bare statement, and judged ones beside two floors."""

import random
import re
import time
from collections.abc import Callable, Sequence
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db import connection, transaction
from django.http import QueryDict
from tests.library import judging
from tests.library.judging import Judged

from bench.search.documents import Pile
from bench.search.vocabulary import LANGUAGES, SEED
from mosty.engines.search.asked import parse
from mosty.library import policies
from mosty.library.actions import search
from mosty.library.models import SearchDocument, Sort
from mosty.library.queries.search.answering import answer
from mosty.library.queries.search.finding import Chosen
from mosty.library.queries.search.question import Question, look_up
from mosty.library.queries.search.results import results

ROUNDS = 5
# What PostgreSQL has a dictionary for; the others are compared as they are written.
CONFIGURATIONS = {"et": "estonian", "lt": "lithuanian", "en": "english"}


def questions(count: int) -> list[str]:
    """Return questions to the pile: forms, slips, phrases, names of topics."""
    pile = Pile(count)
    chance = random.Random(SEED + 1)
    asked = []
    documents = []
    for number, document in enumerate(pile):
        if number >= 6_000:
            break
        documents.append(document)
    for number in range(count):
        document = chance.choice(documents)
        [text] = document.texts
        said = f"{text.title} {text.summary}".split()
        start = chance.randrange(len(said) - 3)
        kind = number % 5
        if kind == 0:
            asked.append(said[start])
        elif kind == 1:
            asked.append(" ".join(chance.sample(said, 2)))
        elif kind == 2:
            asked.append(_slip(chance, chance.choice(said)))
        elif kind == 3:
            asked.append(f'"{said[start]} {said[start + 1]}"')
        else:
            words = pile.words[chance.choice(LANGUAGES)]
            asked.append(chance.choice(words[200:400]))
    return asked


def _slip(chance: random.Random, word: str) -> str:
    if len(word) < 5:
        return word
    at = chance.randrange(1, len(word) - 2)
    return word[:at] + word[at + 1] + word[at] + word[at + 2 :]


def speed(count: int) -> dict[str, Any]:
    """Return the seconds of the page and of the bare statements, by question."""
    among = policies.documents_visible_to(AnonymousUser())
    prepared = []
    for typed in questions(count):
        asked = parse(typed)
        asking, found = answer(asked, look_up(asked), among, Chosen())
        params = QueryDict(mutable=True)
        params["q"] = typed
        prepared.append((params, *_bare(asking, is_relaxed=found.is_relaxed)))
    # They take turns: a slow moment slows all of them.
    rounds = [
        [
            (
                _timed(lambda p=params: results(AnonymousUser(), p)),
                _timed(lambda s=same, g=given: _ask(s, g)),
                _timed(lambda s=plain, g=given: _ask(s, g)),
            )
            for params, same, plain, given in prepared
        ]
        for _round in range(ROUNDS)
    ]
    return {
        name: _best([[times[n] for times in one] for one in rounds])
        for n, name in enumerate(("ours", "bare", "plain"))
    }


def _bare(asking: Question, *, is_relaxed: bool) -> tuple[str, str, dict[str, Any]]:
    """
    Return what somebody would write by hand for the terms that were sought at last.

    With the order that the page has; and with one rank of all terms alone.
    """
    wide = "|".join(node.wide for node in asking.nodes) if is_relaxed else asking.wide
    every = "|".join(filter(None, (wide, asking.elsewhere)))
    order = "1.3 * ts_rank(%(weights)s, vector, %(wide)s::tsquery, 1)"
    if asking.some != wide:
        order = (
            "ts_rank(%(weights)s, vector, %(some)s::tsquery, 1)"
            " + 0.3 * ts_rank(%(weights)s, vector, %(wide)s::tsquery, 1)"
        )
    if asking.elsewhere:
        order += " + 0.1 * ts_rank(%(weights)s, vector, %(elsewhere)s::tsquery, 1)"
    order = f"({order}) * case when language = any(%(spoken)s) then 1 else 0.5 end"
    statement = (
        "select id, title, summary from library_searchdocument"
        " where reach = 'public' and vector @@ %(every)s::tsquery order by {} desc,"
        " day desc nulls last, id limit 25"
    )
    given = {
        "every": every,
        "some": asking.some,
        "wide": wide,
        "elsewhere": asking.elsewhere,
        "weights": "{0.1, 0.2, 0.4, 1.0}",
        "spoken": [*asking.languages],
    }
    return (
        statement.format(order),
        statement.format("ts_rank(vector, %(every)s::tsquery, 1)"),
        given,
    )


def _best(rounds: Sequence[Sequence[float]]) -> list[float]:
    """Return the best time of each question: what other programs took is left out."""
    return [min(times) for times in zip(*rounds, strict=True)]


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _ask(statement: str, given: dict[str, Any]) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(statement, given)
        return cursor.fetchall()


def trigrams() -> float:
    """Return the middle seconds of ordering the whole pile by trigrams."""
    asked = [
        Judged("", "", "", text, frozenset(), held_out=False) for text in questions(5)
    ]
    return sorted(_timed(lambda one=one: _trigrams(one)) for one in asked)[2]


def save_one() -> float:
    """Return the seconds of indexing one document among all others, found at once."""
    document = next(iter(Pile(1)))

    def save() -> None:
        with transaction.atomic():
            search.index(document)

    save()
    return sorted(_timed(save) for _turn in range(9))[4]


def judged() -> dict[str, Any]:
    """Return the share of judged questions with an answer among the first five, by way."""
    asked = judging.questions()
    ways = {
        "Mosty": judging.ours,
        "PostgreSQL full text": _full_text("&"),
        "PostgreSQL full text, any word": _full_text("|"),
        "Trigrams": _trigrams,
    }
    groups = {
        "all": asked,
        "held out": [one for one in asked if one.held_out],
        **{
            kind: [one for one in asked if one.kind == kind]
            for kind in ("inflected", "plain", "misspelt", "cross")
        },
        **{code: [one for one in asked if one.language == code] for code in LANGUAGES},
    }
    return {
        "count": {name: len(some) for name, some in groups.items()},
        "ways": {
            name: {group: judging.success(way, some) for group, some in groups.items()}
            for name, way in ways.items()
        },
        "missed": [
            f"{one.id}: {one.text}"
            for one in asked
            if not one.relevant & {*judging.ours(one)}
        ],
    }


def fill_judged() -> None:
    """Put the judged documents in the place of the pile."""
    SearchDocument.objects.all().delete()
    search.reindex(Sort.PRACTICE)
    judging.fill()


_PLAIN = """
    with configured as (
        select *, case language when 'et' then 'estonian' when 'lt' then 'lithuanian'
            when 'en' then 'english' else 'simple' end::regconfig known
        from library_searchdocument
    ), said as (
        select key, setweight(to_tsvector(known, title), 'A')
            || to_tsvector(known, summary) words from configured
    )
    select key from said where words @@ %s::tsquery
    order by ts_rank(words, %s::tsquery) desc, key limit 5"""


def _full_text(joined: str) -> judging.Way:
    def way(one: Judged) -> list[str]:
        configuration = CONFIGURATIONS.get(one.language, "simple")
        with connection.cursor() as cursor:
            cursor.execute(
                "select websearch_to_tsquery(%s::regconfig, %s)::text",
                [configuration, one.text],
            )
            [terms] = cursor.fetchone()
            cursor.execute(_PLAIN, [re.sub(r" & ", f" {joined} ", terms)] * 2)
            return [key for (key,) in cursor.fetchall()]

    return way


def _trigrams(one: Judged) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select key from library_searchdocument where word_similarity(%s,"
            " title || ' ' || summary) > 0.2 order by word_similarity(%s,"
            " title || ' ' || summary) desc, key limit 5",
            [one.text, one.text],
        )
        return [key for (key,) in cursor.fetchall()]

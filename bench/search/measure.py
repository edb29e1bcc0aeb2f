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
from mosty.library.queries.search.question import look_up
from mosty.library.queries.search.results import results

ROUNDS = 3
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
    """Return the seconds of the page and of the bare statement, by question."""
    among = policies.documents_visible_to(AnonymousUser())
    prepared = []
    for typed in questions(count):
        asked = parse(typed)
        asking, _found = answer(asked, look_up(asked), among, Chosen())
        terms = "|".join(filter(None, (asking.wide, asking.elsewhere)))
        params = QueryDict(mutable=True)
        params["q"] = typed
        prepared.append((params, terms))
    ours: list[list[float]] = []
    bare: list[list[float]] = []
    for _round in range(ROUNDS):
        # They take turns: a slow moment slows both.
        pairs = [
            (
                _timed(lambda p=p: results(AnonymousUser(), p)),
                _timed(lambda t=t: _bare(t)),
            )
            for p, t in prepared
        ]
        ours.append([pair[0] for pair in pairs])
        bare.append([pair[1] for pair in pairs])
    return {"ours": _best(ours), "bare": _best(bare)}


def _best(rounds: Sequence[Sequence[float]]) -> list[float]:
    """Return the middle time of each question."""
    return [sorted(times)[len(times) // 2] for times in zip(*rounds, strict=True)]


def _timed(act: Callable[[], object]) -> float:
    started = time.perf_counter()
    act()
    return time.perf_counter() - started


def _bare(terms: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(
            "select id, title, summary from library_searchdocument"
            " where reach = 'public' and vector @@ %s::tsquery"
            " order by ts_rank(vector, %s::tsquery, 1) desc, id limit 25",
            [terms, terms],
        )
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

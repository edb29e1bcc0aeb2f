"""Documents out of words of dictionaries, as often as words of a language are said."""

import random
from collections.abc import Iterator, Mapping
from itertools import accumulate

from bench.search.vocabulary import LANGUAGES, SEED, vocabulary
from mosty.library.common.thesaurus import entries
from mosty.library.models import Reach, Sort
from mosty.library.sources import Document, Text

TITLE, SUMMARY, BODY = 6, 40, 90


class Pile:
    """The documents, the same with every run."""

    def __init__(self, count: int) -> None:
        self.count = count
        self.words: Mapping[str, list[str]] = vocabulary()
        # Zipf: the n-th word is said 1/n as often as the first.
        self.often = {
            language: [*accumulate(1 / (n + 20) for n in range(len(words)))]
            for language, words in self.words.items()
        }

    def __iter__(self) -> Iterator[Document]:
        chance = random.Random(SEED)
        topics = [entry.code for entry in entries()]
        kinds = [*Sort]
        for number in range(self.count):
            language = LANGUAGES[number % len(LANGUAGES)]
            said = chance.choices(
                self.words[language],
                cum_weights=self.often[language],
                k=TITLE + SUMMARY + BODY,
            )
            yield Document(
                kinds[number // 6 % len(kinds)],
                f"{number}",
                "/en/",
                (
                    Text(
                        language,
                        " ".join(said[:TITLE]),
                        " ".join(said[TITLE : TITLE + SUMMARY]),
                        " ".join(said[TITLE + SUMMARY :]),
                    ),
                ),
                reach=Reach.PUBLIC,
                topics=tuple(chance.sample(topics, 2)),
            )

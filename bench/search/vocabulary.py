"""Words of each language: the field's terms, and forms out of dictionaries."""

import json
import random
import subprocess
import sys

from bench.places import VAR
from mosty.library.common.thesaurus import entries

LANGUAGES = ("pl", "uk", "et", "lv", "lt", "en")
WORDS = 20_000
SEED = 20_251_122
FILE = VAR / "search-words.json"


def vocabulary() -> dict[str, list[str]]:
    """Return the words of each language, made by a process whose memory is not ours."""
    if not FILE.exists():
        subprocess.run([sys.executable, "-m", "bench.search.vocabulary"], check=True)
    found: dict[str, list[str]] = json.loads(FILE.read_text("utf-8"))
    return found


def _drawn(language: str) -> list[str]:
    """Return the field's terms and forms of a dictionary, in an order of their own."""
    from simplemma.strategies.dictionaries import LOW_MEMORY_DICTIONARY_FACTORY

    forms = sorted(
        word
        for word in LOW_MEMORY_DICTIONARY_FACTORY.get_dictionary(language)
        if word.isalpha() and word.islower() and len(word) > 2
    )
    chosen = random.Random(SEED).sample(forms, min(WORDS, len(forms)))
    terms = [
        word
        for entry in entries()
        for label in entry.labels[language]
        for word in label.split()
    ]
    # Terms among the words that are said often, none of them the most frequent.
    return [*chosen[:200], *terms, *chosen[200:]]


if __name__ == "__main__":
    drawn = {language: _drawn(language) for language in LANGUAGES}
    FILE.write_text(json.dumps(drawn, ensure_ascii=False), encoding="utf-8")

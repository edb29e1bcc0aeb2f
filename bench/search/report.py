"""The results as a page of the documentation."""

from collections.abc import Mapping
from typing import Any

from bench.search.goals import goals, middle, slow

BUSY = 0.5
HEAD = """\
# Benchmarks of search

[How search works](search.md). `make bench` repeats this and writes this page.

"""
NOTES = """
## How it is measured

- **Judged questions.** Documents and questions were made for this test, in six languages, by one author, and the
  questions before anything was tuned; a third of them was never looked at while it was. The thesaurus was written after
  the questions, by the same author: so what is said of questions answered in other languages flatters. In use, people
  ask in words that no author thought of. A test keeps the floor of 90 %.
- An answer counts if one of the documents that answer the question stands among the first five that the page shows; of
  a question that is answered in other languages, among the five offered from them.
- **Full text alone** is `websearch_to_tsquery` with PostgreSQL's own dictionaries: Estonian, Lithuanian, English, and
  `simple` for the others, title weighed. **Trigrams alone** order all documents by `word_similarity`.
  Among so few documents that finds the words of one language as well as anything; among the generated ones it takes
  the time that stands above, and it knows no other language.
- **Speed.** Documents of 136 words out of 20,000 dictionary forms a language and the terms of the thesaurus, said as
  often as words are in a language. Questions: a form, two words, a slip of the keyboard, a phrase, a term of the
  thesaurus, a fifth each. The page's query function is timed whole: question, statement with all counts, rows,
  passages, names. The bare statement is what somebody would write by hand who knows the terms: those that were sought at last, on the
  same index, in the same order, 25 rows of the public; no words, slips, permissions, counts, passages, names. The plain
  one has a single `ts_rank` of all terms. They take turns; of each question the best of five times, which leaves
  out what other programs on the machine took meanwhile.
- Indexing is what `mosty reindex --commit` does, generating the documents included; memory is that of the process, with
  the dictionaries of all six languages.
"""


def page(results: Mapping[str, Any]) -> str:
    """Return the documentation's page."""
    found = goals(results)
    missed = [goal for goal in found if not goal.met]
    parts = [
        HEAD,
        "## Goals\n\n",
        f"{len(found) - len(missed)} of {len(found)} goals are met.\n\n",
    ]
    if max(results["load"], results["load_after"]) > BUSY:
        parts.append(
            f"The machine was shared: {results['load']:.1f} programs wanted a core before, "
            f"{results['load_after']:.1f} after. Times are longer than they would be alone; "
            "both columns are, so their ratio says more.\n\n"
        )
    parts.append("| goal | measured | |\n|---|---|---|\n")
    parts += [
        f"| {one.words} | {one.measured} | {'met' if one.met else '**missed**'} |\n"
        for one in found
    ]
    ours, plain = results["speed"]["ours"], results["speed"]["plain"]
    parts.append(
        f"\nBeside the plain statement a search takes {middle(ours) / middle(plain):.1f} times"
        f" as long in the middle, and {slow(ours) / slow(plain):.1f} times at the 95th"
        " percentile.\n"
    )
    parts.append(
        f"\nOne document saved among all others is indexed in {results['save'] * 1000:.0f} ms. "
        f"Ordering all of them by trigrams takes {results['trigrams']:.1f} s.\n"
    )
    parts.append(_judged(results["judged"]))
    parts.append(NOTES)
    parts.append("\n## Machine\n\n| | |\n|---|---|\n")
    parts += [f"| {name} | {value} |\n" for name, value in results["machine"].items()]
    return "".join(parts)


NAMES = {
    "all": "all",
    "held out": "held out",
    "inflected": "other forms",
    "plain": "without marks",
    "misspelt": "slips",
    "cross": "answered in other languages",
    "pl": "in Polish",
    "uk": "in Ukrainian",
    "et": "in Estonian",
    "lv": "in Latvian",
    "lt": "in Lithuanian",
    "en": "in English",
}


def _judged(judged: Mapping[str, Any]) -> str:
    ways = judged["ways"]
    lines = [
        "\n## Judged questions: an answer among the first five\n\n",
        f"| questions | how many | {' | '.join(ways)} |\n",
        f"|---|---|{'---|' * len(ways)}\n",
    ]
    for group, name in NAMES.items():
        shares = " | ".join(f"{way[group]:.0%}" for way in ways.values())
        lines.append(f"| {name} | {judged['count'][group]} | {shares} |\n")
    if judged["missed"]:
        lines.append(f"\nMissed: {'; '.join(judged['missed'])}.\n")
    return "".join(lines)

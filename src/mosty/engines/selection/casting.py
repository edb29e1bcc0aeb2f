"""
A number drawn in public, and the list that was published before it.

The list is published under pseudonyms, P1 and so on: places in an order drawn with the
seed of the list from all codes, which nobody who lacks one of them can work out. Its
SHA-256 binds it. The number then says who sits; the reserve list takes its order from
the number and that digest together, so that nobody could know it before either.
"""

from collections.abc import Iterable, Mapping
from hashlib import sha256

from mosty.engines.draw import shuffle
from mosty.engines.reading import Json, canonical
from mosty.engines.selection.public import Numbered, numbered_to_json


def pseudonyms(codes: Iterable[str], seed: str) -> dict[str, str]:
    """Return what everybody is called in the list that has this seed."""
    order = shuffle(codes, f"names {seed}")
    width = len(str(len(order)))
    return {code: f"P{place:0{width}}" for place, code in enumerate(order, 1)}


def published(
    numbered: Numbered, names: Mapping[str, str], input_sha256: str, seed: str
) -> str:
    """Return the list as it is published: one canonical line of JSON (RFC 8785)."""
    # A list with somebody who is nobody is wrong, and has another digest.
    cohorts = tuple(
        tuple(sorted(names.get(code, code) for code in cohort))
        for cohort in numbered.cohorts
    )
    renamed = Numbered(cohorts, numbered.deviation, "")
    data = numbered_to_json(renamed)
    people: Json = sorted(names.values())
    return canonical(
        {
            "cohorts": data["cohorts"],
            "deviation": data["deviation"],
            "distinct": data["distinct"],
            "input_sha256": input_sha256,
            "people": people,
            "seed": seed,
        }
    )


def digest_of(text: str) -> str:
    """Return the SHA-256, in hexadecimal, of a list as it is published."""
    return sha256(text.encode()).hexdigest()


def order_seed(number: int, tickets: int, sha256_of_list: str) -> str:
    """
    Return the seed of the drawn order: the number in all its digits, and the digest.

    As many digits as the last of ``tickets`` numbers has, which begin with 0.
    """
    return f"{number:0{len(str(tickets - 1))}} {sha256_of_list}"

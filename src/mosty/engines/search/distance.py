"""How many slips of the keyboard lie between two words."""


def slips(one: str, other: str, most: int) -> int:
    """
    Return how many letters are missing, added, wrong or swapped with their neighbour.

    More than ``most`` are told as ``most + 1``. Optimal string alignment: no letter is
    changed twice, O(len(one) · len(other)). The slips are Damerau's, CACM 7 (1964).
    """
    if abs(len(one) - len(other)) > most:
        return most + 1
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, left in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, right in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (left != right))
            if i > 1 and j > 1 and left == other[j - 2] and one[i - 2] == right:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most and min(before) > most:
            return most + 1
    return min(row[-1], most + 1)


def forgiven(word: str) -> int:
    """Return how many slips are forgiven in a word of this length."""
    return 0 if len(word) < 4 else 1 if len(word) < 8 else 2

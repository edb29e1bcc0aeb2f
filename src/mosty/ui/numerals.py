"""Numbers as titles write them: "part III"."""

_SIGNS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))


def roman(number: int) -> str:
    """Return a number from 1 to 39 in Roman numerals; any other as it is."""
    if not 0 < number < 40:
        return str(number)
    written = ""
    for value, sign in _SIGNS:
        written += sign * (number // value)
        number %= value
    return written

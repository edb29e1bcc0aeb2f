"""What a city contact types into the form of a nomination."""

from mosty.demo.crowd import people

_SOMEONE = next(people(1, seed=7))


def filled_in(key: str) -> dict[str, str]:
    """Return a form for one more person; ``key`` makes her different from others."""
    return {
        "given_name": _SOMEONE.given_name,
        # Another name each time: the same one would be a possible duplicate.
        "family_name": "".join(chr(ord("a") + int(digit, 16)) for digit in key[:8]),
        "email": f"{key}@example.org",
        "language": "pl",
        "gender": _SOMEONE.gender,
        "department": _SOMEONE.department,
        "level": "middle",
        "position": _SOMEONE.position,
        "in_post_since": _SOMEONE.since.isoformat(),
        "motivation": "Pracuje z osobami, które przyjechały do miasta.",
        "key": key,
        "act": "submit",
    }

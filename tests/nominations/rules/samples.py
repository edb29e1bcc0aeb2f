"""The rules of the two documented calls; the second is the first, edited."""

from mosty.nominations.rules import Balance, Coverage, Prefer, Rules, parse

PART_TWO = Rules(
    seats=25,
    reserve=10,
    least=1,
    most=4,
    members_of="ump",
    exceptions=("czestochowa", "hrubieszow", "leszno"),
    departments=(
        "education",
        "culture",
        "social_policy",
        "ngo",
        "information",
        "equality",
        "police",
        "assistant",
        "social_work",
        "other",
    ),
    levels=("middle",),
    priorities=(
        Coverage("organisation"),
        Prefer((("experience", ("little",)),)),
        Prefer((("experience", ("much",)), ("new_in_post", ("yes",)))),
        Balance("department"),
        Balance("gender"),
    ),
)
PART_THREE = parse({**PART_TWO.as_json(), "seats": 24, "least": 2, "most": 3})
NAMES = {
    "ump": "Unia Metropolii Polskich",
    "czestochowa": "Częstochowa",
    "hrubieszow": "Hrubieszów",
    "leszno": "Leszno",
}

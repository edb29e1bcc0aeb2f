"""The commands on small files that fit together."""

import json
from pathlib import Path
from typing import Any

from mosty.engines.selection.cli import main

PEOPLE = """\
id,gender,side,city
P1,f,l,krakow
P2,m,l,krakow
P3,f,r,lublin
P4,m,r,lodz
"""
QUOTAS = """\
feature,value,min,max
gender,f,1,1
gender,m,1,1
side,l,0,2
side,r,0,2
"""
RULES = """\
seats = 2
reserve = 1
[organisation]
column = "city"
max = 1
[[quota]]
attribute = "gender"
value = "f"
min = 1
[[priority]]
kind = "prefer"
where = {side = ["l"]}
label = "left"
"""


def select(*arguments: str, by: str = "quotas") -> int:
    """Select by ``quotas`` or ``rules``, with two seats and a seed if not said."""
    rules = ["--rules", "rules.toml"]
    if by == "quotas":
        rules = ["--quotas", "quotas.csv"]
        rules += [] if "--seats" in arguments else ["--seats", "2"]
    seed = [] if "--seed" in arguments else ["--seed", "seed"]
    people = ["--people", "people.csv", "--id-column", "id"]
    return main(["select", *people, *rules, *seed, *arguments])


def record(path: str = "out.json") -> dict[str, Any]:
    """Return the record in a file."""
    found: dict[str, Any] = json.loads(Path(path).read_text(encoding="utf-8"))
    return found

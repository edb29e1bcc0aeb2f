"""What is published about the Academy, with its sources. Values only, no sentences of theirs."""

from mosty.demo.facts.bodies import (
    BODIES,
    CITIES,
    FORMER_OPERATOR,
    OPERATOR,
    Body,
    City,
)
from mosty.demo.facts.courses import (
    COURSES,
    PROGRAMME,
    TRIAL_COURSE,
    DocumentedCourse,
    DocumentedProgramme,
)
from mosty.demo.facts.figures import CITED, WROMIGRANT_CITED, Cited, CitedOfYear
from mosty.demo.facts.rules import (
    CHANGES_PART_3,
    COSTS_PART_2,
    COSTS_PART_3,
    DEPARTMENTS,
    NOTICE,
    RULES_PART_2,
    SEED_SOURCE,
    TRIAL_RULES,
)
from mosty.demo.facts.sources import (
    ICC_NEWS,
    ILLUSTRATIVE,
    PART_2,
    PART_3,
    PRESS,
    TERYT,
    WROMIGRANT,
)

__all__ = [
    "BODIES",
    "CHANGES_PART_3",
    "CITED",
    "CITIES",
    "COSTS_PART_2",
    "COSTS_PART_3",
    "COURSES",
    "DEPARTMENTS",
    "FORMER_OPERATOR",
    "ICC_NEWS",
    "ILLUSTRATIVE",
    "NOTICE",
    "OPERATOR",
    "PART_2",
    "PART_3",
    "PRESS",
    "PROGRAMME",
    "RULES_PART_2",
    "SEED_SOURCE",
    "TERYT",
    "TRIAL_COURSE",
    "TRIAL_RULES",
    "WROMIGRANT",
    "WROMIGRANT_CITED",
    "Body",
    "Cited",
    "CitedOfYear",
    "City",
    "DocumentedCourse",
    "DocumentedProgramme",
]

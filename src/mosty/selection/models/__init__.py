"""What is always true of runs, decisions, signatures, calculations, lists, seats and offers."""

from mosty.selection.models.calculations import Calculation
from mosty.selection.models.lists import NUMBERS, NumberedList
from mosty.selection.models.offers import Offer, Seat
from mosty.selection.models.runs import SIGNATURES, Decision, Run, Signature

__all__ = [
    "NUMBERS",
    "SIGNATURES",
    "Calculation",
    "Decision",
    "NumberedList",
    "Offer",
    "Run",
    "Seat",
    "Signature",
]

"""What is always true of runs, decisions, signatures, calculations, seats and offers."""

from mosty.selection.models.calculations import Calculation
from mosty.selection.models.offers import Offer, Seat
from mosty.selection.models.runs import SIGNATURES, Decision, Run, Signature

__all__ = [
    "SIGNATURES",
    "Calculation",
    "Decision",
    "Offer",
    "Run",
    "Seat",
    "Signature",
]

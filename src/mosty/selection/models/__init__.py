"""What is always true of runs, decisions, signatures, seats and offers."""

from mosty.selection.models.offers import Offer, Seat
from mosty.selection.models.runs import SIGNATURES, Decision, Run, Signature

__all__ = ["SIGNATURES", "Decision", "Offer", "Run", "Seat", "Signature"]

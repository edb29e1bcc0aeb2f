"""Two information points with closed years and a running one; illustrative."""

from datetime import datetime

from mosty.demo.cast import Say
from mosty.demo.infopoint import krakow, releases, wroclaw
from mosty.infopoint.models import Consultation, Workshop


def play(now: datetime, say: Say) -> None:
    """Play both points."""
    both = [wroclaw.play(now), krakow.play(now)]
    releases.compare(both, now)
    say(
        f"Information points: {Consultation.objects.count()} consultations and "
        f"{Workshop.objects.count()} workshops (illustrative); years closed, one running."
    )

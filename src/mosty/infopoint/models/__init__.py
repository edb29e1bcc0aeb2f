"""What is always true of points, code lists, consultations, opinions, closed periods."""

from mosty.infopoint.models.codes import Code, Kind
from mosty.infopoint.models.consents import Consent
from mosty.infopoint.models.consultations import (
    Consultation,
    ConsultationChange,
    Returning,
    State,
)
from mosty.infopoint.models.imports import ImportedFile
from mosty.infopoint.models.opinions import SCORES, Opinions, Poster
from mosty.infopoint.models.periods import Period
from mosty.infopoint.models.points import Operation, Point
from mosty.infopoint.models.retention import Blanking, Retention, Salt, Visitor
from mosty.infopoint.models.workshops import (
    Guide,
    Workshop,
    WorkshopChange,
    WorkshopGroup,
)

__all__ = [
    "SCORES",
    "Blanking",
    "Code",
    "Consent",
    "Consultation",
    "ConsultationChange",
    "Guide",
    "ImportedFile",
    "Kind",
    "Operation",
    "Opinions",
    "Period",
    "Point",
    "Poster",
    "Retention",
    "Returning",
    "Salt",
    "State",
    "Visitor",
    "Workshop",
    "WorkshopChange",
    "WorkshopGroup",
]

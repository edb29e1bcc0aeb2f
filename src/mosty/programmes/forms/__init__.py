"""Whether what is typed about programmes and courses is well formed. Nothing is saved here."""

from mosty.programmes.forms.courses import CloneForm, CourseForm
from mosty.programmes.forms.programmes import (
    NewProgrammeForm,
    ProgrammeForm,
    ReasonForm,
)
from mosty.programmes.forms.rows import (
    PartnerRows,
    ProvisionRows,
    Rows,
    TopicRows,
)
from mosty.programmes.forms.sessions import SessionRows

__all__ = [
    "CloneForm",
    "CourseForm",
    "NewProgrammeForm",
    "PartnerRows",
    "ProgrammeForm",
    "ProvisionRows",
    "ReasonForm",
    "Rows",
    "SessionRows",
    "TopicRows",
]

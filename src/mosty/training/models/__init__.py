"""What is always true of attendance, completion, groups, what a course hands on and certifies."""

from mosty.training.models.attendance import Mark, MarkChange
from mosty.training.models.certificates import (
    Certificate,
    CertificateDesign,
    Issuing,
    Logo,
    Picture,
    Signatory,
)
from mosty.training.models.completion import CompletionRule
from mosty.training.models.groups import GroupPlace, GroupPlan, GroupRound
from mosty.training.models.materials import Access, Licence, Material, MaterialVersion

__all__ = [
    "Access",
    "Certificate",
    "CertificateDesign",
    "CompletionRule",
    "GroupPlace",
    "GroupPlan",
    "GroupRound",
    "Issuing",
    "Licence",
    "Logo",
    "Mark",
    "MarkChange",
    "Material",
    "MaterialVersion",
    "Picture",
    "Signatory",
]

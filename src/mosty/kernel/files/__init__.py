"""Files that people send to be handed on: what they are, and what they may be called."""

from mosty.kernel.files.examine import examine
from mosty.kernel.files.keeping import WholeFiles, on_disk
from mosty.kernel.files.kinds import ACCEPT, KINDS, Kind
from mosty.kernel.files.names import safe_name
from mosty.kernel.files.refusals import CannotTake

__all__ = [
    "ACCEPT",
    "KINDS",
    "CannotTake",
    "Kind",
    "WholeFiles",
    "examine",
    "on_disk",
    "safe_name",
]

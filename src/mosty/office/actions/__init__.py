"""What the back office does itself: messages leave, a person's data is erased."""

from mosty.office.actions.messages import CannotRelease, release, retry, withdraw

__all__ = ["CannotRelease", "release", "retry", "withdraw"]

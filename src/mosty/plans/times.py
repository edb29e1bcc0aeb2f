"""When a check-in is asked for, asked again, passed on, and counted as not answered."""

from datetime import date, timedelta

# Drafts lie in the outbox so long before the day, so that somebody reads them.
READ_AHEAD = timedelta(days=3)
REMINDED_AFTER = timedelta(days=14)
PASSED_ON_AFTER = timedelta(days=28)
# Then it counts as not answered; an answer after that as late.
MISSED_AFTER = timedelta(days=42)
# The link opens a while longer: a late answer is better than none.
LINK_OPEN = timedelta(days=70)


def missed_on(due_on: date) -> date:
    """Return from which day on a check-in counts as not answered."""
    return due_on + MISSED_AFTER

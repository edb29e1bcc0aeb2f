"""Who may read what a programme came to. Nothing else decides this."""

from mosty.accounts.models import User
from mosty.programmes import policies as programmes
from mosty.programmes.models import Programme


def can_read(user: User, programme: Programme) -> bool:
    """
    Test if ``user`` may read the programme's numbers, and the people behind them.

    The people of its partners, who see its rosters: numbers of few people are not
    protected here. What is published is another matter.
    """
    return programmes.can_see_plans(user, programme)


def can_cite(user: User, programme: Programme) -> bool:
    """Test if ``user`` may add what has been published about the programme."""
    return programmes.can_edit(user, programme)

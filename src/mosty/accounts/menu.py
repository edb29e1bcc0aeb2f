"""What the header says of who is signed in: name, roles, and links to her own pages."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _

from mosty.accounts import policies
from mosty.accounts.models import User
from mosty.accounts.queries import in_words
from mosty.ui.nav import Account, NavItem, here


def account(request: HttpRequest) -> Account | None:
    """Return who is signed in; one query, kept for the request."""
    user = request.user
    if not isinstance(user, User):
        return None
    pages = [(_("Your profile"), "accounts:profile")]
    if policies.can_manage(user):
        pages.append((_("Users"), "accounts:users"))
    links = [(label, reverse(name)) for label, name in pages]
    return Account(
        name=user.name,
        role=", ".join(map(in_words, user.held)),
        links=tuple(NavItem(label, url, here(request, url)) for label, url in links),
    )

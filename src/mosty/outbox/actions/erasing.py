"""What messages say of a person is taken out of them; that they were written stays."""

from collections.abc import Collection

from django.db.models import Q

from mosty.outbox.models import Message

# What stands where a text was.
GONE = "[…]"


def empty_messages(
    *, scopes: Collection[str], name: str, email: str, code: str
) -> dict[str, int]:
    """
    Empty every message to a person, and take her name out of those that name her.

    ``code`` stands where her name was. What has not left never will. Only an address
    with the name makes a message hers: an address alone may be an office's. Call it
    inside an action's transaction; returns how many there were of each, for the ledger.
    """
    there = Message.objects.filter(scope__in=scopes)
    hers = there.filter(to_email__iexact=email, to_name=name[:200])
    waiting = (Message.State.DRAFT, Message.State.RELEASED, Message.State.FAILED)
    hers.filter(state__in=waiting).update(state=Message.State.WITHDRAWN)
    emptied = hers.update(
        to_name=code, to_email="", subject=f"{GONE} {code}", body=GONE, link=None
    )
    naming = there.filter(Q(body__contains=name) | Q(subject__contains=name))
    changed = list(naming.select_for_update().order_by("pk"))
    for message in changed:
        message.subject = message.subject.replace(name, code)
        message.body = message.body.replace(name, code)
    Message.objects.bulk_update(changed, ["subject", "body"])
    return {"messages": emptied, "named_in": len(changed)}

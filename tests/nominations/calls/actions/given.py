"""What these tests say and do in common."""

from mosty.outbox.models import Message


def told(kind: str) -> list[str]:
    return list(
        Message.objects.filter(kind=f"nominations.{kind}")
        .order_by("to_email")
        .values_list("to_email", flat=True)
    )


def invited(call, city, now, email="", name=""):
    return call.invitations.create(
        organisation=city,
        code=f"{city.slug[:4]}-{city.pk}",
        contact_email=email,
        contact_name=name,
        language="en",
        sent_at=now if email else None,
    )

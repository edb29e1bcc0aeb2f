"""
To whom the forms belong that wait on a device: see docs/explanation/offline.md.

The name stands in the page and on the device, so it is no key of ours and tells
nothing; whoever signs in on another's device neither sees nor sends what waits there.
"""

from django.http import HttpRequest
from django.utils.crypto import salted_hmac

# What waits on a page that asks for no sign-in belongs to the device.
DEVICE = "device"


def owner_of(request: HttpRequest) -> str:
    """Return the name under which forms of whoever asks wait on her device."""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return DEVICE
    return salted_hmac("mosty.ui.queue", str(user.pk)).hexdigest()[:32]

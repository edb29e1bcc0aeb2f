"""
How evidence is handed out: saved, never shown inside a page of ours, never run.

What others have uploaded is not trusted, though its kind was looked at.
"""

from django.http import FileResponse, HttpResponseBase
from django.utils.http import content_disposition_header

from mosty.plans.models import Evidence


def one(evidence: Evidence) -> HttpResponseBase:
    """
    Return the file.

    :raises FileNotFoundError: if it is not on the disk any more.
    """
    file = evidence.file.storage.open(str(evidence.file.name))
    response = FileResponse(file)
    response["Content-Type"] = evidence.content_type
    response["Content-Disposition"] = (
        content_disposition_header(True, evidence.name) or ""
    )
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response

"""Why a file is not taken, in sentences that say what to do instead."""

from django.utils.translation import gettext_lazy as _

from mosty.kernel.refusal import Refusal


class CannotTake(Refusal):
    """The file is none of the kinds that are taken, or something in it is not."""


EMPTY = _("The file is empty. Perhaps it was not sent whole: try again.")
TOO_BIG = _("The file is too large: at most %(most)s can be sent.")
PROGRAM = _("This is a program, whatever it is called. Programs are not taken.")
SCRIPT = _("This is a script. Scripts are not taken.")
WEB_PAGE = _(
    "This is a web page or has parts of one. Save it as PDF, or give its address as a link."
)
DRAWING = _("This is an SVG or XML file. Save the picture as PNG or PDF.")
ARCHIVE = _("This is an archive. Send the files in it one by one.")
OLD_OFFICE = _(
    "This is a file of an old office program. Save it as PDF, as DOCX, XLSX or PPTX, "
    "or as ODT, ODS or ODP."
)
MACROS = _("The document has macros. Save it without them: as DOCX, XLSX or PPTX.")
ATTACHED = _(
    "There is a program or another file inside the document (%(name)s). Take it out, "
    "or save the document as PDF."
)
RUNS = _(
    "There is a script, a program or another file inside the PDF. Print it into a new "
    "PDF, and send that."
)
LOCKED = _("The document is protected by a password. Save it without one.")
LOCKED_PDF = _(
    "The PDF is protected: encrypted, perhaps against copying or printing, so nobody can "
    "look into it. Save it without protection and security settings, and send that."
)
TOO_LARGE_INSIDE = _(
    "The document unpacks to far more than it should. It is not taken."
)
DAMAGED = _(
    "The file is damaged or did not arrive whole. Open it on your computer, save it "
    "again and send that."
)
TWO_IN_ONE = _("The file is two kinds of file in one. Save it anew and send that.")
NOT_UTF8 = _("The text is not in UTF-8. Save it anew and choose the encoding UTF-8.")
UNKNOWN = _(
    "Files of this kind are not taken. Take PDF, ODT, ODS, ODP, DOCX, XLSX, PPTX, "
    "PNG, JPEG, WebP, MP3, MP4, or text in UTF-8 (TXT, CSV, Markdown)."
)

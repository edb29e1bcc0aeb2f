"""What a point asks everyone, in five languages: on the poster and behind its code."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

TITLE = _("How was it here?")
SCORE = _("How do you rate the help you got?")
SCORES = {
    5: pgettext_lazy("rating of help", "very good"),
    4: pgettext_lazy("rating of help", "good"),
    3: pgettext_lazy("rating of help", "so-so"),
    2: pgettext_lazy("rating of help", "bad"),
    1: pgettext_lazy("rating of help", "very bad"),
}
# By the names under which their answers are counted.
QUESTIONS = {
    "found": _("Did you find out what you came for?"),
    "language": _("Did we speak a language that you understand well?"),
}
YES = pgettext_lazy("answer", "yes")
NO = pgettext_lazy("answer", "no")
PROMISE = _(
    "We count answers by month and keep nothing else: nobody can tell which is yours."
)
SCAN = _("Scan the code and answer in a minute.")

"""What a questionnaire asks, and the form of it that other tools read (XLSForm)."""

from mosty.evaluation.questions.schema import (
    CannotUse,
    Content,
    Kind,
    Option,
    Question,
    parse,
)

__all__ = ["CannotUse", "Content", "Kind", "Option", "Question", "parse"]

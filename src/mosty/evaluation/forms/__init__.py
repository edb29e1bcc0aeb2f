"""Forms: one file for each noun."""

from mosty.evaluation.forms.answering import AnswerForm
from mosty.evaluation.forms.questions import Head, ImportForm, QuestionRows
from mosty.evaluation.forms.surveys import MoveForm, QuoteForm, SurveyForm, blame

__all__ = [
    "AnswerForm",
    "Head",
    "ImportForm",
    "MoveForm",
    "QuestionRows",
    "QuoteForm",
    "SurveyForm",
    "blame",
]

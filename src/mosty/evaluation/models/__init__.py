"""What is always true of questionnaires, surveys, answers and results."""

from mosty.evaluation.models.answers import Answer, Quote, Said
from mosty.evaluation.models.questionnaires import Questionnaire, QuestionnaireVersion
from mosty.evaluation.models.surveys import LEAST_SHOWN, Result, Survey

__all__ = [
    "LEAST_SHOWN",
    "Answer",
    "Questionnaire",
    "QuestionnaireVersion",
    "Quote",
    "Result",
    "Said",
    "Survey",
]

"""
Feedback and learning: questionnaires, surveys of a course, and what they came to.

Nothing here joins an answer to a person, a moment or an order; docs/explanation/feedback.md.
"""

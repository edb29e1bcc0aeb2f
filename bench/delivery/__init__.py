"""How fast a course is delivered: attendance, checking in, results of feedback."""

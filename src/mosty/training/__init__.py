"""
Delivering a course: who takes part, who was there, in which groups, with what result.

A participant is somebody with a taken seat: an accepted offer of the course's call.
"""

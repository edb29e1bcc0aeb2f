"""What may change in delivering a course: one file for each noun."""

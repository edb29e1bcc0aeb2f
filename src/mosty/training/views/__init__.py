"""Pages of delivering a course: one file for each noun."""

"""What is entered in delivering a course: one file for each noun."""

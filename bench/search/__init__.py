"""What finding comes to: judged questions, and 100,000 generated documents."""

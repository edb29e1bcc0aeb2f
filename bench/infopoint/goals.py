"""What was promised of recording, and how it is measured."""

WORKERS = 50
# Each with as many of the workers.
PROCESSES = 2
SECONDS = 6.0
ROUNDS = 3
SHARE = 1 / 3

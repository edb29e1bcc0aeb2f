"""What is typed about maps, actors, ties and agreements. Forms never save."""

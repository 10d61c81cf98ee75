"""What schools put right (整改): how items stand, what goes out and comes back, who owes what."""

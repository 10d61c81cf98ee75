"""What it comes to: exact points, grades, ranks, and where each figure comes from."""

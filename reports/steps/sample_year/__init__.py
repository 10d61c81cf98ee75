"""The whole cycle on the invented county: two rounds, all that follows from each, and the year."""

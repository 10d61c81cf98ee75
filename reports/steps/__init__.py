"""What is done with a round to its end: reports, all steps at once, the sample county."""

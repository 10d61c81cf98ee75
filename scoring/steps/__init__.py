"""What is done with a round once it is collected; commands and notebooks call the same."""

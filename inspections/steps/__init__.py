"""What is done with a round, one step a file: commands, notebooks and tests call the same ones."""

"""What schools have to put right: from the faults of their letters to the book of all items."""

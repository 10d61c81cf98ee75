"""What people are told, and how it is written: problems, typed text made plain, files."""

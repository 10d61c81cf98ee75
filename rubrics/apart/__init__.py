"""Work on what others made, in processes of their own with limits of memory and time."""

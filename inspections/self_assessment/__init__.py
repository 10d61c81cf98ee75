"""What schools say of themselves before the visit: what goes out, what comes, who is missing."""

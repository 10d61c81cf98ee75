"""Several rounds of one county side by side: what a year comes to, and what has changed."""

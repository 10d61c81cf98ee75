"""The report of a follow-up (回头看): what was found, beside what was found and reported before."""

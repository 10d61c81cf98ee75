"""Follow-up (回头看): what is looked at again, by whom, and what they found."""

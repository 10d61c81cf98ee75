"""What an inspector's sheet says: records of visits, entries, and what they mean."""

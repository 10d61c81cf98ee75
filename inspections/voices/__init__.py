"""What many people said: files of answers recognised, read, flagged, decided on, counted."""

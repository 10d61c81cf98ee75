"""What a score comes to: red lines, grades, standing, ranks."""

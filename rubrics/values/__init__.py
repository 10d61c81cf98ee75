"""What rubrics are written in: points, ranges, conditions, traits."""

"""Rubrics as YAML files: read with every place known, written, refused with a remedy."""

"""The live formulas of a visit sheet."""

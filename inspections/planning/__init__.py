"""Who is inspected and by whom (双随机): strata, draws, trips of teams, and what they may never be.

Everything follows from a seed and what a :class:`~inspections.planning.inputs.Inputs` holds; the
same gives the same on every computer and in every year.
"""

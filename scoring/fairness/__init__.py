"""How sure scores are, and who is strict: the statistics of examination boards, for inspections.

Nothing here changes a score unless the round says so. Numbers are floats: they inform, and are
printed with the decimals that they bear.
"""

"""Evidence (佐证材料): the files in ``evidence/``, and which observation each of them proves."""

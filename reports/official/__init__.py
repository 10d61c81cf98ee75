"""Official papers as Word files, from templates that a bureau edits in Word.

:mod:`.draft` makes the templates that ship, :mod:`.rendering` fills any template.
"""

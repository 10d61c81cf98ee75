"""The letter that a school receives (督导反馈意见书): its content by subject, and its writing.

:func:`reports.letter.content.letter_blocks` says what stands in one letter,
:func:`reports.letter.writing.write_letters` writes all of a round as PDF.
"""

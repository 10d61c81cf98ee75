"""Reads filled workbooks, whichever program wrote them."""

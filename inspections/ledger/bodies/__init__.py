"""What facts say: one body a kind, in the form in which it is written."""

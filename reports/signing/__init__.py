"""Electronic signatures of PDFs (PAdES): signed with the bureau's certificate, and looked at."""

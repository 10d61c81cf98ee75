"""The kinds of rules: how an observation becomes points."""

"""A round: its settings, folder, rosters and plan."""

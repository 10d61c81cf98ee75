"""What the bureau publishes of a round: the bulletin, a single case, those who did well."""

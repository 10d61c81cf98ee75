"""One message: severity, what is wrong, what to do."""

Message = tuple[str, str, str]

"""Tables that come in, of whatever program and under whatever name: their sheets and cells."""

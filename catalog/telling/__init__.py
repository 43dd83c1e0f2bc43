"""Telling people: the changes of the market as feeds, and to a command or a webhook."""

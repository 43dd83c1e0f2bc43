"""Tables in plain text: `written.py` is the way in, each other file knows one form."""

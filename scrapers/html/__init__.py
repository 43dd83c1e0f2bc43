"""HTML of any markup as an outline: `outline.py` is the way in, each other file knows one habit of markup."""

"""Text that an extractor left as an outline: `outline.py` is the way in, each other file one form of table or label."""

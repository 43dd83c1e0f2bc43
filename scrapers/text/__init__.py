"""Text that an extractor left as an outline: `outline.py` is the way in.

Tables are in `tables/`, lines with labels, of which tables are made too, in `labels/`.
"""

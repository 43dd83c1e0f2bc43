"""HTML of any markup as an outline: `outline.py` is the way in, each other file knows one habit of markup.

Tables are in `tables/`, what is drawn instead of written in `drawn/`, and what a page holds for its scripts in `data/`.
"""

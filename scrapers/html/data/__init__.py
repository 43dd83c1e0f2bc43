"""What a page holds as data for its scripts, in blocks of them and in attributes: `page.py` is the way in."""

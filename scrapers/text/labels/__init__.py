"""Labels and values on lines, and records made of them: `labelled_lines.py` is the way in."""

"""Questions to the store, answered as frames: `plain.py` has those of everyday, and each other file one concern."""

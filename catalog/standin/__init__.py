"""A stand-in for the sources, for tests and for trying out: `server.py` serves a folder of captures."""

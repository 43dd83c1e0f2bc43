"""The fields of a model page, read from its outline by heading and header name; their words stand in `words.py`."""

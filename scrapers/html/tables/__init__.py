"""Tables of a page: `table` elements and ARIA grids (`marked.py`), and what is a table without being marked as one."""

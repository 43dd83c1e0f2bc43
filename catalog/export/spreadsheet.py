"""CSV for people: no cell of text may run as a formula when a spreadsheet opens the file.

A spreadsheet takes a cell for a formula by its first character, and some skip white space or quotes before they look.
Such a cell gets an apostrophe in front, and so does a cell that begins with one already; so the way back is the same
for every cell: one apostrophe less where the cell begins with one. Only columns of text are touched, by their type and
never by their look: the number -1 stays, the text `-1` becomes `'-1`.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

MARK = "'"
SKIPPED = " \t\r\n\v\f\"'`‘’“”\u00a0\u1680\u2000-\u200d\u2028\u2029\u202f\u205f\u2060\u3000\ufeff"
"""What a program may skip before it looks: white space, seen or not, and quotes; as the inside of a character class."""

RUNS = "=+\\-@\t\r\n\uff1d\uff0b\uff0d\uff20\u2212"
"""What makes a formula of a cell: = + - @, tab, a line break, and the full-width forms of the signs."""

PATTERN = f"^(?:'|[{SKIPPED}]*[{RUNS}])"
"""The cells that get an apostrophe."""


def safe_to_raw(text: str) -> str:
    """The text of a cell that `safe_texts` made.

    >>> safe_to_raw("'=1+1"), safe_to_raw("GPT-4o"), safe_to_raw("''quoted'")
    ('=1+1', 'GPT-4o', "'quoted'")
    """
    return text.removeprefix(MARK)


def safe_texts(texts: pa.Array) -> pa.Array:
    """Cells of text, made safe.

    >>> safe_texts(pa.array(["=1+1", "GPT-4o", "'quoted'"])).to_pylist()
    ["'=1+1", 'GPT-4o', "''quoted'"]
    """
    dangerous = pc.match_substring_regex(texts, PATTERN)
    if not pc.any(dangerous).as_py():
        return texts
    return pc.if_else(dangerous, pc.binary_join_element_wise(MARK, texts, ""), texts)

"""Columns of texts that repeat, as a number a row and a small table of words; and the order of many rows by numbers.

What is sorted, converted or looked up by its text is so once a word, however many rows say it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any, NamedTuple, Self

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa

_SAMPLE = 10_000
"""Rows by which it is told whether the texts of a column repeat."""

Ints = npt.NDArray[np.int64]
Objects = npt.NDArray[np.object_]
Mask = npt.NDArray[np.bool_]


class Words(NamedTuple):
    """A column of texts: the place of each row's text in `words`, -1 where there is none."""

    codes: npt.NDArray[np.integer[Any]]
    words: pa.Array

    @classmethod
    def of(cls, column: pa.ChunkedArray) -> Self:
        """The words of a column of an Arrow table."""
        encoded = column.dictionary_encode().combine_chunks()
        if isinstance(encoded, pa.ChunkedArray):  # without a chunk there is nothing to combine
            return cls(np.empty(0, np.int32), pa.array([], pa.string()))
        return cls(encoded.indices.fill_null(-1).to_numpy(), encoded.dictionary)

    def take(self, rows: Any) -> Words:
        """The column of some rows, or in another order."""
        return Words(self.codes[rows], self.words)

    def ranks(self) -> Ints:
        """The place of each row's text among the sorted words from 1; 0 where there is none, which comes first."""
        listed = self.words.to_pylist()
        places = np.zeros(len(listed) + 1, dtype=np.int64)
        places[sorted(range(len(listed)), key=listed.__getitem__)] = np.arange(1, len(listed) + 1)
        ranked: Ints = places[self.codes]  # -1, for a row without a text, is the last
        return ranked

    def texts(self) -> Any:
        """The texts as pandas holds them."""
        indices = pa.array(self.codes, pa.int32(), mask=self.codes < 0)
        return pd.array(pa.DictionaryArray.from_arrays(indices, self.words).cast(pa.large_string()), dtype="str")

    def categories(self) -> pd.Categorical:
        """The texts as categories in the order of the alphabet, without the time that it takes to repeat them."""
        ranks = self.ranks() - 1
        words = sorted(self.words.to_pylist())
        return pd.Categorical.from_codes(ranks, pd.Index(words, dtype="str"), validate=False)

    def read(self, convert: Callable[[str], Any]) -> Objects:
        """What each text means; None where there is none."""
        made: Objects = np.empty(len(self.words) + 1, dtype=object)
        made[:-1] = np.fromiter(map(convert, self.words.to_pylist()), dtype=object, count=len(self.words))
        return made.take(self.codes)


def amounts_of(column: pa.ChunkedArray) -> Objects:
    """Exact amounts from their texts, each distinct text read once where texts repeat; None where there is none."""
    sample = column.slice(0, _SAMPLE)
    if 2 * len(Words.of(sample).words) < len(sample) or column.null_count:
        return Words.of(column).read(Decimal)
    return np.fromiter(map(Decimal, column.to_pylist()), dtype=object, count=len(column))


def order_of(*keys: Ints) -> npt.NDArray[np.intp]:
    """The order of rows by keys of numbers from 0, the first key first; rows that are equal in all stay as they were.

    Together the keys are one number a row, as far as that fits; a key that is the same in all rows counts for nothing.
    """
    joined: list[Ints] = []
    width = 1
    for key in keys:
        size = int(key.max(initial=0)) + 1
        if size == 1:
            continue
        if joined and width * size < 2**62:
            joined[-1] = joined[-1] * size + key
            width *= size
        else:
            joined.append(key)
            width = size
    if not joined:
        return np.arange(len(keys[0]))
    if len(joined) == 1:
        return np.argsort(joined[0], kind="stable")
    return np.lexsort(joined[::-1])


def distinct_ranks(values: Ints) -> Ints:
    """The place of each number among the sorted distinct ones."""
    codes, kept = pd.factorize(values)
    places = np.empty(len(kept), dtype=np.int64)
    places[np.argsort(kept)] = np.arange(len(kept))
    return places[codes]


def objects(values: Sequence[Any]) -> Objects:
    """An array of the objects themselves: a `Decimal` stays one, and None stays None."""
    made: Objects = np.empty(len(values), dtype=object)
    made[:] = values
    return made

"""The catalogue that remembers: models, prices, endpoints and scores with their history.

`from catalog import Catalog` gives the questions as DataFrames; pandas is imported only then.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from catalog.api import Catalog

__all__ = ["Catalog"]


def __getattr__(name: str) -> Any:
    if name == "Catalog":
        from catalog.api import Catalog

        return Catalog
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")

"""Workloads from plain numbers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from catalog.workload import Workload


def work(**quantities: Any) -> Workload:
    """A workload of these quantities, each by its name."""
    return Workload(
        **{name: value if name in ("hours", "at") else Decimal(value) for name, value in quantities.items()}
    )

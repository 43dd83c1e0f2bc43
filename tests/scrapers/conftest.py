"""Makes what several tests of this folder share importable: our own pages in every markup, and lists of models."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

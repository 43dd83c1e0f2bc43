"""A guard that holds nothing: for histories that are too small or too odd for its own limits, which have tests of
their own."""

from catalog.judging.guard import Limits

NEVER_IN_DOUBT = Limits(
    missing_count=10**6,
    author_size=10**6,
    moved_count=10**6,
    flipped_count=10**6,
    flipped_few=10**6,
    rejected_count=10**6,
)

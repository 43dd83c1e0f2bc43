"""Whatever writes: the scheduled job, imports, reviews, rebuilds and copies, each in a session of its own."""

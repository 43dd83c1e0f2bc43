"""Models against each other: side by side, in the order of a measure, on the Pareto front, for less."""

"""What tokens cost: rate cards, a workload or a file of usage, and what the one charges for the other."""

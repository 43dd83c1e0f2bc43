"""What changed: transitions between captures, and which of them are changes of the market."""

"""Answers of OpenRouter's JSON API as records: what a card has to have, and what each of its keys becomes."""

"""What stands around `scrapers/fetch.py`: when to ask, how often, whom, and what to make of the answer."""

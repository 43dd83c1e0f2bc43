"""Turn model pages and API answers into normalised records.

The package knows nothing of the database: `catalog` imports `scrapers`, never the other way round.
"""

"""The catalogue that remembers: models, prices, endpoints and scores with their history."""

"""What the sentences of a test say of its model, and the scores among it by benchmark."""

from __future__ import annotations

from scrapers.prose.claims import Claims, claims_of


def read(sentence: str) -> Claims:
    """The claims of one sentence on the page of a model called Pear 2."""
    return claims_of([sentence], own_names=["Acme: Pear 2"])


def scores(claims: Claims) -> dict[str, str]:
    """The accuracies as they were printed, by benchmark."""
    return {claim.benchmark: str(claim.accuracy) for claim in claims.scores}

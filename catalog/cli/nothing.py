"""Notes on stderr that say why an answer is empty."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from catalog.cli.output import counted, note

if TYPE_CHECKING:
    import pandas as pd

    from catalog.questions.opened import Instant
    from catalog.questions.plain import Questions


def note_nothing(
    frame: "pd.DataFrame",
    catalog: "Questions",
    what: str,
    models: Sequence[str] | None = None,
    *,
    as_of: "Instant" = None,
    known_at: "Instant" = None,
    since: "Instant" = None,
) -> None:
    """Say why there is no `what` in an answer, where there is none."""
    if frame.empty:
        from catalog.questions.nothing import why_nothing

        note(why_nothing(catalog, what, models, as_of=as_of, known_at=known_at, since=since))


def note_no_model(
    frame: "pd.DataFrame", catalog: "Questions", *, as_of: "Instant" = None, known_at: "Instant" = None
) -> None:
    """Say why there is no model in an answer, where there is none: the filter, or nothing that it could choose from."""
    if len(frame):
        return
    if listed := _listed(catalog, as_of, known_at):
        note(f"the filter leaves none; {counted(listed, 'model')} {'is' if listed == 1 else 'are'} listed")
    else:
        note_nothing(frame, catalog, "model", as_of=as_of, known_at=known_at)


def note_no_cost(
    frame: "pd.DataFrame",
    catalog: "Questions",
    models: Sequence[str] | None,
    *,
    where: str | None,
    as_of: "Instant" = None,
    known_at: "Instant" = None,
) -> None:
    """Say why nothing was priced, where nothing was: the filter, or no price that was known."""
    if frame.empty and where is not None and _listed(catalog, as_of, known_at):
        note(f"the filter leaves {'none of the models that are named' if models else 'no model that has a price'}")
    else:
        note_nothing(frame, catalog, "price", models, as_of=as_of, known_at=known_at)


def note_no_alternative(
    frame: "pd.DataFrame",
    catalog: "Questions",
    model: str,
    *,
    where: str | None,
    as_of: "Instant" = None,
    known_at: "Instant" = None,
) -> None:
    """Say why nothing takes a model's place, where nothing does: the filter leaves no other, or none is cheaper."""
    if len(frame):
        return
    left = catalog.models(as_of=as_of, known_at=known_at, where=where, columns=()).index
    if left.difference([model]).empty:
        note("the filter leaves no other model" if where else "no other model is listed")
    else:
        note(f"no model{' that the filter leaves' if where else ''} is known to be at least as good for less")


def _listed(catalog: "Questions", as_of: "Instant", known_at: "Instant") -> int:
    return len(catalog.models(as_of=as_of, known_at=known_at, columns=()))

"""Why there is nothing to print, on stderr."""

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
    if listed := len(catalog.models(as_of=as_of, known_at=known_at, columns=())):
        note(f"the filter leaves none; {counted(listed, 'model')} {'is' if listed == 1 else 'are'} listed")
    else:
        note_nothing(frame, catalog, "model", as_of=as_of, known_at=known_at)

"""Benchmark scores and ratings of a page: its table first, then what only the performance summary states."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import lru_cache, partial
from typing import Any

from scrapers.money import states_dollars
from scrapers.outline import Outline, Table
from scrapers.page.badges import ENDS_OF_NEWS, NEWS
from scrapers.page.claims import Scores, add_claims, paragraphs_of
from scrapers.page.rows import LONGEST_NAME, Notes, Row, StatedColumn
from scrapers.page.score_figures import A_RANK, PLAIN_ACCURACY, accuracy_of, cost_of, duration_of, percentile_of, ranked
from scrapers.page.score_groups import is_untold_title, said_by
from scrapers.page.subject import Slug
from scrapers.page.summary import rows_of_summary
from scrapers.page.sums import sums_up
from scrapers.page.tables import table_rows
from scrapers.page.words import plain_words
from scrapers.prose.claims import claims_of
from scrapers.records import BenchmarkScore, blank
from scrapers.values import is_blank, percentile, whole_number, yes_or_no

_UNIT = re.compile(r"\((s|secs?|seconds|ms|min|minutes)\)", re.IGNORECASE)


def scores_of(
    outline: Outline, slug: Slug | None, names: list[str], notes: Notes, others: Sequence[str] = ()
) -> Scores:
    """The scores and percentiles of a page. `names` are the model's own, which are no benchmarks, `others` those of the
    models that the page lists."""
    canonical = slug.slug if slug else None
    found = Scores()
    for section, table in outline.tables("benchmarks"):
        mode = _mode_of(table.title or ("" if section.topic else section.heading))
        if mode is None and table.rows and is_untold_title(table):
            said = f"a category or not, of the rows below: {table.title[:200]!r}"
            notes.warn("unread_title", said, section.heading or "benchmarks")
        columns: list[StatedColumn] = []
        badged: list[str] = []
        for row in table_rows(section, table, "benchmarks", notes):
            if not columns:
                columns, badged = _read_ahead(_stating(row), table)
            if (score := _score(row, canonical, columns, badged, notes)) is not None:
                score.is_reasoning = mode if score.is_reasoning is None else score.is_reasoning
                found.scores.append(score)
    found.scores = _distinct(found.scores, notes)
    sections = outline.about("summary")
    benchmarks = list(dict.fromkeys(score.benchmark for score in found.scores))
    texts = {
        (*paragraphs_of([line.text for line in section.lines]), *rows_of_summary(section, notes)): section.heading
        for section in sections
    }
    for lines, heading in texts.items():  # a page for wide and for narrow screens has its summary twice
        add_claims(found, claims_of(lines, benchmarks, names, others), canonical, heading, notes)
    return found


_WITH_REASONING = re.compile(r"\bwith (?:reasoning|thinking)\b|(?:reasoning|thinking)(?: (?:enabled|on|mode))?\Z")
_WITHOUT_REASONING = re.compile(
    r"\b(?:without|no|non) (?:reasoning|thinking)\b|\b(?:reasoning|thinking) (?:off|disabled)\Z"
)


def _mode_of(title: str) -> bool | None:
    """Whether the runs of a table used reasoning, where the title above it says so: `Without Reasoning`."""
    words = plain_words(title)
    if {"with", "without"} <= set(words.split()):
        return None  # `Results with and without reasoning`
    if _WITHOUT_REASONING.search(words):
        return False
    return True if _WITH_REASONING.search(words) else None


_REASONING = {"reasoning": True, "thinking": True, "non-reasoning": False, "non-thinking": False}
_FREE = {"free": True, "paid": False}
"""What a badge says in place of a yes or no."""


_MARKED = {"is_reasoning": "reasoning", "is_free": "free"}
"""The fields that pages state with icons, by the columns of these."""


_GLYPH = re.compile(r"^\s*[●○•✓✔✅✗✘❌✕×]\s*(?=[^\W\d])")
"""What is drawn before a yes or no that says the same: `● Yes`."""


_PICTURES = re.compile(r"^(?:[\u2600-\u27bf\U0001f300-\U0001faff]\ufe0f?\s*)+(?=\w)")
"""What is drawn before the name of a category."""


@lru_cache(maxsize=1024)
def _benchmark(text: str) -> str:
    """The name of a benchmark without badges beside it, and once where a page has it for two widths of a window."""
    if text[-1:] in ENDS_OF_NEWS:
        text = NEWS.sub("", text)
    half = len(text) // 2
    return text[:half] if text[half : half + 1] == " " and text[:half] == text[half + 1 :] else text


def _category(text: str) -> str:
    return text if text.isascii() else _PICTURES.sub("", text)


def _badge(text: str, words: dict[str, bool]) -> bool:
    text = _GLYPH.sub("", text)
    said = words.get(text.strip().lower())
    if said is None and words is _REASONING and (group := said_by(text)).field == "reasoning":
        said = group.text == "Yes"
    return yes_or_no(text) if said is None else said


def _stating(row: Row) -> list[StatedColumn]:
    """The columns of a table and their readers, of which some need to know what its headers say."""
    accuracy, in_dollars = row.header("accuracy"), states_dollars(row.header("cost"))
    unit = _UNIT.search(row.header("duration"))
    readers: dict[str, tuple[str, Callable[[str], Any]]] = {
        "category": ("category", _category),
        "is_reasoning": ("reasoning", lambda text: _badge(text, _REASONING)),
        "strategy": ("strategy", str),
        "is_free": ("free", lambda text: _badge(text, _FREE)),
        "executions": ("executions", whole_number),
        "cost_usd": ("cost", lambda text: cost_of(text, in_dollars=in_dollars)),
        "duration_s": ("duration", partial(duration_of, unit[1] if unit else None)),
        "percentile": ("percentile", percentile),
        "rank": ("rank", _rank),
        "accuracy_percent": ("accuracy", lambda text: accuracy_of(text, accuracy)),
    }
    return row.columns.stating(readers)


_FIGURE = r"[0-9]{1,24}(?:\.[0-9]{1,24})?"
_PLAIN: dict[str, tuple[re.Pattern[str], Callable[[Decimal], Any]]] = {
    "accuracy_percent": (re.compile(rf"^({PLAIN_ACCURACY.pattern})$", re.MULTILINE), lambda figure: (figure, None)),
    "cost_usd": (re.compile(rf"^(\$({_FIGURE}))$", re.MULTILINE), lambda figure: figure or Decimal(0)),
    "duration_s": (re.compile(rf"^(({_FIGURE}) ?s)$", re.MULTILINE), lambda figure: figure),
}
"""How nearly every cell states a figure of a score, and what the column's reader makes of that figure."""


def _read_ahead(columns: list[StatedColumn], table: Table) -> tuple[list[StatedColumn], list[str]]:
    """The columns, which know now what each cell says that states its figure in the usual form, and the names of those
    of costs and durations that have ranks beside them. All of a long column are read at once; whatever is stated in
    another form is left to the readers."""
    badged: list[str] = []
    for column in columns:
        if column.stated in _PLAIN:
            form, value = _PLAIN[column.stated]
            said = "\n".join({row[column.at].text for row in table.rows if column.at < len(row)})
            column.known.update((text, value(Decimal(figure))) for text, figure in form.findall(said))
            if column.name != "accuracy" and A_RANK.search(said):
                badged.append(column.name)
    return columns, badged


def _typed(columns: list[StatedColumn]) -> dict[str, Callable[[str], Any]]:
    """The readers by their columns, without those that take any words."""
    return {column.name: column.reader for column in columns if column.reader is not str}


_FIGURES = {"executions": "executions", "accuracy_percent": "accuracy", "cost_usd": "cost", "duration_s": "duration"}
"""The fields that pages state in figures, by their columns."""


def _warn_of_marks(row: Row, values: dict[str, Any], notes: Notes) -> None:
    """Say of an icon in place of a yes or no that it is neither, and of one in place of a figure that it is none."""
    for columns, meaning in ((_MARKED, "neither yes nor no"), (_FIGURES, "no figure")):
        for stated, name in columns.items():
            if values.get(stated) is None and (cell := row.get(name)) is not None and cell.marks and not cell.text:
                notes.warn("unread_value", f"an icon that says {meaning}: {cell.marks}", row.where(name))


def _is_of_all(row: Row) -> bool:
    """Whether a row that is called `Average` is of no category, as the last row of a table is that sums the others."""
    category = row.get("category")
    return category is None or is_blank(category.text) or sums_up(category.text)


def _score(
    row: Row, slug: str | None, columns: list[StatedColumn], badged: list[str], notes: Notes
) -> BenchmarkScore | None:
    name = row.get("benchmark")
    if name is None or is_blank(name.text) or len(name.text) > LONGEST_NAME:
        notes.reject("nameless_row", f"no benchmark in {row.words!r}", row.place, of="benchmarks")
        return None
    if sums_up(name.text) and _is_of_all(row):
        notes.leave_out(row)
        return None
    noted = len(notes.warnings)
    values = row.values(columns, notes)
    if len(notes.warnings) > noted and notes.are_misplaced(row, _typed(columns), noted, of="benchmarks"):
        return None
    if None in values.values():
        _warn_of_marks(row, values, notes)
    score = _of_table(slug, _benchmark(name.text.partition("\n")[0]), row.place, values.get)
    score.accuracy_percent, rank = values.get("accuracy_percent") or (None, None)
    if rank and (stated := _percentile(rank, row.where("accuracy"), notes)) is not None:
        score.percentile = stated
    for figure in badged:
        cell = row.get(figure)
        rank = ranked(cell.words).rank if cell is not None else None
        if rank and (stated := _percentile(rank, row.where(figure), notes)) is not None:
            score.extra[f"{figure}_percentile"] = stated
    for at, column in row.columns.unknown:
        if not is_blank(row.cells[at].text):
            score.extra[column.header.strip().lower().replace(" ", "_")] = row.cells[at].words
    return score


def _percentile(rank: str, where: str, notes: Notes) -> int | None:
    try:
        return percentile_of(rank)
    except ValueError as error:
        notes.warn("unread_value", str(error), where)
        return None


def _of_table(slug: str | None, benchmark: str, place: str, stated: Callable[[str], Any]) -> BenchmarkScore:
    """A score of a benchmark, without its accuracy; each other field is what its column states."""
    score = blank(BenchmarkScore)
    score.canonical_slug = slug
    score.benchmark = benchmark
    score.category = stated("category")
    score.is_reasoning = stated("is_reasoning")
    score.strategy = stated("strategy")
    score.is_free = stated("is_free")
    score.executions = stated("executions")
    score.cost_usd = stated("cost_usd")
    score.duration_s = stated("duration_s")
    score.percentile = stated("percentile")
    score.rank = stated("rank")
    score.model_id = score.elo = score.win_rate_percent = score.index_value = score.evidence_text = None
    score.evidence = "table"
    score.extra = {}
    score.place = place
    return score


def _rank(text: str) -> int:
    return whole_number(text.removeprefix("#"))


def _distinct(scores: list[BenchmarkScore], notes: Notes) -> list[BenchmarkScore]:
    """The rows without exact repetitions, as a page has them that prints its table for two screen sizes."""
    seen: dict[tuple[Any, ...], BenchmarkScore] = {}
    kept: list[BenchmarkScore] = []
    for score in scores:
        key = (score.benchmark, score.category, score.is_reasoning, score.strategy, score.is_free)
        twin = seen.setdefault(key, score)
        if twin is score or (twin.accuracy_percent, twin.cost_usd, twin.duration_s, twin.executions) != (
            score.accuracy_percent,
            score.cost_usd,
            score.duration_s,
            score.executions,
        ):
            kept.append(score)
            if twin is not score:
                notes.warn("duplicate_row", f"{score.benchmark!r} is listed twice with different values", score.place)
    return kept

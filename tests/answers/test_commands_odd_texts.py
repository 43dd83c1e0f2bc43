"""What the commands print of texts that would end a row, move the cursor or tell a terminal what to do."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable

import pytest
from called_program import Call
from catalogue import Catalogue
from listings import Said, at, listing

ODD = "a\x1b]0;title\x07b\rc\x9b31md|e\x0bf [bold]g[/] [/h]"
_CONTROL = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f]")


@pytest.fixture
def told(new_catalogue: Callable[[], Catalogue]) -> Callable[[str, str], str]:
    """A catalogue in which a model's name, description and tokenizer were first the one text, then the other."""

    def make(*texts: str) -> str:
        made = new_catalogue()
        for day, text in enumerate(texts):
            answer = json.loads(listing({"acme/a": Said(), "acme/b": Said()}))
            answer["data"][0].update(name=f"Acme: {text}", description=text)
            answer["data"][0]["architecture"]["tokenizer"] = text
            made.take(at(24 * day), json.dumps(answer).encode())
        return made.db

    return make


@pytest.mark.parametrize(
    "words",
    [
        ("show", "acme/a"),
        ("explain", "acme/a", "description"),
        ("models", "--columns", "name,description,tokenizer"),
        ("history", "acme/a"),
        ("changes",),
        ("compare", "acme/a", "acme/b", "--all"),
        ("sql", 'SELECT name AS "a|b\rc" FROM model_now'),
    ],
)
def test_no_text_leaves_its_cell_where_people_read(
    told: Callable[[str, str], str], command: Call, words: tuple[str, ...]
) -> None:
    db = told(ODD, f"{ODD}, again")
    for form in ("table", "markdown"):
        ran = command("--db", db, *words, "--format", form)
        assert (ran.code, _CONTROL.findall(ran.out)) == (0, [])
    assert "[bold]g[/] [/h]" in ran.out or words[0] == "sql"
    blocks = re.findall(r"(?:^\|.*\n)+", ran.out, flags=re.MULTILINE)
    assert blocks
    for block in blocks:
        assert len({len(re.findall(r"(?<!\\)\|", row)) for row in block.splitlines()}) == 1


def test_a_name_in_a_message_tells_the_terminal_nothing(told: Callable[[str, str], str], command: Call) -> None:
    ran = command("--db", told(ODD, ODD), "show", f"Acme: {ODD}, twice")
    assert ran.code == 2
    assert "[bold]g[/]" in ran.err
    assert not _CONTROL.search(ran.err)


def test_csv_that_is_printed_keeps_a_carriage_return_within_its_cell(
    told: Callable[[str, str], str], command: Call
) -> None:
    words = ("--db", told(ODD, ODD), "models", "--columns", "name,description", "--format")
    stated = json.loads(command(*words, "json").out)
    assert stated[0]["description"] == ODD
    printed = command(*words, "csv").out
    assert list(csv.DictReader(io.StringIO(printed, newline=""))) == stated
    assert "\r\n" not in printed


def test_a_text_that_begins_like_endless_lists_is_printed_as_it_stands(
    told: Callable[[str, str], str], command: Call
) -> None:
    db = told('[{"":' * 3000 + "1", '[{"":' * 3000 + "2")
    for words in (("changes", "--kind", "fact"), ("changes", "--raw")):
        ran = command("--db", db, *words, "--format", "markdown")
        assert (ran.code, ran.err) == (0, "")
        assert '[{"":1 |' in ran.out
        assert '[{"":2 |' in ran.out

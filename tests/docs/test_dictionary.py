"""The data dictionary and Datasette's metadata are what the program says, and their views are those of the database."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import yaml
from pages import ROOT

from catalog import dictionary
from scrapers.records import LISTS, fields_of

METADATA = ROOT / "deploy" / "datasette" / "metadata.yaml"


@pytest.mark.parametrize(
    "path, page",
    [(ROOT / "docs" / "records.md", dictionary.records_page), (METADATA, dictionary.metadata_page)],
    ids=["records.md", "metadata.yaml"],
)
def test_the_document_is_the_programs_output(path: Path, page: Any, update_docs: bool) -> None:
    if update_docs:
        path.write_text(page(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == page()


def test_every_field_of_every_record_is_told_with_its_unit() -> None:
    page = dictionary.records_page()
    for name, record in LISTS.items():
        section = page.split(f"### `{name}`")[1].split("###")[0]
        for field in fields_of(record):
            row = next(line for line in section.splitlines() if line.startswith(f"| `{field.name}` |"))
            assert f"| {field.unit or ''} |" in row
            assert field.description.replace("|", "\\|") in row


@pytest.fixture
def database(sample_imported: Path) -> Path:
    return sample_imported / "data" / "catalog.db"


def test_the_views_have_the_columns_that_the_dictionary_tells_in_its_order(database: Path) -> None:
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
        views = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'")}
        found = {
            name: tuple(column[0] for column in connection.execute(f"SELECT * FROM {name} LIMIT 0").description)
            for name in views
        }
    inner = {name: found.pop(name) for name in dictionary.INNER_VIEWS}
    assert found == {name: view.columns for name, view in dictionary.VIEWS.items()}
    assert all("resolved_id" in columns for columns in inner.values())


def served(database: Path) -> Any:
    from datasette.app import Datasette

    return Datasette([str(database)], metadata=yaml.safe_load(METADATA.read_text(encoding="utf-8")))


def asked(datasette: Any, *paths: str) -> list[Any]:
    async def ask() -> list[Any]:
        await datasette.invoke_startup()
        return [await datasette.client.get(path) for path in paths]

    return asyncio.run(ask())


def test_datasette_serves_the_views_as_json_and_describes_their_columns(database: Path) -> None:
    rows, page = asked(
        served(database), "/catalog/model_now.json?_shape=array&model_id=google/gemini-2.5-pro", "/catalog/price_now"
    )
    assert [(row["name"], row["context_tokens"]) for row in rows.json()] == [("Google: Gemini 2.5 Pro", 1048576)]
    assert page.status_code == 200
    assert "the price of one unit, exact; null unless priced or free [USD per `unit`]" in page.text


def test_datasette_shows_the_views_first_and_no_inner_table(database: Path) -> None:
    (answer,) = asked(served(database), "/catalog.json")
    told = answer.json()
    assert {view["name"] for view in told["views"]} == {*dictionary.VIEWS, *dictionary.INNER_VIEWS}
    assert [table["name"] for table in told["tables"] if not table["hidden"]] == []


@pytest.mark.parametrize("name", dictionary.QUERIES)
def test_each_question_that_datasette_offers_has_an_answer(database: Path, name: str) -> None:
    (answer,) = asked(served(database), f"/catalog/{name}.json?_shape=array&model_id=deepseek/deepseek-v4-flash")
    assert len(answer.json()) > 2

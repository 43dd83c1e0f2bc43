"""Q04: whatever analysts ask in SQL, it reads, it ends, and it does nothing else."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest
from catalogue import Catalogue
from listings import Said, at, listing

from catalog.errors import UsageError
from catalog.sql import ask

FOREVER = "WITH RECURSIVE f(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM f) SELECT {} FROM f"


@pytest.fixture
def filled(both: Catalogue) -> Catalogue:
    both.take(at(0), listing({"lab/one": Said(), "lab/two": Said()}))
    return both


def rows(catalogue: Catalogue, query: str, limit: int = 100, timeout_s: float = 5.0) -> pd.DataFrame:
    return ask(catalogue.db, query, limit=limit, timeout_s=timeout_s)[0]


def test_a_question_to_a_view_is_answered(filled: Catalogue) -> None:
    query = "SELECT model_id, usd FROM price_now WHERE component = 'prompt' ORDER BY model_id; "
    assert rows(filled, query).to_dict("list") == {"model_id": ["lab/one", "lab/two"], "usd": ["1", "1"]}


def test_columns_of_one_name_are_told_apart(filled: Catalogue) -> None:
    query = "SELECT a.usd, b.usd, b.component FROM price_now a JOIN price_now b ON a.model_id = b.model_id"
    query += " WHERE a.component = 'prompt' AND b.component = 'completion' AND a.model_id = 'lab/one'"
    assert rows(filled, query).to_dict("list") == {"usd": ["1"], "usd_2": ["2"], "component": ["completion"]}


def test_q02_a_view_or_a_column_that_there_is_not_is_answered_with_those_that_there_are(filled: Catalogue) -> None:
    with pytest.raises(UsageError, match=r"^the database says: no such table: prices; the views are model_now, price_"):
        rows(filled, "SELECT * FROM prices")
    for name in ("price", "p.price"):
        with pytest.raises(UsageError, match=rf"^the database says: no such column: {name}; price_now has .* usd,"):
            rows(filled, f"SELECT {name} FROM price_now AS p")


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("DELETE FROM model", "only reading is allowed here"),
        ("-- all of them\nUPDATE model SET name = 'x'", "only reading is allowed here"),
        ("WITH x AS (SELECT 1) DELETE FROM model", "only reading is allowed here"),
        ("DROP VIEW model_now", "only reading is allowed here"),
        ("SELECT 1; SELECT 2", "one statement at a time"),
        ("SELCT 'delete from model'", "the database says: .*syntax error"),
        ("SELECT max(", "the database says: "),
    ],
)
def test_q04_a_query_that_is_refused_is_told_why_in_one_line(filled: Catalogue, query: str, told: str) -> None:
    with pytest.raises(UsageError, match=f"^{told}") as error:
        rows(filled, query)
    assert "\n" not in str(error.value)
    assert "LINE" not in str(error.value)


def test_a_percent_sign_and_a_closing_comment_are_plain_sql(filled: Catalogue) -> None:
    assert len(rows(filled, "SELECT model_id FROM model_now WHERE model_id LIKE 'lab/t%' -- the second")) == 1


@pytest.mark.parametrize(
    "query",
    [
        "INSERT INTO run VALUES (9, 'x', 0, 0, 'x', 0, '')",
        "UPDATE model SET name = 'x'",
        "DELETE FROM model",
        "DROP VIEW model_now",
        "CREATE TABLE x (a INTEGER)",
        "CREATE TEMPORARY TABLE x (a INTEGER)",
        "BEGIN",
        "COMMIT",
        "SELECT 1; SELECT 2",
        "SELECT 1; DROP VIEW model_now",
        "SELECT 1) AS asked; DROP VIEW model_now; SELECT * FROM (SELECT 2",
        "WITH x AS (DELETE FROM model RETURNING 1) SELECT * FROM x",
        "nonsense",
        "SELECT * FROM no_such_view",
        "",
        "  ;  ",
    ],
)
def test_q04_what_is_no_single_reading_statement_is_refused_and_changes_nothing(filled: Catalogue, query: str) -> None:
    digest = filled.digest
    with pytest.raises(UsageError):
        rows(filled, query)
    assert filled.digest == digest
    assert len(rows(filled, "SELECT * FROM model_now")) == 2


def test_q04_a_query_without_end_is_stopped(filled: Catalogue) -> None:
    with pytest.raises(UsageError, match=r"stopped after 0\.3 s"):
        rows(filled, FOREVER.format("count(*)"), timeout_s=0.3)


def test_q04_rows_are_capped_and_the_cap_is_told(filled: Catalogue) -> None:
    frame, cut = ask(filled.db, "SELECT * FROM price_now", limit=3, timeout_s=5)
    assert (len(frame), cut) == (3, True)
    frame, cut = ask(filled.db, "SELECT * FROM price_now", limit=4, timeout_s=5)
    assert (len(frame), cut) == (4, False)


@pytest.fixture
def file(tmp_path: Path) -> Iterator[Catalogue]:
    with Catalogue(str(tmp_path / "catalog.db"), tmp_path / "raw") as catalogue:
        catalogue.take(at(0), listing({"lab/one": Said()}))
        yield catalogue


@pytest.mark.parametrize(
    "query",
    [
        "ATTACH '{folder}/other.db' AS other",
        "VACUUM INTO '{folder}/other.db'",
        "PRAGMA journal_mode = DELETE",
        "PRAGMA table_info(model)",
        "SELECT * FROM pragma_table_info('model')",
        "SELECT load_extension('{folder}/other.db')",
        "SELECT writefile('{folder}/other.db', 'x')",
        "SELECT fts3_tokenizer('simple')",
        "SELECT hex(zeroblob(900000000))",
    ],
)
def test_q04_sqlite_reaches_no_other_file_and_no_extension(file: Catalogue, tmp_path: Path, query: str) -> None:
    with pytest.raises(UsageError):
        rows(file, query.format(folder=tmp_path))
    assert not (tmp_path / "other.db").exists()


def test_q04_an_endless_list_stops_at_the_cap_on_sqlite(file: Catalogue) -> None:
    frame, cut = ask(file.db, FOREVER.format("n"), limit=10, timeout_s=5)
    assert (len(frame), cut) == (10, True)


@pytest.mark.postgres
@pytest.mark.parametrize(
    "query",
    [
        "SELECT pg_read_file('/etc/passwd')",
        "SELECT \"pg_read_file\"('/etc/passwd')",
        "SELECT pg_catalog.pg_read_file /* here */ ('/etc/passwd')",
        "SELECT ('/etc/passwd'::text).pg_read_file",
        "SELECT U&\"pg\\005fread_file\"('/etc/passwd')",
        "SELECT * FROM pg_ls_dir('/')",
        "SELECT lo_import('/etc/passwd')",
        "SELECT dblink_connect('dbname=postgres'), pg_sleep(9)",
        "SELECT query_to_xml('SELECT pg_re' || 'ad_file(''/etc/passwd'')', true, true, '')",
        "SELECT pg_advisory_lock(1)",
        "SELECT pg_terminate_backend(1)",
        "SELECT set_config('transaction_read_only', 'off', false)",
        "COPY model TO PROGRAM 'cat'",
        "COPY model TO STDOUT",
        "SET TRANSACTION READ WRITE",
        "DO $$ BEGIN PERFORM 1; END $$",
        "SELECT nextval('x')",
    ],
)
def test_q04_postgresql_reads_no_file_runs_no_program_and_locks_nothing(
    postgres_url: str, tmp_path: Path, query: str
) -> None:
    with Catalogue(postgres_url, tmp_path / "raw"), pytest.raises(UsageError):
        ask(postgres_url, query, limit=10, timeout_s=2)

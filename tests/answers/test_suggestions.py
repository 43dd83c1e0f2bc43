"""What a word that is not known may have meant: the nearest first, each model once, no guess where there is no word."""

from __future__ import annotations

import pytest
from called_program import Call

from catalog.questions.names import did_you_mean

PRO = "google/gemini-2.5-pro"


@pytest.mark.parametrize(
    ("word", "meant"),
    [
        ("", "`catalog models` lists those that are known"),
        ("  ", "`catalog models` lists those that are known"),
        ("lab/onee", "did you mean lab/one, lab/two?"),
        ("LAB/ONE", "did you mean lab/one?"),
        ("One", "did you mean lab/one?"),
        ("the first on", "did you mean The first one?"),
        ("la", "did you mean lab/one, lab/two?"),
        ("!!", "`catalog models` lists those that are known"),
        ("zzzzzz", "`catalog models` lists those that are known"),
    ],
)
def test_each_model_is_suggested_once_by_the_best_of_its_words(word: str, meant: str) -> None:
    known = {"lab/one": 1, "lab/two": 2, "lab/one:standard": 1, "The first one": 1, "Lab: Two": 2}
    assert did_you_mean(word, known) == f"; {meant}"


def test_part_of_a_name_suggests_ids_of_listed_models(on_sample: Call) -> None:
    listed = set(on_sample("models", "--columns", "model").out.splitlines()[1:])
    suggested = on_sample("show", "gemini").err.rpartition("did you mean ")[2].rstrip("?\n").split(", ")
    assert len(suggested) == 5
    assert set(suggested) <= listed


def test_a_name_that_is_spaced_otherwise_suggests_its_models(on_sample: Call) -> None:
    assert "did you mean openai/gpt-4o" in on_sample("show", "gpt 4o").err


def test_a_slip_suggests_no_model_twice(on_sample: Call) -> None:
    suggested = on_sample("show", "google/gemini-2.5-prp").err.rpartition("did you mean ")[2].rstrip("?\n").split(", ")
    assert suggested[0] == PRO
    assert not any(name.startswith(("Google:", f"{PRO}:")) for name in suggested)


def test_a_mistyped_option_suggests_the_likeliest_first(command: Call) -> None:
    for typed, meant in {"--wher": "--where", "--colums": "--columns"}.items():
        ran = command("models", typed, "x")
        assert ran.code == 2
        assert f"No such option: {typed}; did you mean {meant}?" in ran.err


def test_columns_that_there_are_come_by_the_alphabet_behind_the_one_that_was_meant(on_sample: Call) -> None:
    for words in (("--columns", "promt_usd"), ("--sort", "promt_usd"), ("--where", "promt_usd > 1")):
        told = on_sample("models", *words).err.splitlines()[0].partition("there are")[2].strip(": ").split(", ")
        assert told[0] == "prompt_usd"
        assert told[1:] == sorted(told[1:])
        assert len(told) > 30


def test_a_field_that_nobody_states_is_answered_with_the_nearest_first(on_sample: Call) -> None:
    assert "there are price.prompt, " in on_sample("history", "openai/gpt-4o", "--field", "promt").err
    assert "stated are context_tokens, " in on_sample("explain", "openai/gpt-4o", "contxt_tokens").err

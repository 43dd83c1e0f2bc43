"""Every command, flag, setting, target and link of which a document speaks is there."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator

import pytest
from called_program import commands, options
from command_line import page
from pages import PAGES, ROOT, blocks, pages_with, prose, steps

from catalog.settings import SETTINGS

COMMANDS_PAGE = ROOT / "docs" / "commands.md"


def test_the_page_of_commands_is_the_programs_own_help(update_docs: bool) -> None:
    if update_docs:
        COMMANDS_PAGE.write_text(page(), encoding="utf-8")
    assert COMMANDS_PAGE.read_text(encoding="utf-8") == page()


@pytest.mark.parametrize(
    "words", [words for words, one in commands().items() if words and not hasattr(one, "commands")]
)
def test_every_command_has_an_example_that_it_understands(words: str) -> None:
    examples = re.findall(r"`(catalog [^`]+)`", commands()[words].help.split("Example:")[1])
    assert any(example.startswith(f"catalog {words}") for example in examples)
    for example in examples:
        assert misunderstood(example) == []


def misunderstood(line: str) -> list[str]:
    """What the program would not understand of a command line: its command, or one of its flags."""
    words = iter(shlex.split(re.split(r"\s[|>&]|;", _without_quoted(line))[0])[1:])
    known = commands()
    command, called = known[""], ""
    for word in words:
        if re.match(r"--?[a-z]", word):
            flag, equals, _ = word.partition("=")
            if flag not in options(command):
                return [f"no option {flag} of `{f'catalog {called}'.strip()}` in: {line}"]
            option = options(command)[flag]
            if option is not None and not option.is_flag and not equals:
                next(words, None)
        elif hasattr(command, "commands") and word.isidentifier() and word.islower():
            called = f"{called} {word}".strip()
            if called not in known:
                return [f"no command {called!r} in: {line}"]
            command = known[called]
    return []


def _without_quoted(line: str) -> str:
    """A command line whose quoted parts are one word each, so that what they hold is not taken for the shell's."""
    return re.sub(r"'[^']*'|\"[^\"]*\"", "quoted", line)


def spoken_commands(text: str) -> Iterator[str]:
    """The lines with which a page calls the program: in blocks that are shown or copied, and in the running text."""
    for block in blocks(text):
        if block.language == "console":
            yield from (step.command for step in steps(block))
        elif block.language in ("sh", "bash", "crontab", "yaml", "ini", "systemd", "dockerfile", "text"):
            joined = block.text.replace("\\\n", " ")
            yield from re.findall(r"(?:(?<=^)|(?<=[\s/\"]))catalog [a-z-].*", joined, re.MULTILINE)
    yield from re.findall(r"`(catalog(?: [^`]+)?)`", prose(text))


@pytest.mark.parametrize("name", PAGES)
def test_every_command_in_the_page_is_one_that_the_program_has(name: str) -> None:
    wrong = [
        complaint
        for line in spoken_commands(PAGES[name].read_text(encoding="utf-8"))
        if line.startswith("catalog")
        for complaint in misunderstood(line.replace("\\\n", " ").split("  #")[0])
    ]
    assert wrong == []


@pytest.mark.parametrize("name", PAGES)
def test_every_flag_that_stands_alone_in_the_page_is_one_of_some_command(name: str) -> None:
    known = {flag for command in commands().values() for flag in options(command)} | OTHER_PROGRAMS
    spoken = re.findall(r"`(--[a-z][a-z-]*)[^`]*`", prose(PAGES[name].read_text(encoding="utf-8")))
    assert sorted(set(spoken) - known) == []


OTHER_PROGRAMS = {"--update-goldens", "--update-docs"}
"""Flags of the tests."""


@pytest.mark.parametrize("name", PAGES)
def test_every_setting_in_the_page_is_one_that_the_program_reads(name: str) -> None:
    known = {f"CATALOG_{setting.upper()}" for setting in SETTINGS} | {"CATALOG_CONFIG"}
    assert sorted(set(re.findall(r"\bCATALOG_[A-Z_]+\b", PAGES[name].read_text(encoding="utf-8"))) - known) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_target_of_make_in_the_page_is_in_the_makefile(name: str) -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    text = PAGES[name].read_text(encoding="utf-8")
    spoken = set(re.findall(r"`make ([a-z]+)`", text)) | set(re.findall(r"^make ([a-z]+)$", text, re.MULTILINE))
    assert sorted(spoken - targets) == []


@pytest.mark.parametrize("name", PAGES)
def test_every_link_in_the_page_leads_somewhere(name: str) -> None:
    wrong = []
    for target in re.findall(r"\]\(([^)\s]+)\)", prose(PAGES[name].read_text(encoding="utf-8"))):
        path, _, anchor = target.partition("#")
        if "://" in path:
            continue
        file = (PAGES[name].parent / path) if path else PAGES[name]
        if not file.exists() or (anchor and anchor not in _anchors(file.read_text(encoding="utf-8"))):
            wrong.append(target)
    assert wrong == []


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.*)$", prose(text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_every_page_is_listed_on_the_first_page_of_the_folder() -> None:
    listed = set(re.findall(r"\]\(([^)\s]+)\)", PAGES["docs/README.md"].read_text(encoding="utf-8")))
    pages = {name.removeprefix("docs/") for name in PAGES if name.startswith("docs/")} - {"README.md"}
    assert sorted(pages - listed) == []


def test_the_first_page_tells_every_exit_code(exit_codes: set[int]) -> None:
    told = re.findall(r"^\| (\d+) \| ", PAGES["README.md"].read_text(encoding="utf-8"), re.MULTILINE)
    assert set(map(int, told)) == {0} | exit_codes


@pytest.fixture
def exit_codes() -> set[int]:
    """The exit codes of every error that the program knows."""
    from catalog.errors import CatalogError

    def below(error: type[CatalogError]) -> Iterator[int]:
        yield error.exit_code
        for kind in error.__subclasses__():
            yield from below(kind)

    return set(below(CatalogError))


def test_a_page_may_only_show_blocks_that_some_test_reads() -> None:
    """What is shown is run (`console`, `python`, `sql`), compared (`text`, `csv`), or read for its commands."""
    known = {"console", "python", "sql", "text", "csv", "sh", "crontab", "yaml", "toml", "ini", "systemd", "json"}
    assert {language: pages_with(language) for language in _languages() - known} == {}


def _languages() -> set[str]:
    return {block.language for path in PAGES.values() for block in blocks(path.read_text(encoding="utf-8"))}


def test_a_wrong_command_and_a_wrong_flag_are_noticed() -> None:
    assert misunderstood("catalog modles --limit 3") == ["no command 'modles' in: catalog modles --limit 3"]
    assert misunderstood("catalog models --limits 3") == [
        "no option --limits of `catalog models` in: catalog models --limits 3"
    ]
    assert misunderstood("catalog models --where 'a > 1' | sort -n") == []

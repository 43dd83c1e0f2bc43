"""What a link tells of how it opens is no part of the name that it bears."""

from __future__ import annotations

import pytest
from small_page import html_page


@pytest.mark.parametrize(
    "told",
    [
        '<span class="sr-only">(opens in a new tab)</span>',
        ' <span class="visually-hidden">, opens in new window</span>',
        '<svg class="lucide" role="img" aria-label="Opens in a new tab"><path/></svg>',
        "<svg><title>External link</title><path/></svg>",
        "<small>(external)</small>",
    ],
)
def test_a_link_that_tells_how_it_opens_bears_the_name_that_it_shows(told: str) -> None:
    def link(words: str) -> str:
        return f'<a href="https://example.org/x" target="_blank">{words}{told}</a>'

    records = html_page(
        sections=f"<h2>Key Specifications</h2><dl><dt>Hugging Face</dt><dd>{link('acme/One')}</dd></dl>"
        f"<h2>Supported Parameters</h2><ul><li>{link('seed')}</li><li>{link('top_p')}</li></ul>",
        endpoints=f"<tr><td>{link('Acme')}</td><td>{link('Acme | acme/one-1')}</td><td>8K</td>{'<td>$1</td>' * 2}</tr>",
        models=f"<tr><td>{link('Acme: One')}</td>{'<td>—</td>' * 7}</tr>",
    )
    model = records.models[0]
    assert (model.name, model.hugging_face_id, model.supported_parameters) == (
        "Acme: One",
        "acme/One",
        ["seed", "top_p"],
    )
    assert [(one.provider, one.endpoint_name) for one in records.endpoints] == [("Acme", "Acme | acme/one-1")]
    assert (len(records.models), records.warnings) == (1, [])


def test_a_link_whose_name_is_that_of_a_tab_keeps_it() -> None:
    features = (
        '<ul><li><a href="/x">Open in <b>external</b> tools</a></li><li><a href="/y">External search</a></li></ul>'
    )
    model = html_page(sections=f"<h2>Features</h2>{features}").models[0]
    assert model.supported_features == ["Open in external tools", "External search"]

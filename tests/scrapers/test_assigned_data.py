"""Facts of a shell in scripts of any kind: in variables, in calls, in texts, in answers to several queries."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from typing import Any
from urllib.parse import quote

import pytest
from test_attribute_data import LISTS, PAGE_DATA
from test_packed_data import PAGE, shell

from scrapers.document import Document
from scrapers.html.data.assigned import assigned_values
from scrapers.sources.benchable_page import parse

REST = {key: one for key, one in PAGE_DATA.items() if key not in LISTS}
OF_ANOTHER: dict[str, Any] = {
    "endpoints": [{"provider": "Bolt", "contextLength": 4096, "inputPrice": "$9"}],
    "benchmarks": [{"benchmark": "Coding", "accuracy": "12%"}],
    "otherModels": [{"name": "Bolt: Three", "context": "8K"}],
}


def script(text: str, kind: str = "") -> str:
    kind = f' type="{kind}"' if kind else ""
    return f"<script{kind}>{text.replace('</', '<' + chr(92) + '/')}</script>"


def data(value: Any) -> str:
    return script(json.dumps(value), "application/json")


def variables(facts: dict[str, Any]) -> str:
    texts = {key: one for key, one in facts.items() if isinstance(one, str)} | {
        "currentPricing": facts["currentPricing"]
    }
    rest = {"page": texts} | {key: one for key, one in facts.items() if key not in texts}
    return script("init();\n" + "\n".join(f"const {key} = {json.dumps(one)};" for key, one in rest.items()))


def member(facts: dict[str, Any]) -> str:
    return script(f"var App = App || {{}}; App.flags = {{a: 1}}; App.state.page = {json.dumps(facts)};")


def call(facts: dict[str, Any]) -> str:
    return script(f"document.addEventListener('load', function () {{ initPage({json.dumps(facts)}); }});")


def element(facts: dict[str, Any]) -> str:
    return script(f"hydrateRoot(document.getElementById('root'), React.createElement(App, {json.dumps(facts)}));")


def escaped(facts: dict[str, Any]) -> str:
    return script(f'window.a = JSON.parse(decodeURIComponent("{quote(json.dumps(facts))}"));')


def encoded(facts: dict[str, Any]) -> str:
    return script(f'window.a = JSON.parse(atob("{base64.b64encode(json.dumps(facts).encode()).decode()}"));')


def template(facts: dict[str, Any]) -> str:
    text = json.dumps(facts).replace("\\", "\\\\").replace("`", "\\`")
    return script(f"window.a = JSON.parse(`{text}`);")


def shoebox(facts: dict[str, Any]) -> str:
    return script(json.dumps(facts), "fastboot/shoebox")


def text_within(facts: dict[str, Any]) -> str:
    return data({"user": None, "initialState": json.dumps(facts)})


def seroval(facts: dict[str, Any]) -> str:
    number = -1

    def numbered(value: Any) -> str:
        nonlocal number
        if not isinstance(value, (dict, list)):
            return json.dumps(value)
        number += 1
        at = number
        if isinstance(value, list):
            return f"$R[{at}]=[{','.join(map(numbered, value))}]"
        return f"$R[{at}]={{{','.join(f'{key}:{numbered(one)}' for key, one in value.items())}}}"

    return script(f'$_TSR.router=($R=>{numbered({"matches": [{"loaderData": facts}]})})($R["tsr"])')


def queries(facts: dict[str, Any]) -> str:
    found = [{"queryKey": [name, "bolt/two"], "state": {"data": rows}} for name, rows in OF_ANOTHER.items()]
    found += [{"queryKey": ["page", PAGE.slug], "state": {"data": REST}}]
    found += [{"queryKey": [key, {"of": PAGE.slug}], "state": {"data": facts[key]}} for key in LISTS]
    return data({"dehydratedState": {"queries": found}})


def by_address(facts: dict[str, Any]) -> str:
    found = {f"/api/models/bolt/two/{name}": rows for name, rows in OF_ANOTHER.items()}
    found |= {f"/api/models/{PAGE.slug}": REST}
    found |= {f"/api/models/{PAGE.slug}/{key}?limit=99": facts[key] for key in LISTS}
    return data({"fallback": found})


def answers(facts: dict[str, Any]) -> str:
    def answer(address: str, value: Any) -> str:
        said = json.dumps({"status": 200, "body": json.dumps(value)})
        return f'<script type="application/json" data-url="https://x.org/models/{address}">{said}</script>'

    found = "".join(answer(f"bolt/two/{name}", rows) for name, rows in OF_ANOTHER.items())
    return found + answer(PAGE.slug, REST) + "".join(answer(f"{PAGE.slug}/{key}", facts[key]) for key in LISTS)


def hidden(facts: dict[str, Any]) -> str:
    return f"<template>{json.dumps(facts).replace('&', '&amp;').replace('<', '&lt;')}</template>"


FORMS = [variables, member, call, element, escaped, encoded, template, shoebox, text_within, seroval, queries,
         by_address, answers, hidden]  # fmt: skip


@pytest.mark.parametrize("form", FORMS)
def test_a_shell_says_the_same_wherever_its_facts_stand(form: Callable[[Any], str]) -> None:
    stated = parse(Document(body=shell(data({"props": PAGE_DATA})))).records().as_dict()
    read = parse(Document(body=shell(form(PAGE_DATA)))).records().as_dict()
    assert read["endpoints"] == stated["endpoints"]
    assert read == stated


def test_what_a_page_tells_others_of_its_visitors_is_no_data() -> None:
    for name in ("gtag('event', ", "analytics.track(x, ", "dataLayer.push("):
        assert assigned_values(f"{name}{{a: 1}});") == []
    assert assigned_values("if (a == {b: 1} || a >= [1]) { f(x => ({a: 1})) }") == []
    assert assigned_values("x = JSON.parse(atob('%%%')); y = JSON.parse(`${z}`)") == []


def test_a_script_of_many_assignments_ends_within_bounds() -> None:
    assert len(assigned_values("a={};" * 5000)) <= 200
    assert assigned_values("a=(" * 5000) == []

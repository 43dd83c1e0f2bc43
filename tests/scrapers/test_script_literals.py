"""Facts that a script writes in JavaScript's own words: bare keys, short flags, names for what repeats."""

from __future__ import annotations

import pytest

from scrapers.document import Document
from scrapers.html.data.assigned import assigned_values
from scrapers.html.data.literals import LiteralReader
from scrapers.sources.benchable_page import parse

MODEL = r"{name:'Acme: One',contextLength:8192,description:'It\'s \"one\" \x3C two',released:new Date(1735776000000)}"
FACTS = f"""{{model:{MODEL},currentPricing:{{prompt:.5,completion:2}},
 endpoints:[{{provider:"Acme",contextLength:8192}}], // one is enough
 benchmarkResults:[{{benchmark:"Coding",accuracy:"98%",reasoning:!0,free:!1,strategy:void 0,}}],otherModels:[]}}"""
CALLED = (
    "(function(a,b,c){b.provider=a;c[0]=b;return {model:"
    + MODEL
    + ',currentPricing:{prompt:.5,completion:2},endpoints:c,otherModels:[],benchmarkResults:[{benchmark:"Coding",'
    'accuracy:"98%",reasoning:!0,free:!1}]}}("Acme",{contextLength:8192},[]))'
)


@pytest.mark.parametrize(
    "script",
    [
        f"window.__STATE__ = {FACTS};",
        f"window.__NUXT__={CALLED};",
        f"window.__NUXT__={CALLED.replace('}(', '})(').removesuffix(')')};",
        f"window.__STATE__=((a)=>({FACTS.replace('8192', 'a')}))(8192);",
        f"{{ const data = [null,{FACTS}]; Promise.all([import('/a.js')]).then(([kit, app]) => kit.start(app, data)) }}",
        f"import('/a.js').then(([kit, app]) => {{ kit.start(app, element, {{ node_ids: [0, 2], data: {FACTS} }}); }});",
        f"window.f = function () {{ return 1 }}; window.g = (function () {{ window.__STATE__ = {FACTS} }})();",
        'window.__STATE__ = JSON.parse(\'{"model":{"name":"Acme: One","contextLength":8192,"released":'
        r'"2025-01-02","description":"It\'s \\"one\\" < two"},"currentPricing":{"prompt":0.5,"completion":2},'
        '"endpoints":[{"provider":"Acme","contextLength":8192}],"otherModels":[],"benchmarkResults":['
        '{"benchmark":"Coding","accuracy":"98%","reasoning":true,"free":false}]}\');',
    ],
)
def test_a_script_may_hold_the_facts_as_javascript_writes_them(script: str) -> None:
    page = f"<html><head><title>Acme: One</title></head><body><div></div><script>{script}</script></body></html>"
    records = parse(Document(body=page.encode())).records()
    model = records.models[0]
    assert (model.context_tokens, model.description, str(model.released_on)) == (
        8192,
        'It\'s "one" < two',
        "2025-01-02",
    )
    assert [(one.component, str(one.usd)) for one in records.prices] == [("prompt", "0.5"), ("completion", "2")]
    assert [(one.provider, one.context_tokens) for one in records.endpoints] == [("Acme", 8192)]
    scores = [
        (one.benchmark, str(one.accuracy_percent), one.is_reasoning, one.is_free) for one in records.benchmark_scores
    ]
    assert scores == [("Coding", "98", True, False)]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{'a-b':1,2:3,$c:-.5e-3}", "{'a-b': 1, '2': 3, '$c': Decimal('-0.0005')}"),
        (r"['\u0041\u{1F600}\n\q']", repr(["A\U0001f600\nq"])),
        ("[new Set([1,2]),new Map([['a',1]]),undefined,NaN]", "[[1, 2], {'a': 1}, None, None]"),
        ("[/* one */1,// two\n2]", "[1, 2]"),
        (r"['a\0b\x00\u0000\u{d800}']", repr(["a\ufffdb\ufffd\ufffd\ufffd"])),
    ],
)
def test_plain_values_are_read_as_a_browser_has_them(text: str, value: str) -> None:
    assert repr(LiteralReader(text, 0).read()) == value


@pytest.mark.parametrize(
    "text",
    [
        "{a:1+1}",
        "{a:b}",
        "{a:f()}",
        "{a:0x10}",
        "{a:1",
        "{a,b}",
        "[1 2]",
        "['a]",
        "{a:`b`}",
        "{a:new URL('x')}",
        "(function(a){while(1);return a}(1))",
        "(function(a){a.b=1;return a}(1))",
        "(function(a){a.a=a;return a}({}))",
        "(function(a){return a}(1,2))",
        "(function(a){return [a,a",
        "[" * 5000,
        "(" * 5000,
        "(function(){return " * 50 + "1" + "}())" * 50,
        "[" + "9" * 50_000 + "]",
    ],
)
def test_what_is_more_than_plain_values_holds_no_data(text: str) -> None:
    with pytest.raises(ValueError):
        LiteralReader(text, 0).read()
    assert [value for _, value in assigned_values(f"window.a = {text}; window.b = {{c: 1}}")][-1:] in ([], [{"c": 1}])


def test_names_that_stand_for_names_end_within_bounds() -> None:
    text = "[0]"
    for name in "ab":
        text = f"(function({name}){{return [{','.join([name] * 1000)}]}}({text}))"
    with pytest.raises(ValueError, match="more values"):
        LiteralReader(text, 0).read()


def test_what_follows_a_value_that_cannot_be_read_is_read() -> None:
    found = assigned_values("window.a = {f: g(1)}; let b = {c: 1}; window.d = [2]")
    assert found == [("b", {"c": 1}), ("d", [2])]

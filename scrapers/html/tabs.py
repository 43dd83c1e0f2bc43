"""Panels behind tabs: each is named after the tab that opens it, whichever of the two says so.

<button role="tab" aria-controls="history">Price History</button> … <div id="history" role="tabpanel" hidden>
<a data-bs-toggle="tab" href="#history">Price History</a> … <div id="history" class="tab-pane">
<input type="radio" name="prices" id="history"><label for="history">Price History</label> … <div class="pane">
"""

from __future__ import annotations

import re
from itertools import islice

import lxml.etree

from scrapers.html.elements import Element, label_of
from scrapers.page.words import topic_of

_SIGNS = (b"tabpanel", b"-tab-panel", b'toggle="tab"', b'toggle="pill"', b'role="tab"', b"role=tab")
_tabs = lxml.etree.XPath(
    "//*[@role='tab' or (@panel and contains(name(), '-tab'))"
    " or @data-bs-toggle='tab' or @data-bs-toggle='pill' or @data-toggle='tab' or @data-toggle='pill']"
)
_RADIO = re.compile(rb"""type=["']?radio""")
_MOST_BUTTONS = 2000
_MOST = 100
"""Tabs of a page; more are something else."""
_OPENS = ("aria-controls", "panel", "data-bs-target", "data-target", "href")


def put_names_of_panels(root: Element, page: bytes) -> None:
    """Say of every panel by which tab it is labelled, and of what holds the tabs that it does."""
    if b"radio" in page and _RADIO.search(page):
        for buttons in _groups_of_radios(root):
            _put_titles_in_panes(buttons)
    if not any(sign in page for sign in _SIGNS):
        return
    tabs = {target: tab for tab in _tabs(root) if (target := _opened_by(tab))}
    if not 0 < len(tabs) <= _MOST:
        return
    panels = {one.get("id") or one.get("name"): one for one in root.iter() if _is_panel(one, tabs)}
    opened = set(panels.values())
    for number, (target, panel) in enumerate(panels.items()):
        tab = tabs[target]
        if panel.get("role") not in (None, "tabpanel") or panel.get("aria-labelledby"):
            continue
        if not tab.get("id"):
            tab.set("id", f"tab-{number}-of-{target}")
        tab.set("role", "tab")
        panel.set("role", "tabpanel")
        panel.set("aria-labelledby", tab.get("id"))
        _mark_list(tab, opened)


def _groups_of_radios(root: Element) -> list[list[Element]]:
    """Buttons side by side of which one is chosen, two or more."""
    groups: dict[tuple[Element, str], list[Element]] = {}
    for button in islice(root.iter("input"), _MOST_BUTTONS):
        if button.get("type") == "radio" and (name := button.get("name")):
            groups.setdefault((button.getparent(), name), []).append(button)
    return [group for group in groups.values() if 1 < len(group) <= _MOST]


def _put_titles_in_panes(buttons: list[Element]) -> None:
    """Put the word of each button as a heading into the pane that it opens, which no script does: a style sheet shows
    the pane behind its button, or the one of the same number behind all of them."""
    parent = buttons[0].getparent()
    ids = [button.get("id") for button in buttons]
    labels = {label.get("for"): label for label in parent.iter("label") if label.get("for") in ids}
    titles = [_title_of(button, labels) for button in buttons]
    if not all(titles) or not any(map(topic_of, titles)):
        return
    panes = _panes(parent, buttons)
    if len(panes) != len(buttons):
        return
    for title, pane in zip(titles, panes, strict=True):
        heading = lxml.etree.Element("h3")
        heading.text, heading.tail, pane.text = title, pane.text, None
        pane.insert(0, heading)
        pane.attrib.pop("aria-labelledby", None)
    if parent.get("role") == "tablist":
        parent.attrib.pop("role")  # which holds the panes too
    for pressed in (*buttons, *labels.values()):
        pressed.tag = "template"  # which is not read


def _title_of(button: Element, labels: dict[str | None, Element]) -> str:
    label = labels.get(button.get("id"))
    return " ".join("".join(label.itertext()).split()) if label is not None else label_of(button) or ""


def _panes(parent: Element, buttons: list[Element]) -> list[Element]:
    """What stands behind each button before the next one; else, behind all buttons, as many as there are."""
    runs: list[list[Element]] = []
    for child in parent:
        if child in buttons:
            runs.append([])
        elif runs and isinstance(child.tag, str) and child.tag in ("div", "section", "article"):
            runs[-1].append(child)
    if all(len(run) == 1 for run in runs):
        return [run[0] for run in runs]
    *others, last = runs
    if any(others):
        return []
    return last if len(last) != 1 else [one for one in last[0] if isinstance(one.tag, str)]


def _is_panel(element: Element, tabs: dict[str, Element]) -> bool:
    return element.get("id") in tabs or (element.get("name") in tabs and str(element.tag).endswith("-tab-panel"))


def _opened_by(tab: Element) -> str:
    """The id of the panel that a tab opens."""
    stated = next((value for name in _OPENS if (value := tab.get(name))), "")
    return stated.removeprefix("#")


def _mark_list(tab: Element, opened: set[Element]) -> None:
    """Mark the largest element around a tab that holds no panel as a list of tabs, which is not read."""
    holder = tab
    while (parent := holder.getparent()) is not None and not any(one in opened for one in parent.iter()):
        if parent.get("role") == "tablist":
            return
        holder = parent
    if holder is not tab:
        holder.set("role", "tablist")

"""Panels behind tabs: each is named after the tab that opens it, whichever of the two says so.

<button role="tab" aria-controls="history">Price History</button> … <div id="history" role="tabpanel" hidden>
<a data-bs-toggle="tab" href="#history">Price History</a> … <div id="history" class="tab-pane">
"""

from __future__ import annotations

import lxml.etree

from scrapers.html.icons import Element

_SIGNS = (b"tabpanel", b"-tab-panel", b'toggle="tab"', b'toggle="pill"', b'role="tab"', b"role=tab")
_tabs = lxml.etree.XPath(
    "//*[@role='tab' or (@panel and contains(name(), '-tab'))"
    " or @data-bs-toggle='tab' or @data-bs-toggle='pill' or @data-toggle='tab' or @data-toggle='pill']"
)
_MOST = 100
"""Tabs of a page; more are something else."""
_OPENS = ("aria-controls", "panel", "data-bs-target", "data-target", "href")


def put_names_of_panels(root: Element, page: bytes) -> None:
    """Say of every panel by which tab it is labelled, and of what holds the tabs that it does."""
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

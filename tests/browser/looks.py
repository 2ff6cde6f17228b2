"""What every page must be: accessible, quiet, as wide as the screen, still while it loads, fit for a thumb."""

from collections.abc import Mapping
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_SIZE_AND_COLOUR = {"runOnly": ["color-contrast", "link-in-text-block", "scrollable-region-focusable", "target-size"]}
"""The rules of axe that a page may break on a narrow screen or in the dark only."""
SMALLEST_TARGET_PX = 44
PRESSED = (
    "button, .button, .option, .chip, .sos, .brand, .links a, .back a, .change a, .fold > summary, .ten, .box, .time, "
    ".tabs a, .exercises a"
)
SMALL = """([pressed, least]) => [...document.querySelectorAll(pressed)]
    .filter(one => one.checkVisibility({visibilityProperty: true}))
    .map(one => [one, one.getBoundingClientRect()])
    .filter(([one, box]) => Math.min(box.width, box.height) > 0 && Math.min(box.width, box.height) < least)
    .map(([one, box]) => `${one.textContent.trim()} (${Math.round(box.width)} x ${Math.round(box.height)})`)"""
HELP_IN_SIGHT = """() => {
    scrollTo({top: document.body.scrollHeight, behavior: "instant"});
    const box = document.querySelector(".sos").getBoundingClientRect();
    return box.height > 0 && box.top >= 0 && box.bottom <= document.documentElement.clientHeight;
}"""
MOST_SHIFT = 0.01
SHIFTED = """() => new Promise(done => {
    let sum = 0;
    const seen = list => list.getEntries().forEach(one => { sum += one.hadRecentInput ? 0 : one.value; });
    const observer = new PerformanceObserver(seen);
    observer.observe({type: "layout-shift", buffered: true});
    setTimeout(() => { seen({getEntries: () => observer.takeRecords()}); done(sum); }, 100);
})"""


def violations(page: Page, rules: Mapping[str, Any] = RULES) -> list[str]:
    """What axe finds wrong, with where."""
    found = Axe().run(page, options={**rules, "resultTypes": ["violations"]}).response["violations"]
    return [f"{one['id']}: {one['help']} at {_places(one)}" for one in found]


def _places(violation: Mapping[str, Any]) -> str:
    return "; ".join(f"{node['target'][0]} {node['html'][:200]}" for node in violation["nodes"])


def shift(page: Page) -> list[str]:
    """How far what is on the page moved while it loaded, when that is too far."""
    moved = float(page.evaluate(SHIFTED))
    return [f"what is on the page moved while it loaded: {moved:.3f}"] if moved >= MOST_SHIFT else []


def overflow(page: Page) -> list[str]:
    """By how much the page is wider than the screen."""
    too_wide = int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))
    return [f"wider than the screen by {too_wide} px"] if too_wide > 0 else []


def too_small(page: Page) -> list[str]:
    """What a thumb presses, when it is too small for one."""
    small: list[str] = page.evaluate(SMALL, [PRESSED, SMALLEST_TARGET_PX])
    return [f"too small to press: {one}" for one in small]


def without_help(page: Page) -> list[str]:
    """When the way to call for help is not on the screen, however far down one reads."""
    return [] if page.evaluate(HELP_IN_SIGHT) else ["the emergency link is not in sight at the end of the page"]


def open_all(page: Page) -> None:
    """Open everything that folds."""
    page.locator("details").evaluate_all("all => all.forEach(one => { one.open = true })")

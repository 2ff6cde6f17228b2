"""Somebody who has a keyboard and nothing else, and who looks where they are at every step."""

from playwright.sync_api import Page

MOST_STEPS = 200
STEP = """wanted => {
    const focused = document.activeElement;
    if (!focused || focused === document.body) return ['nothing', false];
    const shows = [focused, ...(focused.labels || [])].filter(one => {
        const style = getComputedStyle(one);
        return style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2;
    });
    const [width, height] = [document.documentElement.clientWidth, document.documentElement.clientHeight];
    const inSight = (one, x, y) => {
        const above = x >= 0 && x < width && y >= 0 && y < height && document.elementFromPoint(x, y);
        return above && (one.contains(above) || above.contains(one));
    };
    const seen = shows.some(one => [...one.getClientRects()].some(box => [0.1, 0.5, 0.9].some(part =>
        inSight(one, box.left + box.width * part, box.top + box.height * part))));
    return [seen ? '' : focused.outerHTML.slice(0, 200), focused.matches(wanted)];
}"""
"""Where the focus is when that cannot be seen (no ring around it or its label, or off the screen, or covered), and
whether it is on what is looked for."""


class Keyboard:
    """Goes through pages with the keys; fails when the focus cannot be seen on the way."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def to(self, selector: str, key: str = "Tab") -> "Keyboard":
        """Press Tab, or another key that moves the focus, until it is on what is looked for."""
        for _ in range(MOST_STEPS):
            self._page.keyboard.press(key)
            unseen, there = self._page.evaluate(STEP, selector)
            assert not unseen, f"the focus cannot be seen on {self._page.url}: {unseen}"
            if there:
                return self
        raise AssertionError(f"{selector} cannot be reached with {key} on {self._page.url}")

    def press(self, *keys: str) -> "Keyboard":
        for key in keys:
            self._page.keyboard.press(key)
        return self

    def type(self, text: str) -> "Keyboard":
        self._page.keyboard.type(text)
        return self

    def enter(self) -> "Keyboard":
        """Press Enter on what leads to another page, and wait for that."""
        with self._page.expect_navigation():
            self._page.keyboard.press("Enter")
        return self

"""What a browser sees: the weight of the first page, and whether anything on a page moves while it loads."""

import os
import shutil
from collections.abc import Mapping, Sequence
from typing import Any

ARGUMENTS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking")
SIZES = ((360, 740), (1280, 800))
SHIFTS = """() => new Promise((done) => {
  let total = 0;
  new PerformanceObserver((list) => { for (const one of list.getEntries()) total += one.value; })
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(total), 400);
})"""


def seen(base: str, visitors: Mapping[str, str | None], pages: Sequence[tuple[str, str]]) -> Mapping[str, Any] | None:
    """Measure in Chromium; None where there is none.

    Parameters
    ----------
    base : str
    visitors : mapping
        The session of each kind of visitor.
    pages : sequence of (visitor, address)
    """
    program = os.environ.get("HERSTEL_CHROMIUM") or shutil.which("chromium")
    if not program:
        return None
    from playwright.sync_api import sync_playwright

    shifts: dict[str, float] = {}
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        sizes = _weight(browser, base)
        for width, height in SIZES:
            for visitor, session in visitors.items():
                context = browser.new_context(viewport={"width": width, "height": height}, base_url=base)
                if session:
                    context.add_cookies([{"name": "herstel_session", "value": session, "url": base}])
                page = context.new_page()
                for address in [address for who, address in pages if who == visitor]:
                    if _opened(page, address):
                        shifts[f"{address} at {width} px"] = page.evaluate(SHIFTS)
                context.close()
        browser.close()
    return {"bytes": sum(sizes), "files": len(sizes), "shifts": shifts}


def _opened(page: Any, address: str) -> bool:
    """Whether the address shows a page; a file to download shows none."""
    from playwright.sync_api import Error

    try:
        page.goto(address)
    except Error as error:
        if "Download is starting" in error.message:
            return False
        raise
    return True


def _weight(browser: Any, base: str) -> list[int]:
    """The bytes that went over the line for each file of the first page, headers included, nothing kept from before."""
    context = browser.new_context()
    page = context.new_page()
    network = context.new_cdp_session(page)
    network.send("Network.enable")
    sizes: list[int] = []
    network.on("Network.loadingFinished", lambda event: sizes.append(int(event["encodedDataLength"])))
    page.goto(base + "/", wait_until="networkidle")
    context.close()
    return sizes

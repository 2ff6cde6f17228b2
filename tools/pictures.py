"""Makes the pictures in the documents by driving a real browser over the real pages. Run it with `make pictures`."""

import base64
import os
import shutil
import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

ROOT = Path(__file__).parents[1]
PICTURES = ROOT / "docs" / "pictures"
PHONE = {"width": 360, "height": 740}
CHROMIUM = os.environ.get("HERSTEL_CHROMIUM") or shutil.which("chromium") or "chromium"


def shots(browser: Browser, site: str) -> list[bytes]:
    """The body map, a question and the result, on a phone, in Dutch."""
    from tests.browser.person import Person

    page = browser.new_context(viewport=PHONE, base_url=site, device_scale_factor=2).new_page()
    person = Person(page, "nl")
    person.has_answered()
    taken = []
    for address in ("/check/places/", "/check/mechanism/", "/result/"):
        person.goes_to(address)
        taken.append(page.screenshot())
    return taken


def side_by_side(browser: Browser, pictures: list[bytes]) -> bytes:
    """Several screens as one picture."""
    sources = (f"data:image/png;base64,{base64.b64encode(one).decode()}" for one in pictures)
    style = "border:1px solid #bbb;border-radius:18px"
    screens = "".join(f'<img src="{one}" width="300" style="{style}">' for one in sources)
    page = browser.new_page(viewport={"width": 1000, "height": 660})
    page.set_content(f'<body style="margin:16px;display:flex;gap:24px;background:#fff">{screens}</body>')
    return page.screenshot()


def of_a_recovery(browser: Browser) -> bytes:
    """The chain, two figures and the forecast of one of the tours, side by side."""
    folder = ROOT / "docs" / "tours" / "sprint-strain-grade-2"
    figures = ("extender", "glute_bridge")

    def image(path: Path, width: int) -> str:
        source = base64.b64encode(path.read_bytes()).decode()
        return f'<img src="data:image/svg+xml;base64,{source}" width="{width}">'

    drawn = "".join(image(folder / "figures" / f"{one}.svg", 230) for one in figures)
    column = f'<div style="display:flex;flex-direction:column;gap:12px">{drawn}</div>'
    parts = f"{image(folder / 'chain.svg', 340)}{column}{image(folder / 'forecast.svg', 380)}"
    page = browser.new_page(viewport={"width": 1040, "height": 600}, device_scale_factor=2)
    page.set_content(f'<body style="margin:16px;display:flex;align-items:center;gap:24px">{parts}</body>')
    return page.screenshot()


def main() -> None:
    """Take the pictures of pages without any record, in a folder of its own."""
    with tempfile.TemporaryDirectory(prefix="herstel-pictures-") as folder:
        os.environ["HERSTEL_STATE"] = folder
        from herstel_web.operation.start import set_up

        set_up()
        picture, recovery = take()
    PICTURES.mkdir(exist_ok=True)
    (PICTURES / "self-check.png").write_bytes(picture)
    (PICTURES / "recovery.png").write_bytes(recovery)


def take() -> tuple[bytes, bytes]:
    """The picture of the self-check and that of a recovery."""
    from herstel_web import server
    from tests.browser.conftest import ARGUMENTS

    server.bring_up_to_date("nl")
    running = server.make_server("127.0.0.1", 0)
    threading.Thread(target=running.run, daemon=True).start()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        taken = (
            side_by_side(browser, shots(browser, f"http://127.0.0.1:{running.effective_port}")),
            of_a_recovery(browser),
        )
        browser.close()
    return taken


if __name__ == "__main__":
    main()

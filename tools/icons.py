"""Draws the icons of the home screen from ``icon.svg`` in a real browser. Run it again when that drawing changes."""

from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.conftest import ARGUMENTS

FOLDER = Path(__file__).parents[1] / "src" / "herstel_web" / "static" / "herstel"
CHROMIUM = "/usr/bin/chromium"
PINE = "#1d5c57"
ICONS = {"icon-192": (192, 1.0), "icon-512": (512, 1.0), "maskable-512": (512, 0.8), "apple-180": (180, 0.94)}
"""Name, side in pixels, and the share of it that the drawing takes: a phone may cut the last two to its own shape."""


def main() -> None:
    drawing = (FOLDER / "icon.svg").read_text(encoding="utf-8")
    (FOLDER / "icons").mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        for name, (side, share) in ICONS.items():
            page = browser.new_page(viewport={"width": side, "height": side}, color_scheme="light")
            ground = "transparent" if share == 1 else PINE
            style = f"margin:0;height:100vh;display:grid;place-items:center;background:{ground}"
            page.set_content(f'<body style="{style}"><div style="width:{share:.0%}">{drawing}</div></body>')
            page.screenshot(path=FOLDER / "icons" / f"{name}.png", omit_background=True)
        browser.close()


if __name__ == "__main__":
    main()

"""The picture of the README, taken from a demonstration of its own: signs in as an officer and photographs one page.

``make screenshot`` takes the start page, ``make screenshot PAGE=/tenders/1`` another one. ``instance/`` is not used.
"""

import os
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "static" / "img" / "screenshot.png"
ROLE = "Vergabestelle"
WIDTH, HEIGHT = 1280, 900
PATIENCE_MS = 60_000


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def sign_in(page: Page, address: str) -> None:
    """Sign in with the account and password that the sign-in page of a demonstration names."""
    page.goto(f"{address}/members/login")
    account = page.get_by_role("row").filter(has_text=ROLE).first.get_by_role("rowheader").inner_text()
    page.fill("input[name=email]", account)
    page.fill("input[name=password]", page.locator("main code").first.inner_text())
    page.click("main button[type=submit]")


def photograph(address: str, path: str) -> None:
    """Take the picture of one page, wide, in the light colours."""
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=os.environ["TEST_CHROMIUM"], args=["--no-sandbox"])
        page = browser.new_page(locale="de-DE", viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.set_default_timeout(PATIENCE_MS)
        sign_in(page, address)
        page.goto(address + path)
        PICTURE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PICTURE)
        browser.close()


def main(path: str) -> None:
    """Start a server on a demonstration in a temporary folder, take the picture, stop the server."""
    port = free_port()
    with tempfile.TemporaryDirectory() as instance:
        environment = os.environ | {"PROCUREMENT_INSTANCE": instance, "PORT": str(port)}
        server = subprocess.Popen([ROOT / ".ci" / "serve"], env=environment, stdout=subprocess.PIPE, text=True)
        try:
            # The address is printed right before gunicorn binds it; the browser waits for the rest.
            address = f"http://127.0.0.1:{port}"
            for line in server.stdout or ():
                if line.startswith(address):
                    break
            wait_for(port)
            photograph(address, path)
        finally:
            server.terminate()
            server.wait()
    sys.stdout.write(f"{PICTURE.relative_to(ROOT)}\n")


def wait_for(port: int) -> None:
    """Return when something listens on the port."""
    while True:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except ConnectionRefusedError:
            continue
        return


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "/")

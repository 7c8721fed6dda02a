"""Debian's Chromium without a window, driven through its own driver: W3C WebDriver, plainly."""

import base64
import json
import re
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.error import HTTPError
from urllib.request import ProxyHandler, Request, build_opener

DRIVER: Final = "chromedriver"
OPTIONS: Final = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage",
    "--disable-background-networking", "--force-prefers-reduced-motion", "--hide-scrollbars",
    "--lang=zh-CN",
)  # fmt: skip
KEYS: Final = {"Tab": "\ue004", "Enter": "\ue007", "Space": " ", "Shift": "\ue008"}

_PORT: Final = re.compile(r"successfully on port (\d+)")
_OPENER: Final = build_opener(ProxyHandler({}))


class Browser:
    """One window."""

    def __init__(self, address: str) -> None:
        """Take the driver's address and open a window."""
        self._address = address
        asked = {"alwaysMatch": {"goog:chromeOptions": {"args": list(OPTIONS)},
                                 "goog:loggingPrefs": {"browser": "ALL"}}}  # fmt: skip
        made = self._call("POST", "/session", {"capabilities": asked})
        self._session = f"/session/{made['sessionId']}"

    def open(self, page: Path) -> None:
        """Open a file and wait until it is loaded."""
        self._post("/url", url=page.resolve().as_uri())

    def run(self, script: str, *arguments: object) -> Any:  # noqa: ANN401  # whatever a script returns
        """Run a script's body; what it returns, and what a promise of it comes to."""
        return self._post("/execute/sync", script=script, args=list(arguments))

    def size(self, width: int, height: int = 900) -> None:
        """Be a screen of this width, a phone's below 600 px."""
        self.tell(
            "Emulation.setDeviceMetricsOverride",
            width=width, height=height, deviceScaleFactor=1, mobile=width < 600,
        )  # fmt: skip

    def dark(self, *, on: bool) -> None:
        """Prefer dark pages or light ones."""
        wanted = {"name": "prefers-color-scheme", "value": "dark" if on else "light"}
        self.tell("Emulation.setEmulatedMedia", features=[wanted])

    def scripts(self, *, on: bool) -> None:
        """Let pages run their scripts or not; ours of the tests always run."""
        self.tell("Emulation.setScriptExecutionDisabled", value=not on)

    def press(self, *keys: str) -> None:
        """Press keys one after the other, by name or as text; `Shift+Tab` holds the first."""
        actions = []
        for key in keys:
            held = [KEYS.get(each, each) for each in key.split("+")]
            actions += [{"type": "keyDown", "value": each} for each in held]
            actions += [{"type": "keyUp", "value": each} for each in reversed(held)]
        self._post("/actions", actions=[{"type": "key", "id": "keyboard", "actions": actions}])

    def log(self) -> list[str]:
        """Return what the console was told since the last time."""
        return [each["message"] for each in self._post("/se/log", type="browser")]

    def tell(self, command: str, **parameters: object) -> Any:  # noqa: ANN401  # as the protocol says
        """Send a command of the DevTools protocol."""
        return self._post("/goog/cdp/execute", cmd=command, params=parameters)

    def picture(self, path: Path, *, whole: bool = False) -> None:
        """Save a picture of what is seen, or of the whole page."""
        made = self.tell("Page.captureScreenshot", captureBeyondViewport=whole)
        path.write_bytes(base64.b64decode(made["data"]))

    def close(self) -> None:
        """Close the window."""
        self._call("DELETE", self._session, None)

    def _post(self, path: str, **body: object) -> Any:  # noqa: ANN401  # JSON
        return self._call("POST", self._session + path, body)

    def _call(self, method: str, path: str, body: object) -> Any:  # noqa: ANN401  # JSON
        data = None if body is None else json.dumps(body).encode()
        request = Request(  # noqa: S310  # our own driver
            self._address + path, data, {"Content-Type": "application/json"}, method=method
        )
        try:
            with _OPENER.open(request, timeout=120) as answer:
                return json.load(answer)["value"]
        except HTTPError as error:
            raise AssertionError(json.load(error)["value"]["message"]) from None


@contextmanager
def browser() -> Iterator[Browser]:
    """Start a driver and a browser; end both."""
    with subprocess.Popen([DRIVER, "--port=0"], stdout=subprocess.PIPE, text=True) as driver:
        try:
            window = Browser(f"http://127.0.0.1:{_port(driver)}")
            try:
                yield window
            finally:
                window.close()
        finally:
            driver.terminate()


def _port(driver: "subprocess.Popen[str]") -> int:
    if driver.stdout is not None:
        for line in driver.stdout:
            if found := _PORT.search(line):
                return int(found[1])
    raise AssertionError(DRIVER)

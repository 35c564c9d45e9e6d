"""Chromium, as tests use it: one browser without a window, whose page is run, filled in, printed, and asked what went wrong in it.

It is spoken to by the DevTools protocol through two pipes, messages in JSON that each end with a zero byte.
"""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.programs import program

SECONDS = 120
"""The longest wait for one answer."""

FLAGS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run", "--remote-debugging-pipe")
NAMES = ("chromium", "chromium-browser", "google-chrome")
KEYS = {"Tab": (9, ""), "Enter": (13, "\r"), "Space": (32, " ")}


class Browser:
    """`said` gathers what the page writes to the console and every fault in it, `asked` the addresses it asks for."""

    def __init__(self, to: int, back: int) -> None:
        self.said: list[str] = []
        self.asked: list[str] = []
        self._to, self._back = to, back
        self._read = b""
        self._last = 0
        self._loaded = False
        self._session = ""
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def open(self, page: Path, fragment: str = "", *, width: int = 1280, script: bool = True) -> None:
        """Show a file, `width` pixels wide, with or without its scripts."""
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=900, deviceScaleFactor=1, mobile=width < 600)
        self.call("Emulation.setScriptExecutionDisabled", value=not script)
        self._load("about:blank")  # or a page shown before would only be scrolled
        self.said.clear()
        self.asked.clear()
        self._load(page.as_uri() + (f"#{fragment}" if fragment else ""))

    def _load(self, address: str) -> None:
        self._loaded = False
        self.call("Page.navigate", url=address)
        while not self._loaded:
            self._next()

    def run(self, expression: str) -> Any:
        """Return what an expression of JavaScript comes to in the page shown."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def wait_for(self, condition: str) -> None:
        """Wait until a condition in JavaScript holds in the page shown."""
        look = f"const look = left => ({condition}) ? done(true) : left ? setTimeout(look, 20, left - 1) : done(false)"
        assert self.run(f"new Promise(done => {{ {look}; look({SECONDS * 10}); }})"), condition

    def press(self, key: str) -> None:
        """Press a key, one of KEYS, and let it go."""
        code, text = KEYS[key]
        named = {"key": text if key == "Space" else key, "code": key, "windowsVirtualKeyCode": code}
        self.call("Input.dispatchKeyEvent", type="keyDown", **named, **({"text": text} if text else {}))
        self.call("Input.dispatchKeyEvent", type="keyUp", **named)

    def write(self, text: str) -> None:
        """Type a text where the cursor stands."""
        self.call("Input.insertText", text=text)

    def pdf(self) -> bytes:
        """Return the page shown as it is printed, on the paper its style sheet asks for."""
        return base64.b64decode(self.call("Page.printToPDF", preferCSSPageSize=True, printBackground=True)["data"])

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Return the answer of the browser to a command."""
        self._last += 1
        message = {"id": self._last, "method": method, "params": parameters, **({"sessionId": self._session} if self._session else {})}
        os.write(self._to, json.dumps(message).encode("ascii") + b"\0")
        while (answer := self._next()).get("id") != self._last:
            pass
        assert "error" not in answer, answer["error"]
        result: dict[str, Any] = answer["result"]
        return result

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._read:
            ready, _, _ = select.select([self._back], [], [], SECONDS)
            assert ready, "the browser does not answer"
            data = os.read(self._back, 1 << 20)
            assert data, "the browser is gone"
            self._read += data
        message, _, self._read = self._read.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        self._note(answer.get("method", ""), answer.get("params", {}))
        return answer

    def _note(self, event: str, told: dict[str, Any]) -> None:
        if event == "Page.loadEventFired":
            self._loaded = True
        elif event == "Runtime.consoleAPICalled":
            self.said.append(str([each.get("value") for each in told["args"]]))
        elif event == "Runtime.exceptionThrown":
            self.said.append(str(told["exceptionDetails"]))
        elif event == "Log.entryAdded":
            self.said.append(told["entry"]["text"])
        elif event == "Network.requestWillBeSent":
            self.asked.append(told["request"]["url"])


@contextmanager
def browser(folder: Path) -> Iterator[Browser]:
    """Start a browser that keeps its files in `folder`. Without Chromium the test is skipped, or fails where CI is set."""
    chromium = program(*NAMES)
    (its_end, to), (back, its_other) = _pipe(), _pipe()

    def place_pipes() -> None:
        os.dup2(its_end, 3)
        os.dup2(its_other, 4)

    process = subprocess.Popen(
        [chromium, *FLAGS, f"--user-data-dir={folder}"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        close_fds=False,
        preexec_fn=place_pipes,  # noqa: PLW1509  # the only way to give the pipes the numbers that Chromium expects
    )
    os.close(its_end)
    os.close(its_other)
    try:
        found = Browser(to, back)
        yield found
        found.call("Browser.close")
        process.wait(SECONDS)
    finally:
        process.kill()
        process.wait()
        os.close(to)
        os.close(back)


def _pipe() -> tuple[int, int]:
    """Return a pipe whose ends have numbers from 10 on, out of the way of those the browser expects."""
    import fcntl  # which Windows has not

    ends = os.pipe()
    high = tuple(fcntl.fcntl(end, fcntl.F_DUPFD_CLOEXEC, 10) for end in ends)
    for end in ends:
        os.close(end)
    return high[0], high[1]

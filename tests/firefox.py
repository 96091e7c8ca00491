"""Firefox without a window, driven by its own remote protocol, Marionette, over the loopback address."""

from __future__ import annotations

import json
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import attrs

PREFERENCES = """
user_pref("marionette.port", {port});
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("network.proxy.type", 1);
user_pref("network.proxy.http", "127.0.0.1");
user_pref("network.proxy.http_port", 9);
user_pref("network.proxy.ssl", "127.0.0.1");
user_pref("network.proxy.ssl_port", 9);
"""
"""No request leaves the machine: every one would go to a port at which nobody listens."""


@attrs.frozen(eq=False)
class Firefox:
    """A session: commands go out as ``[0, id, name, parameters]`` behind their length, answers come back."""

    wire: socket.socket

    def command(self, name: str, **parameters: Any) -> Any:
        """Sends a command and returns what it answers.

        Raises:
            RuntimeError: Firefox refused it, or a script failed.
        """
        text = json.dumps([0, 1, f"WebDriver:{name}", parameters])
        self.wire.sendall(f"{len(text.encode())}:{text}".encode())
        _, _, error, result = self.read()
        if error:
            raise RuntimeError(f"{name}: {error['message']}")
        return result.get("value", result) if isinstance(result, dict) else result

    def read(self) -> Any:
        """The next message."""
        length = b""
        while not length.endswith(b":"):
            length += self.wire.recv(1)
        text = b""
        while len(text) < int(length[:-1]):
            text += self.wire.recv(int(length[:-1]) - len(text))
        return json.loads(text)

    def run(self, script: str) -> Any:
        """Returns what a script returns in the page; a promise is waited for."""
        return self.command("ExecuteScript", script=f"return ({script});", args=[])

    def wait(self, script: str, seconds: float = 20) -> None:
        """Waits until a script says yes."""
        until = time.monotonic() + seconds
        while not self.run(script):
            assert time.monotonic() < until, f"Firefox still does not say yes: {script}"
            time.sleep(0.05)


@contextmanager
def firefox(folder: Path, width: int, height: int) -> Iterator[Firefox | None]:
    """Opens Firefox with a profile of its own in a folder; None where none is installed."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        yield None
        return
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder.mkdir(parents=True)
    (folder / "user.js").write_text(PREFERENCES.format(port=port), encoding="utf-8")
    size = [f"--width={width}", f"--height={height}"]
    started = subprocess.Popen(
        [program, "--headless", "--marionette", "--no-remote", "--profile", str(folder), *size],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with _connected(port) as wire:
            session = Firefox(wire)
            session.read()
            session.command("NewSession", capabilities={"alwaysMatch": {}})
            session.command("SetWindowRect", width=width, height=height)
            yield session
    finally:
        started.terminate()
        started.wait(20)


def _connected(port: int) -> socket.socket:
    until = time.monotonic() + 60
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            assert time.monotonic() < until, "Firefox does not answer."
            time.sleep(0.2)

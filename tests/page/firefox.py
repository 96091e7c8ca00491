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
"""Every request goes to a port on which nothing listens, so none leaves the machine."""


@attrs.frozen(eq=False)
class Firefox:
    """A session: commands go out as ``[0, id, name, parameters]``, prefixed with their length."""

    connection: socket.socket

    def command(self, name: str, **parameters: Any) -> Any:
        """Sends a command and returns the answer.

        Raises:
            RuntimeError: Firefox refused it, or a script failed.
        """
        text = json.dumps([0, 1, f"WebDriver:{name}", parameters])
        self.connection.sendall(f"{len(text.encode())}:{text}".encode())
        _, _, error, result = self.read()
        if error:
            raise RuntimeError(f"{name}: {error['message']}")
        return result.get("value", result) if isinstance(result, dict) else result

    def read(self) -> Any:
        """The next message."""
        length = b""
        while not length.endswith(b":"):
            length += self.connection.recv(1)
        text = b""
        while len(text) < int(length[:-1]):
            text += self.connection.recv(int(length[:-1]) - len(text))
        return json.loads(text)

    def run(self, script: str) -> Any:
        """Runs a script in the page and returns its result, that of a promise once it is settled."""
        return self.command("ExecuteScript", script=f"return ({script});", args=[])

    def wait(self, script: str, seconds: float = 20) -> None:
        """Waits until a script returns something true."""
        deadline = time.monotonic() + seconds
        while not self.run(script):
            assert time.monotonic() < deadline, f"Firefox still does not return true: {script}"
            time.sleep(0.05)


@contextmanager
def firefox(folder: Path, width: int, height: int) -> Iterator[Firefox | None]:
    """Opens Firefox with a profile of its own in a folder; yields None where it is not installed."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    if program is None:
        yield None
        return
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    folder.mkdir(parents=True)
    (folder / "user.js").write_text(PREFERENCES.format(port=port), encoding="utf-8")
    size = [f"--width={width}", f"--height={height}"]
    process = subprocess.Popen(
        [program, "--headless", "--marionette", "--no-remote", "--profile", str(folder), *size],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        with _connection(port) as connection:
            session = Firefox(connection)
            session.read()
            session.command("NewSession", capabilities={"alwaysMatch": {}})
            session.command("SetWindowRect", width=width, height=height)
            yield session
    finally:
        process.terminate()
        process.wait(20)


def _connection(port: int) -> socket.socket:
    deadline = time.monotonic() + 60
    while True:
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=60)
        except OSError:
            assert time.monotonic() < deadline, "Firefox does not answer."
            time.sleep(0.2)

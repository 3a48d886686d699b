# SPDX-License-Identifier: Apache-2.0
"""Starts the built programs on free ports with an empty data folder, and ends them by their process id."""
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
import time
import urllib.error
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[3]


class Skipped(Exception):
    """What was asked for cannot be run here; the text says why."""


def binary(name):
    """The built program of this name in MOTCUA_TEST_BIN (default: the debug build)."""
    folder = pathlib.Path(os.environ.get("MOTCUA_TEST_BIN") or ROOT / ".build" / "debug")
    path = folder / name
    if not path.exists():
        raise Skipped(f"{name} is not built in {folder}")
    return path


def free_port():
    """A port of the loopback address that nobody listens on at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def answers(url, status=200, timeout=2):
    """Whether the address gives this status."""
    try:
        with urllib.request.urlopen(url, timeout=timeout) as answer:
            return answer.status == status
    except urllib.error.HTTPError as error:
        return error.code == status
    except OSError:
        return False


class Program:
    """A running program whose output is kept line by line."""

    def __init__(self, arguments, environment=None, name=None):
        self.name = name or pathlib.Path(arguments[0]).name
        self.lines = []
        self.started = time.monotonic()
        self.process = subprocess.Popen(
            [str(word) for word in arguments],
            cwd=ROOT,
            env={**os.environ, **(environment or {})},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        self.reader = threading.Thread(target=self._read, daemon=True)
        self.reader.start()

    @property
    def pid(self):
        return self.process.pid

    def _read(self):
        for line in self.process.stdout:
            self.lines.append(line.decode("utf-8", "replace").rstrip("\n"))

    def output(self):
        return "\n".join(self.lines)

    def wait_ready(self, url, seconds=60):
        """Waits until the address answers 200; the seconds that it took since the start."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            if self.process.poll() is not None:
                time.sleep(0.2)
                raise RuntimeError(f"{self.name} ended with {self.process.returncode}:\n{self.output()[-4000:]}")
            if answers(url):
                return time.monotonic() - self.started
            time.sleep(0.05)
        raise RuntimeError(f"{self.name} did not answer {url} in {seconds} s:\n{self.output()[-4000:]}")

    def stop(self, seconds=15):
        """Asks the program to end; the seconds that it took. Kills it when it does not."""
        asked = time.monotonic()
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(seconds)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
                raise RuntimeError(f"{self.name} did not end within {seconds} s of SIGTERM") from None
        self.reader.join(2)
        return time.monotonic() - asked

    def kill(self):
        """kill -9, and nothing else."""
        self.process.kill()
        self.process.wait()
        self.reader.join(2)


class DataFolder:
    """An empty folder that goes away with its block."""

    def __enter__(self):
        self.path = pathlib.Path(tempfile.mkdtemp(prefix="motcua-"))
        return self.path

    def __exit__(self, *_):
        shutil.rmtree(self.path, ignore_errors=True)

# SPDX-License-Identifier: Apache-2.0
"""`motcua demo` on free ports with an empty data folder: the sample province, its sandbox and its accounts.

The demo says on its last line, for machines, {"listening": URL, "sandbox": URL}; the passwords of officers and the
secrets of their authenticator apps are in demo.json of its data folder.
"""
import json
import os
import threading
import time

from authenticator import Authenticator
from harness.processes import ROOT, DataFolder, Program, binary, free_port


class Demo:
    def __init__(self, database=None, data=None, environment=None, patience=120):
        self.patience = patience  # seconds until it must be ready
        self.database = database
        self.given = data
        self.environment = environment or {}
        self.program = None
        # Officers who have signed in: each code opens once, so persons who are the same officer share a session.
        self.at_door = threading.RLock()
        self.sessions = {}
        self.apps = {}

    def __enter__(self):
        self.folder = None if self.given else DataFolder()
        self.data = self.given or self.folder.__enter__()
        try:
            self.start()
        except BaseException:
            self.__exit__()
            raise
        return self

    def start(self, again=False):
        """Starts the demo; again means on the same data and the same ports, as after a crash."""
        if not again:
            self.port, self.sandbox_port = free_port(), free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.program = Program([binary("motcua"), "demo"], self.settings())
        self.seconds_to_ready = self.program.wait_ready(self.base + "/readyz", self.patience)
        self.told = self._told()

    def settings(self):
        """The environment that this demo is told."""
        settings = {
            "MOTCUA_PORT": str(self.port),
            "MOTCUA_SANDBOX_PORT": str(self.sandbox_port),
            # As `make run` has it: a folder named from where the program was started.
            "MOTCUA_DATA": os.path.relpath(self.data, ROOT),
            **self.environment,
        }
        if self.database:
            settings["MOTCUA_DATABASE"] = self.database
        return settings

    def environment_of_tools(self):
        """The whole environment for another command on the same data, such as `motcua doctor`."""
        return {**os.environ, **self.settings()}

    def _told(self):
        end = time.monotonic() + 10
        while time.monotonic() < end:
            for line in self.program.lines:
                if line.startswith('{"listening"'):
                    return json.loads(line)
            time.sleep(0.05)
        raise RuntimeError(f"the demo did not print its addresses:\n{self.program.output()[-4000:]}")

    def password(self, username):
        """The password of a sample officer."""
        return json.loads((self.data / "demo.json").read_text())["passwords"][username]

    def app(self, username):
        """The authenticator app of a sample officer."""
        if username not in self.apps:
            secrets = json.loads((self.data / "demo.json").read_text())["timeCodes"]
            self.apps[username] = Authenticator(secrets[username])
        return self.apps[username]

    @property
    def sandbox(self):
        return self.told["sandbox"].rstrip("/")

    def stop(self):
        return self.program.stop() if self.program else 0

    def __exit__(self, *_):
        try:
            self.stop()
        finally:
            if self.folder:
                self.folder.__exit__()

# SPDX-License-Identifier: Apache-2.0
"""The two engines of a demonstration: a SQLite file in the data folder, or a database of its own in PostgreSQL."""
import contextlib
import os
import sqlite3
import subprocess
import uuid


@contextlib.contextmanager
def database(engine):
    """The value of MOTCUA_DATABASE for an empty database; None leaves the default, SQLite in the data folder."""
    if engine == "sqlite":
        yield None
        return
    server = os.environ["MOTCUA_TEST_POSTGRES"]
    name = "motcua_" + uuid.uuid4().hex[:12]
    psql(server, f"CREATE DATABASE {name}")
    head, _, tail = server.partition("?")
    base = head.rsplit("/", 1)[0] if head.count("/") > 2 else head
    try:
        yield f"{base}/{name}" + (f"?{tail}" if tail else "")
    finally:
        psql(server, f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def psql(url, statement):
    command = ["psql", "-X", "-At", "-q", url, "-c", statement]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise RuntimeError(f"psql: {done.stderr.strip()}")
    return [line.split("|") for line in done.stdout.splitlines()]


def rows(demo, statement):
    """Rows of a SELECT in the database of a demo, as texts."""
    if demo.database:
        return psql(demo.database, statement)
    files = [path for path in demo.data.rglob("*.sqlite*") if path.suffix in (".sqlite", ".sqlite3", ".db")]
    connection = sqlite3.connect(f"file:{files[0]}?mode=ro", uri=True)
    try:
        return [[str(value) for value in row] for row in connection.execute(statement)]
    finally:
        connection.close()

# SPDX-License-Identifier: Apache-2.0
"""The journal's tree, computed again from the rows by an independent implementation (pymerkle).

The bytes of a leaf are the canonical JSON (RFC 8785) of the typed columns of an event, written here once more from the
description in docs/architecture.md, so that both writers of it would have to make the same mistake.
"""
import json
import sqlite3

from pymerkle import InmemoryTree

COLUMNS = (
    "at", "service", "kind", "object_type", "object_id", "actor_kind", "actor_id", "actor_agency", "actor_unit",
    "authentication", "assurance", "actor_behalf", "session_digest", "request_id", "facts",
    "payload_commit", "leaf_hash",
)
# Eight leaf inputs and the roots of their trees, from the vectors of certificate transparency.
VECTOR = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
ROOTS = {
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}


def hexadecimal(value):
    return None if value is None else bytes(value).hex()


def leaf_bytes(row):
    members = {
        "version": 1,
        "at": row["at"],
        "service": row["service"],
        "kind": row["kind"],
        "objectType": row["object_type"],
        "objectId": row["object_id"],
        "actorKind": row["actor_kind"],
        "actorId": row["actor_id"],
        "actorAgency": row["actor_agency"],
        "actorUnit": row["actor_unit"],
        "authentication": row["authentication"],
        "session": hexadecimal(row["session_digest"]),
        "requestId": row["request_id"],
        "facts": json.loads(row["facts"]),
        "payloadCommit": hexadecimal(row["payload_commit"]),
    }
    # Members that came later stand there only with a value: the leaves of earlier events stay what they were.
    later = {"assurance": row["assurance"], "actorBehalf": row["actor_behalf"]}
    members |= {name: value for name, value in later.items() if value is not None}
    return json.dumps(members, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def recompute(database):
    """(size, root in hex, what is wrong) of the journal in a SQLite file."""
    failures = []
    tree = InmemoryTree(algorithm="sha256")
    connection = sqlite3.connect(f"file:{database}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    rows = connection.execute(f"SELECT leaf_index, {', '.join(COLUMNS)} FROM journal_event ORDER BY leaf_index")
    size = 0
    for row in rows:
        if row["leaf_index"] != size:
            failures.append(f"leaf {row['leaf_index']} stands at place {size}")
        index = tree.append_entry(leaf_bytes(row))
        if tree.get_leaf(index) != bytes(row["leaf_hash"]):
            failures.append(f"leaf {size} ({row['kind']}) has another hash than its columns")
        size += 1
    connection.close()
    root = tree.get_state(size).hex() if size else ""
    return size, root, failures


def prove():
    """The independent tree gives the published roots; what is wrong with it."""
    failures = []
    tree = InmemoryTree(algorithm="sha256")
    for text in VECTOR:
        tree.append_entry(bytes.fromhex(text))
    for size, root in ROOTS.items():
        if tree.get_state(size).hex() != root:
            failures.append(f"pymerkle gives another root for {size} leaves than the published vector")
    return failures

# SPDX-License-Identifier: Apache-2.0
"""The independent checkers: each is proved first, then judges the running product.

usage: run.py [--only documents,packs,transfer,deadlines,papers,refusals,hostile,access,api,
                      result,transport,administration,uploads,watched,drained,stops,
                      installation-sqlite,installation-postgres,deployment,
                      drill-sqlite,drill-postgres,full-disk,kill-sqlite,kill-postgres]
Answers 0 passed, 1 failed, 77 skipped with the reason on the last line.
"""
import argparse
import os
import pathlib
import subprocess
import sys
import time

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Browser"))
from harness.processes import ROOT, Skipped, binary  # noqa: E402


def documents():
    """What the documents draw and list is what the manifest and the code say."""
    failures = []
    for script in ("scripts/draw-house.py", "scripts/write-configuration.py"):
        done = subprocess.run(
            [sys.executable, script, "--check"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        if done.returncode:
            failures.append(done.stderr.strip())
    printed = subprocess.run([binary("motcua"), "routes"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    if not (ROOT / "docs" / "routes.md").read_text(encoding="utf-8").endswith("\n\n" + printed):
        failures.append("docs/routes.md is not what `motcua routes` prints")
    return failures


def packs():
    import packs as schema

    return schema.main()


def transfer():
    import transfer as doors

    return doors.main()


def papers():
    import papers as judge
    import papers_selftest

    if judge.missing_tools():
        raise Skipped(f"missing: {', '.join(judge.missing_tools())}")
    return papers_selftest.main()


def result():
    import result as delivered

    return delivered.main()


def deadlines():
    import deadlines as second_reading

    return second_reading.main()


def refusals():
    import refusals as starts

    return starts.main()


def hostile():
    import hostile as provider
    import hostile_staff as officers

    return provider.main() + officers.main()


def access():
    import access as matrix
    import access_selftest

    return access_selftest.main() or matrix.main()


def operated(name):
    import operated as operator

    return operator.main([name])


def transport():
    import transport as handshakes

    return handshakes.main()


def administration():
    import administration as door

    return door.main()


def stops():
    import stops as again

    return again.main()


def installation(engine):
    import installation as newcomer

    if engine == "postgres" and not os.environ.get("MOTCUA_TEST_POSTGRES"):
        raise Skipped("no PostgreSQL (MOTCUA_TEST_POSTGRES)")
    return newcomer.walk(engine)


def deployment():
    import deployment as machine

    return machine.main()


def drill(engine):
    import drill as backup

    if engine == "postgres" and not os.environ.get("MOTCUA_TEST_POSTGRES"):
        raise Skipped("no PostgreSQL (MOTCUA_TEST_POSTGRES)")
    return backup.main(engine)


def full_disk():
    import fulldisk

    return fulldisk.main()


def api():
    import api as second_client

    return second_client.main()


def uploads():
    import uploads as pieces

    return pieces.main()


def kill_sqlite():
    import kill

    return kill.main("sqlite")


def kill_postgres():
    import kill

    if not os.environ.get("MOTCUA_TEST_POSTGRES"):
        raise Skipped("no PostgreSQL (MOTCUA_TEST_POSTGRES)")
    return kill.main("postgres")


PARTS = {
    "documents": documents, "packs": packs, "transfer": transfer,
    "deadlines": deadlines, "papers": papers, "refusals": refusals, "hostile": hostile,
    "access": access, "api": api, "result": result, "transport": transport, "administration": administration,
    "uploads": uploads,
    "watched": lambda: operated("watched"), "drained": lambda: operated("drained"), "stops": stops,
    "installation-sqlite": lambda: installation("sqlite"),
    "installation-postgres": lambda: installation("postgres"), "deployment": deployment,
    "drill-sqlite": lambda: drill("sqlite"), "drill-postgres": lambda: drill("postgres"),
    "full-disk": full_disk, "kill-sqlite": kill_sqlite, "kill-postgres": kill_postgres,
}


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(PARTS))
    failed, skipped = [], []
    for name in parser.parse_args().only.split(","):
        started = time.monotonic()
        print(f"checkers: {name} …", flush=True)
        try:
            failures = PARTS[name]()
        except Skipped as reason:
            skipped.append(f"{name}: {reason}")
            print(f"checkers: {name} SKIPPED: {reason}", flush=True)
            continue
        except Exception as error:  # one judge that breaks must not hide the next
            failures = [f"{name}: {type(error).__name__}: {str(error)[:900]}"]
        for failure in failures:
            print(f"  {failure}")
        print(f"checkers: {name} {f'{len(failures)} failures' if failures else 'passed'} in "
              f"{time.monotonic() - started:.0f} s", flush=True)
        failed += failures
    if failed:
        sys.exit(1)
    if skipped:
        print("; ".join(skipped))
        sys.exit(77)


if __name__ == "__main__":
    main()

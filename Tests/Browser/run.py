# SPDX-License-Identifier: Apache-2.0
"""The browser tests: the gate proves itself, then visits the gallery, then the journeys are walked.

usage: run.py [--only selftest,gallery,journeys] [--timings] [--screen WORD]… [--chapter NAME]… [--share 1/2]
              [--all-modes]
Answers 0 passed, 1 failed, 77 skipped with the reason on the last line. Screenshots: .build-screens/
"""
import argparse
import sys
import time

from harness.processes import Skipped

PARTS = ["selftest", "gallery", "journeys"]


def run(part, arguments):
    if part == "selftest":
        import selftest

        return selftest.main()
    share = tuple(int(number) for number in arguments.share.split("/"))
    if part == "gallery":
        import gallery

        return gallery.main(arguments.timings, share, arguments.screen)
    import journeys

    return journeys.main(arguments.chapter, share=share, in_all_modes=arguments.all_modes)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--only", default=",".join(PARTS))
    parser.add_argument("--timings", action="store_true", help="also load pages over a slow line, for G7")
    parser.add_argument("--screen", action="append", help="of the gallery, addresses with this word; may be repeated")
    parser.add_argument("--chapter", action="append", help="of the journeys, only this one; may be repeated")
    parser.add_argument("--share", default="1/1", help="each second screen or journey, so that two run at a time")
    parser.add_argument("--all-modes", action="store_true", help="the other procedures too in every one of their modes")
    arguments = parser.parse_args()
    failed, skipped = [], []
    for part in arguments.only.split(","):
        started = time.monotonic()
        print(f"browser: {part} …", flush=True)
        try:
            failures = run(part, arguments)
        except Skipped as reason:
            skipped.append(f"{part}: {reason}")
            print(f"browser: {part} SKIPPED: {reason}", flush=True)
            continue
        for failure in failures:
            print(f"  {failure}")
        verdict = f"{len(failures)} failures" if failures else "passed"
        print(f"browser: {part} {verdict} in {time.monotonic() - started:.0f} s", flush=True)
        failed += failures
    if failed:
        sys.exit(1)
    if skipped:
        print("; ".join(skipped))
        sys.exit(77)


if __name__ == "__main__":
    main()

# SPDX-License-Identifier: Apache-2.0
"""Boots the product on free ports with an empty data folder, asks /readyz and two pages, and ends it within 10 s."""
import sys
import urllib.request

from demo import Demo
from harness.processes import Skipped


def main():
    try:
        with Demo() as demo:
            print(f"smoke: ready after {demo.seconds_to_ready:.1f} s at {demo.base}")
            for path, words in (("/", "Tra cứu"), ("/thu-tuc", "hộ tịch")):
                text = urllib.request.urlopen(demo.base + path, timeout=10).read().decode()
                if words not in text:
                    sys.exit(f"smoke: {path} does not say “{words}”")
            seconds = demo.stop()
            if seconds > 10:
                sys.exit(f"smoke: it took {seconds:.1f} s to stop")
            print(f"smoke: passed, stopped in {seconds:.1f} s")
    except Skipped as reason:
        print(reason)
        sys.exit(77)


if __name__ == "__main__":
    main()

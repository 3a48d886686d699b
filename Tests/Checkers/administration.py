# SPDX-License-Identifier: Apache-2.0
"""Administration on a listener of its own: every route of the product is asked for on both listeners.

What stands under /quan-tri answers on the one of administration alone; that one has nothing else but officers' sign-in
and their own accounts; a session of one is none of the other.
"""
import filing  # noqa: F401  puts the browser folder on the path
import story
from access import routes
from demo import Demo
from harness.processes import free_port
from operated import ask
from person import RobotPerson

ADMINISTRATOR = "quantri"
# What both listeners have besides: files of the look, and what machines ask.
SHARED = ("/tinh/", "/healthz", "/readyz", "/metrics", "/hien-thi", "/bao-mat", "/dang-nhap/can-bo", "/dang-xuat",
          "/phien/gia-han")


def lies(path, roots):
    return any(path == root or path.startswith(root if root.endswith("/") else root + "/") for root in roots)


class Elsewhere:
    """The same demo at its other address."""

    def __init__(self, demo, base):
        self._demo, self.base = demo, base

    def __getattr__(self, name):
        return getattr(self._demo, name)


def addresses():
    """One address for each GET of the table."""
    found, _ = routes()
    for method, pattern, _ in found:
        if method == "GET" and "{" not in pattern:
            yield pattern


def judge(portal, admin):
    failures, counted = [], {"moved": 0, "portal": 0, "shared": 0}
    for path in addresses():
        here, there = ask(portal + path)[0], ask(admin + path)[0]
        if lies(path, ("/quan-tri",)):
            counted["moved"] += 1
            if here != 404:
                failures.append(f"administration: the portal answers {here} at {path}")
            if there == 404:
                failures.append(f"administration: its own listener does not know {path}")
        elif path == "/":
            continue  # leads to /quan-tri there
        elif lies(path, SHARED):
            counted["shared"] += 1
            if there == 404:
                failures.append(f"administration: its listener lacks {path}")
        else:
            counted["portal"] += 1
            if there != 404:
                failures.append(f"administration: its listener answers {there} at {path}")
            if here == 404 and not path.startswith("/log/"):
                failures.append(f"administration: the portal lost {path}")
    if counted["moved"] < 6 or counted["portal"] < 15 or counted["shared"] < 4:
        failures.append(f"administration: the table of routes was not read: {counted}")
    return failures


def judge_session(demo, admin):
    """Signed in there, the pages open; the same secret opens nothing of the portal's, copied by hand under the name of
    the portal's cookie neither; and the portal's opens nothing there."""
    failures = []
    person = RobotPerson(Elsewhere(demo, admin))
    story.sign_in_officer(person, ADMINISTRATOR)
    if person.url != admin + "/quan-tri" or "Nhật ký sự kiện" not in person.words:
        failures.append(f"administration: signed in, one stands at {person.url}")
    jars = person.robot.cookies.values()
    names = {name for jar in jars for name in jar}
    if "quan-tri-phien" not in names or "phien" in names:
        failures.append(f"administration: cookies {sorted(names)}")
    secret = person.session()
    for base, name, path in (
        (demo.base, "quan-tri-phien", "/bao-mat"), (admin, "phien", "/quan-tri"), (demo.base, "phien", "/bao-mat"),
    ):
        if opens(base + path, name, secret):
            failures.append(f"administration: {name} opens {base}{path}")
    officer = RobotPerson(demo)
    story.sign_in_officer(officer, story.DESK)
    if opens(admin + "/bao-mat", "quan-tri-phien", officer.session()):
        failures.append("administration: the portal's secret opens the other listener")
    # Each opens its own, or the judge proves nothing.
    if not opens(admin + "/quan-tri", "quan-tri-phien", secret) or not opens(
        demo.base + "/bao-mat", "phien", officer.session()
    ):
        failures.append("administration: a session does not open its own listener")
    return failures


def opens(address, name, secret):
    status, _, text = ask_as(address, f"{name}={secret}")
    return status == 200 and "<h1>Cán bộ đăng nhập</h1>" not in text


def ask_as(address, cookie):
    return ask(address, {"Cookie": cookie, "Accept": "text/html"})


def main():
    port = free_port()
    with Demo(environment={"MOTCUA_ADMIN_PORT": str(port)}) as demo:
        admin = f"http://127.0.0.1:{port}"
        failures = judge(demo.base, admin) + judge_session(demo, admin)
        # The judge must be able to fail: one listener for both is no separation.
        if not judge(demo.base, demo.base):
            failures.append("administration: the judge passes one listener that is both")
        status, _, figures = ask(admin + "/metrics")
        if status != 200 or '/quan-tri' not in figures:
            failures.append(f"administration: /metrics answers {status} and counts no page of administration")
        seconds = demo.stop()
        if seconds > 10:
            failures.append(f"administration: the stop took {seconds:.1f} s")
    return failures


if __name__ == "__main__":
    print("\n".join(main()) or "administration: passed")

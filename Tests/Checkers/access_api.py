# SPDX-License-Identifier: Apache-2.0
"""Every route of the public API × every kind of token × own and foreign object: access.py without pages."""
import json
import pathlib
import urllib.error
import urllib.request

import filing  # noqa: F401  puts the browser folder on the path
import api
import story
from person import RobotPerson

TABLE = pathlib.Path(__file__).with_name("access-api.tsv")
PREFIX = "/api/"
# By whose token is asked; partners are bound to the agency of the dossiers, and to another one.
STRANGER, APPLICANT, NEIGHBOUR, OFFICER = "stranger", "applicant", "other citizen", "desk officer"
PARTNERS = {"partner": "H01.30337", "other partner": "H01.30307"}
VISITORS = [STRANGER, NEIGHBOUR, OFFICER, *PARTNERS, APPLICANT]


# Well-formed, so that the object is looked at; the version that nobody saw keeps anything from changing.
BODIES = {"withdraw": {"reason": "x"}, "supplement": {}, "submit": {"declaration": False}}


def tokens(demo):
    """{visitor: bearer token}; a person's is the secret of her session."""
    found = {STRANGER: None, APPLICANT: api.citizen(demo), NEIGHBOUR: api.citizen(demo, "Trần Văn Lộc")}
    officer = RobotPerson(demo)
    story.sign_in_officer(officer, story.DESK)
    found[OFFICER] = api.session(officer)
    for name, agency in PARTNERS.items():
        client, secret = api.registered(demo, agency)
        found[name] = api.partner_token(demo, client, secret)
    return found


def address(pattern, objects):
    code = "2.000635" if "/procedures/" in pattern else objects.at_intake
    slots = {"{code}": code, "{draft}": objects.draft, "{id}": "khong-co"}
    if pattern.endswith("/payment"):
        slots["{code}"] = objects.unpaid
    if pattern.endswith("/supplement"):
        slots["{code}"] = objects.supplementing
    for slot, value in slots.items():
        pattern = pattern.replace(slot, value)
    return None if "{" in pattern else pattern


def asked(demo, method, path, token, number):
    """The status of an answer; a body that every operation refuses for its content, so that nothing changes."""
    headers = {"Accept": "application/json"}
    if token:
        headers["Authorization"] = f"Bearer {token}"
    body = None
    if method == "POST":
        body = json.dumps(BODIES.get(path.rsplit("/", 1)[1], {"khongCo": True})).encode()
        headers |= {
            "Content-Type": "application/json", "Idempotency-Key": f"bang-quyen-{number}", "If-Match": '"999999"',
        }
    request = urllib.request.Request(demo.base + path, body, headers, method=method)
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            return str(answer.status)
    except urllib.error.HTTPError as refusal:
        return str(refusal.code)


def walk(demo, objects, routes, failures):
    """[[method, pattern, answer of each visitor…]]"""
    bearers = tokens(demo)
    lines = []
    for number, (method, pattern) in enumerate(sorted(routes, key=lambda route: (route[1], route[0]))):
        path = address(pattern, objects)
        if path is None:
            failures.append(f"{method} {pattern}: no object is known for this route; say one in access_api.py")
            continue
        answers = [asked(demo, method, path, bearers[name], f"{number}-{name.replace(' ', '-')}") for name in VISITORS]
        lines.append([method, pattern, *answers])
    return lines

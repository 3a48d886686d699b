# SPDX-License-Identifier: Apache-2.0
"""The public API against its own document: the guide's commands, bodies and methods that it does not take, and
schemathesis as stranger, citizen and partner."""
import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import urllib.request

import bodies
import filing  # noqa: F401  puts the browser folder on the path
import samples
import story
from demo import Demo
from harness.processes import ROOT, Skipped, binary
from person import RobotPerson

AGENCY = "H01.30337"
SCOPES = ("dossiers:read", "statistics:read")
SECONDS = 50


def main():
    program = pathlib.Path(sys.executable).with_name("schemathesis")
    if not program.exists():
        raise Skipped("schemathesis is not installed (Tests/requirements.txt)")
    with Demo() as demo, tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        client, secret = registered(demo)
        failures = guide(demo, client, secret, citizen(demo), folder) + forms(demo)
        failures += bodies.main(demo.base, read(f"{demo.base}/openapi.json"), citizen(demo, "Võ Đặng Gia Bảo"))
        token = partner_token(demo, client, secret)
        bearers = {"stranger": None, "citizen": citizen(demo, "Trần Văn Lộc"), "partner": token}
        with concurrent.futures.ThreadPoolExecutor(len(bearers)) as pool:
            for found in pool.map(lambda who: judge(program, demo, who, bearers[who], folder), bearers):
                failures += found
        failures += shut_out(demo, client, secret)
        if '"level":"critical"' in demo.program.output():
            lines = [line for line in demo.program.lines if '"level":"critical"' in line]
            failures.append(f"the server logged something critical: {lines[0][:500]}")
    return failures


def tool(demo, *arguments):
    done = subprocess.run(
        [binary("motcua"), *arguments], env=demo.environment_of_tools(), cwd=ROOT, capture_output=True, text=True,
        timeout=120, check=False,
    )
    if done.returncode:
        raise RuntimeError(f"motcua {arguments} answers {done.returncode}: {done.stderr[-500:]}")
    return done.stdout


def registered(demo, agency=AGENCY):
    """(client_id, client_secret) of a new partner, as the administrator's command prints them."""
    scopes = [word for scope in SCOPES for word in ("--scope", scope)]
    said = tool(demo, "admin", "partner", "create", "--name", "Đối tác kiểm thử", "--agency", agency, *scopes)
    return re.search(r"client_id: +(\S+)", said).group(1), re.search(r"client_secret: +(\S+)", said).group(1)


def citizen(demo, name=story.CITIZEN):
    """A citizen's own session token: what her browser holds after signing in."""
    person = RobotPerson(demo)
    person.go("/dang-nhap")
    story.sign_in(person, name)
    return session(person)


def session(person):
    """The secret of the session that a person's browser holds."""
    jars = person.robot.cookies.values()
    return next(value for jar in jars for key, value in jar.items() if key.endswith("phien"))


def guide(demo, client, secret, token, folder):
    """Every command of docs/api.md, in order, as one reader would type them."""
    text = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
    commands = re.findall(r"^```sh\n(.*?)^```", text, re.S | re.M)
    shutil.copy(samples.make(folder)["pdf"], folder / "giay-cu.pdf")
    script = folder / "guide.sh"
    script.write_text("set -euo pipefail\n" + "".join(f"echo '# {index}'\n{one}" for index, one in enumerate(commands)))
    done = subprocess.run(
        ["bash", script], cwd=folder, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "API": demo.base, "CLIENT_ID": client, "CLIENT_SECRET": secret, "CITIZEN": token},
    )
    failures = []
    if len(commands) < 10:
        failures.append(f"docs/api.md has only {len(commands)} commands")
    if done.returncode:
        failures.append(f"docs/api.md: a command fails: {done.stdout[-700:]} {done.stderr[-300:]}")
    return failures


def read(address):
    with urllib.request.urlopen(address, timeout=20) as answer:
        return json.load(answer)


# Answers to the form of 2.000635: each set with whether another reader of JSON Schema must take it.
BASE = {"extractKind": "birth", "relation": "self", "copies": 2, "registeredAt": "An Phú"}
SUBJECT = {"subjectName": "Nguyễn Thị Bưởi", "subjectBirthDate": "1990-05-17", "subjectSex": "female"}
ANSWERS = [
    (BASE, True),
    ({**BASE, "copies": 21}, False),
    ({**BASE, "colour": "red"}, False),
    ({**BASE, "extractKind": "moon"}, False),
    ({**BASE, "extractKind": "other"}, False),
    ({**BASE, "extractKind": "other", "otherKind": "Nuôi con nuôi"}, True),
    ({**BASE, "relation": "child"}, False),
    ({**BASE, "relation": "child", **SUBJECT}, True),
]


def forms(demo):
    """Every form is a schema that another reader of JSON Schema takes, and refuses by it what the form refuses."""
    import jsonschema_rs

    failures, base = [], f"{demo.base}/api/v1/procedures"
    for item in read(base)["items"]:
        code = item["code"]
        if not read(f"{base}/{code}")["hasForm"]:
            continue
        judge_of_form = jsonschema_rs.Draft202012Validator(read(f"{base}/{code}/form"))
        if code == "2.000635":
            failures += [
                f"the schema of {code} says {not wanted} of {answers}"
                for answers, wanted in ANSWERS if judge_of_form.is_valid(answers) != wanted
            ]
    return failures


def partner_token(demo, client, secret):
    done = subprocess.run(
        ["curl", "-sS", f"{demo.base}/api/v1/token", "-u", f"{client}:{secret}", "-d", "grant_type=client_credentials"],
        capture_output=True, text=True, check=True,
    )
    return re.search(r'"access_token":"([^"]+)"', done.stdout).group(1)


def judge(program, demo, who, bearer, folder):
    """What schemathesis finds: no 5xx, no answer that the document does not have, no door that stands open."""
    command = [
        program, "--config-file", pathlib.Path(__file__).with_name("schemathesis.toml"),
        "run", f"{demo.base}/openapi.json", "--checks", "all",
        "--phases", "examples,coverage,fuzzing", "--max-examples", "25", "--max-time", str(SECONDS), "--seed", "1",
        "--continue-on-failure", "--no-color", "--generation-database", "none", "--warnings", "off",
    ]
    if bearer:
        command += ["--header", f"Authorization: Bearer {bearer}"]
    done = subprocess.run(
        command, cwd=folder, capture_output=True, text=True, timeout=SECONDS * 3, check=False,
        env={**os.environ, "COLUMNS": "120"},
    )
    if done.returncode == 0:
        return []
    report = os.environ.get("MOTCUA_TEST_REPORT")
    if report:
        pathlib.Path(report, f"schemathesis-{who}.txt").write_text(done.stdout + done.stderr, encoding="utf-8")
    start = done.stdout.find("= FAILURES =")
    said = done.stdout[max(start, 0):][:3000] + done.stderr[-300:]
    return [f"schemathesis as {who} answers {done.returncode}: {said}"]


def shut_out(demo, client, secret):
    """After `admin partner disable` neither the secret nor a token opens anything."""
    token = partner_token(demo, client, secret)
    tool(demo, "admin", "partner", "disable", client)
    failures = []
    for name, arguments in {
        "token": ["-H", f"Authorization: Bearer {token}", f"{demo.base}/api/v1/dossiers"],
        "secret": ["-u", f"{client}:{secret}", "-d", "grant_type=client_credentials", f"{demo.base}/api/v1/token"],
    }.items():
        done = subprocess.run(
            ["curl", "-sS", "-o", os.devnull, "-w", "%{http_code}", *arguments],
            capture_output=True, text=True, check=True,
        )
        if done.stdout != "401":
            failures.append(f"a disabled partner's {name} is answered with {done.stdout}")
    return failures

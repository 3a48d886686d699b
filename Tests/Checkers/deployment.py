# SPDX-License-Identifier: Apache-2.0
"""What lies in deploy/: units that systemd understands and that hand over every secret, and a proxy that says in
Vietnamese what it says itself."""
import concurrent.futures
import http.client
import os
import pathlib
import re
import shutil
import ssl
import subprocess
import tempfile
import time

import filing  # noqa: F401  puts the browser folder on the path
from harness.processes import ROOT, Program, Skipped, free_port
from installation import certificate

DEPLOY = ROOT / "deploy"
SETTINGS = ROOT / "Sources" / "App" / "motcua" / "Settings" / "Setting.swift"


def secrets():
    """The names under which the program looks for its secrets: `slip-key`."""
    text = SETTINGS.read_text()
    names = dict(re.findall(r'^    case (\w+) = "([A-Z0-9_]+)"$', text, re.M))
    found = re.findall(r"case \.(\w+):\s*Facts\((?:[^()\"]|\"[^\"]*\")*?isSecret: true", text)
    return {names[case].lower().replace("_", "-") for case in found}


def judge_credentials(texts):
    """Serve and worker get every secret but the key of backups; the wrapper gets all; nothing gets one that is none."""
    known, failures = secrets(), []
    if len(known) < 8:
        failures.append(f"deployment: the table of settings was not read: {sorted(known)}")
    wanted = {"motcua-serve.service": known - {"backup-key"}, "motcua-worker.service": known - {"backup-key"},
              "motcua-backup.service": {"backup-key"}, "motcua-admin": known}
    for name, expected in wanted.items():
        given = dict(re.findall(r"LoadCredential=([\w-]+):(\S+)", texts[name]))
        if set(given) != expected:
            failures.append(f"deployment: {name} hands over {sorted(given)} instead of {sorted(expected)}")
        failures += [f"deployment: {name} takes {one} from {path}" for one, path in given.items()
                     if path != f"/etc/motcua/secrets/{one}"]
    made = set(re.findall(r"[\w-]+-(?:key|secret|key\d)\b", texts["make-secrets"]))
    if made != known:
        failures.append(f"deployment: make-secrets makes {sorted(made)} instead of {sorted(known)}")
    return failures


def units():
    """The units through systemd's own eyes, with a program that is there in the place of ours."""
    if not shutil.which("systemd-analyze"):
        raise Skipped("no systemd-analyze")
    with tempfile.TemporaryDirectory() as folder:
        for unit in (DEPLOY / "systemd").iterdir():
            (pathlib.Path(folder) / unit.name).write_text(unit.read_text().replace("/usr/bin/motcua", "/usr/bin/env"))
        return analyse(folder)


def analyse(folder):
    files = [str(path) for path in sorted(pathlib.Path(folder).iterdir())]
    done = subprocess.run(["systemd-analyze", "verify", *files], capture_output=True, text=True, check=False)
    said = [line for line in (done.stdout + done.stderr).splitlines() if "motcua" in line]
    return [f"deployment: {line}" for line in said] or ([f"deployment: verify answers {done.returncode}"]
                                                       if done.returncode else [])


def proxy_file(folder, port, admin_port, text=None):
    """deploy/nginx/motcua.conf with ports, certificates and paths of this machine."""
    text = text or (DEPLOY / "nginx" / "motcua.conf").read_text()
    certificate(folder / "chain.pem", 30)
    own = (
        ("    listen [::]:80;\n", ""), ("    listen [::]:443 ssl http2;\n", ""),
        ("listen 80;", f"listen 127.0.0.1:{free_port()};"),
        ("/etc/ssl/motcua/fullchain.pem", str(folder / "chain.pem")),
        ("/etc/ssl/motcua/privkey.pem", str(folder / "chain.key")), ("/var/log/nginx", str(folder)),
        # A busy machine of tests sends no hundred requests in a moment: the same rule with smaller figures.
        ("rate=20r/s", "rate=1r/s"), ("burst=100", "burst=10"),
        ("/usr/share/motcua/nginx/", f"{DEPLOY}/nginx/pages/"), ("127.0.0.1:8080", f"127.0.0.1:{free_port()}"),
    )
    for old, new in own:
        text = text.replace(old, new)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{port} ssl http2;", 1)
    text = text.replace("listen 443 ssl http2;", f"listen 127.0.0.1:{admin_port} ssl http2;", 1)
    kinds = ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    places = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in kinds)
    path = folder / "nginx.conf"
    path.write_text(f"daemon off; pid {folder}/pid; error_log {folder}/error.log;\nevents {{}}\nhttp {{ {places}\n"
                    f"default_type application/octet-stream; types {{ text/html html; }}\n{text}\n}}\n")
    return path


def ask(port):
    """(status, headers, text) of a page behind the proxy."""
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    connection = http.client.HTTPSConnection("127.0.0.1", port, timeout=10, context=context)
    connection.request("GET", "/", headers={"Host": "dichvucong.example.vn"})
    answer = connection.getresponse()
    return answer.status, answer.headers, answer.read().decode("utf-8", "replace")


def judge_page(name, status, headers, text):
    failures = []
    if 'lang="vi"' not in text or "1022" not in text or "charset=utf-8" not in (headers["Content-Type"] or ""):
        failures.append(f"deployment: {name} ({status}) is no Vietnamese page: {headers['Content-Type']} {text[:200]}")
    if not headers["Retry-After"] or not headers["Strict-Transport-Security"]:
        failures.append(f"deployment: {name} ({status}) lacks Retry-After or Strict-Transport-Security")
    return failures


def proxy():
    """nginx takes the file; with nothing behind it, and with too many requests, it says so in Vietnamese."""
    nginx = shutil.which("nginx") or "/usr/sbin/nginx"
    if not os.path.exists(nginx):
        raise Skipped("no nginx")
    with tempfile.TemporaryDirectory() as place:
        folder, port = pathlib.Path(place), free_port()
        path = proxy_file(folder, port, free_port())
        command = [nginx, "-p", place, "-e", f"{place}/error.log", "-c", str(path)]
        tested = subprocess.run([*command, "-t"], capture_output=True, text=True, check=False)
        if tested.returncode:
            return [f"deployment: nginx -t: {tested.stderr.strip()[-600:]}"]
        # A workplace that is root's alone cannot be read by the user nobody.
        path.write_text(f"user root;\n{path.read_text()}" if os.geteuid() == 0 else path.read_text())
        server = Program(command)
        try:
            end = time.monotonic() + 10
            while True:
                try:
                    away = ask(port)
                    break
                except OSError:
                    if time.monotonic() > end:
                        return [f"deployment: nginx does not listen: {server.output()[-600:]}"]
                    time.sleep(0.1)
            failures = [] if away[0] == 503 else [f"deployment: without the program the proxy answers {away[0]}"]
            failures += judge_page("the page of an outage", *away)
            with concurrent.futures.ThreadPoolExecutor(16) as pool:
                answers = list(pool.map(lambda _: ask(port), range(60)))
            many = next((answer for answer in answers if answer[0] == 429), None)
            if not many:
                return failures + [f"deployment: 60 at once: {sorted({answer[0] for answer in answers})}, no 429"]
            return failures + judge_page("the page of too many requests", *many)
        finally:
            server.stop()


def texts():
    files = [DEPLOY / "make-secrets", DEPLOY / "motcua-admin", *(DEPLOY / "systemd").iterdir()]
    return {path.name: path.read_text() for path in files}


def selftest():
    """Each judge must be able to fail."""
    failures, broken = [], texts()
    broken["motcua-serve.service"] = re.sub(r"LoadCredential=officer-key\S+\n", "", broken["motcua-serve.service"])
    if not judge_credentials(broken):
        failures.append("deployment: the judge passes a unit without the officers' key")
    with tempfile.TemporaryDirectory() as folder:
        text = texts()["motcua-serve.service"].replace("/usr/bin/motcua", "/usr/bin/env")
        (pathlib.Path(folder) / "motcua-serve.service").write_text(text.replace("PrivateTmp=", "PrivateTemp="))
        if shutil.which("systemd-analyze") and not analyse(folder):
            failures.append("deployment: the judge passes a unit with a property that is none")
    return failures


def main():
    for script in ("make-secrets", "motcua-admin"):
        subprocess.run(["sh", "-n", DEPLOY / script], check=True)
    return selftest() + judge_credentials(texts()) + units() + proxy()


if __name__ == "__main__":
    print("\n".join(main()) or "deployment: passed")

# SPDX-License-Identifier: Apache-2.0
"""TLS of our own, judged by OpenSSL and Python's ssl: old versions and weak suites are refused, browsers are told to
keep to HTTPS, and a certificate that cannot be used ends the start with words.
"""
import datetime
import http.client
import ipaddress
import pathlib
import ssl
import subprocess
import tempfile

import filing  # noqa: F401  puts the browser folder on the path
import refusals
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from demo import Demo
from harness.processes import Program, binary, free_port
from operated import outside, until

# What a client of that kind may ask for, and whether it is let in.
HANDSHAKES = [
    (["-tls1_3"], True), (["-tls1_2"], True),
    (["-tls1_2", "-cipher", "ECDHE-ECDSA-CHACHA20-POLY1305"], True),
    (["-tls1_1", "-cipher", "DEFAULT@SECLEVEL=0"], False), (["-tls1", "-cipher", "DEFAULT@SECLEVEL=0"], False),
    (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES128-SHA@SECLEVEL=0"], False),
    (["-tls1_2", "-cipher", "ECDHE-ECDSA-AES256-SHA384@SECLEVEL=0"], False),
    (["-tls1_2", "-cipher", "AES128-GCM-SHA256@SECLEVEL=0"], False),
]


def certificate(folder, name):
    """(chain, key): PEM files of a certificate for 127.0.0.1 that vouches for itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.timezone.utc)
    made = (
        x509.CertificateBuilder().subject_name(subject).issuer_name(subject).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(now - datetime.timedelta(hours=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), True)
        .sign(key, hashes.SHA256())
    )
    chain, private = folder / f"{name}.chain.pem", folder / f"{name}.key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))
    return chain, private


def judge_handshakes(port):
    failures = []
    for words, welcome in HANDSHAKES:
        done = subprocess.run(
            ["openssl", "s_client", "-connect", f"127.0.0.1:{port}", *words], input=b"", capture_output=True,
            timeout=20, check=False,
        )
        if (done.returncode == 0) != welcome:
            failures.append(f"openssl s_client {' '.join(words)} ends with {done.returncode}")
    return failures


def judge_pages(port, chain):
    """A browser that trusts the certificate and no other."""
    failures = []
    trust = ssl.create_default_context(cafile=str(chain))
    connection = http.client.HTTPSConnection("127.0.0.1", port, context=trust, timeout=20)
    for path in ("/", "/dang-nhap"):
        connection.request("GET", path, headers={"Accept": "text/html"})
        answer = connection.getresponse()
        answer.read()
        strict = answer.headers.get("Strict-Transport-Security", "")
        if answer.status != 200 or "max-age=31536000" not in strict or "includeSubDomains" not in strict:
            failures.append(f"{path} answers {answer.status} with Strict-Transport-Security “{strict}”")
        for cookie in answer.headers.get_all("Set-Cookie") or []:
            if not cookie.startswith("__Host-") or "; Secure" not in cookie:
                failures.append(f"{path} sets a cookie that is not bound to HTTPS: {cookie.split('=')[0]}")
    connection.close()
    plain = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
    try:
        plain.request("GET", "/")
        failures.append(f"plain HTTP is answered {plain.getresponse().status} at the port of TLS")
    except (http.client.HTTPException, OSError):
        pass
    return failures


def judge_refusals(chain, key, other):
    failures = []
    for name, files, words in (
        ("a chain that is none", (key, key), "MOTCUA_TLS_CHAIN"),
        ("a key that is none", (chain, chain), "MOTCUA_TLS_KEY"),
        ("the key of another", (chain, other), "không phải của chứng thư"),
    ):
        environment = {"MOTCUA_TLS_CHAIN": str(files[0]), "MOTCUA_TLS_KEY": str(files[1])}
        refusals.expect(failures, name, ["demo"], environment, words)
    refusals.expect(failures, "a chain alone", ["demo"], {"MOTCUA_TLS_CHAIN": str(chain)}, "MOTCUA_TLS_KEY")
    return failures


def main():
    with tempfile.TemporaryDirectory() as name, Demo() as demo:
        folder = pathlib.Path(name)
        chain, key = certificate(folder, "may-chu")
        _, other = certificate(folder, "may-khac")
        port = free_port()
        environment = {
            **outside(demo), "MOTCUA_PORT": str(port), "MOTCUA_DATA": str(folder / "data"),
            "MOTCUA_TLS_CHAIN": str(chain), "MOTCUA_TLS_KEY": str(key),
        }
        server = Program([binary("motcua"), "serve"], environment, name="serve")
        try:
            if not until(60, lambda: any(line.startswith('{"listening"') for line in server.lines)):
                return [f"the server does not listen: {server.output()[-800:]}"]
            failures = judge_handshakes(port) + judge_pages(port, chain)
        finally:
            server.stop(30)
        return failures + judge_refusals(chain, key, other)


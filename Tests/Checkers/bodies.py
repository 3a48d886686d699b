# SPDX-License-Identifier: Apache-2.0
"""Every route of the API with bodies that are not what it asks for, and with every wrong method: problem details with
the one right code, and never 5xx. What schemathesis draws by chance, this table says for certain."""
import gzip
import http.client
import json
import socket
import urllib.parse

JSON = "application/json"
METHODS = ("GET", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "PROPFIND")
SAMPLES = {
    "code": "H01.30337-260101-0001", "draft": "a" * 26, "id": "A" * 22, "procedure": "2.000635",
}
HEADERS = {"Idempotency-Key": "bodies", "If-Match": '"1"', "Accept": "*/*"}


def deep(depth):
    return b'{"x":' + b"[" * depth + b"]" * depth + b"}"


def texts(document, schema):
    """Names of the members of a schema that must be texts."""
    while "$ref" in schema:
        schema = document["components"]["schemas"][schema["$ref"].rsplit("/", 1)[-1]]
    return [name for name, inner in schema.get("properties", {}).items() if inner.get("type") == "string"]


def json_cases(names):
    """(what, type, more headers, body, statuses) for a route that takes JSON; `names` are members that are texts."""
    good, name = b'{"x":1}', (names or ["x"])[0].encode()
    large = b'{"' + name + b'":"' + b"x" * 10_000_000 + b'"}'
    cases = [
        ("no type", None, {}, good, 415),
        ("text", "text/plain", {}, good, 415),
        ("a form", "application/x-www-form-urlencoded", {}, b"x=1", 415),
        ("a form of parts", "multipart/form-data; boundary=b", {}, b"--b--\r\n", 415),
        ("another kind of JSON", "application/merge-patch+json", {}, good, 415),
        ("UTF-16 by its type", f"{JSON}; charset=utf-16", {}, good.decode().encode("utf-16"), 415),
        ("Latin 1 by its type", f"{JSON}; charset=iso-8859-1", {}, good, 415),
        ("gzip", JSON, {"Content-Encoding": "gzip"}, gzip.compress(good), 415),
        ("an unknown coding", JSON, {"Content-Encoding": "zstd"}, good, 415),
        ("gzip in silence", JSON, {}, gzip.compress(good), 400),
        ("UTF-16 in silence", JSON, {}, good.decode().encode("utf-16-le"), 400),
        ("10 MB", JSON, {}, large, 413),
        ("10 MB in chunks", JSON, {"Transfer-Encoding": "chunked"}, large, 413),
        ("33 levels", JSON, {}, deep(33), 400),
        ("100,000 levels", JSON, {}, deep(100_000), 400),
        ("open brackets", JSON, {}, b"[" * 100_000, 400),
        ("nothing", JSON, {}, b"", 400),
        ("half", JSON, {}, b'{"x":', 400),
        ("two values", JSON, {}, b"{}{}", 400),
        ("a raw NUL", JSON, {}, b'{"x":"\x00"}', 400),
        ("a raw line end in a text", JSON, {}, b'{"x":"\n"}', 400),
        ("invalid UTF-8", JSON, {}, b'{"x":"\xc3\x28"}', 400),
        ("half a pair", JSON, {}, b'{"' + name + b'":"\\ud800"}', (400, 422)),
        ("a number beyond all", JSON, {}, b'{"x":1e999}', (400, 422)),
        ("not a number", JSON, {}, b'{"x":NaN}', 400),
    ]
    others = (b"null", b"[]", b"1", b'"x"', b"true")
    cases += [(f"the value {value.decode()}", JSON, {}, value, 422) for value in others]
    cases += [
        (f"{name} as {value}", JSON, {}, json.dumps({name: value}).encode(), 422)
        for name in names for value in (1, True, [], {}, None, "\x00", "x" * 100_000)
    ]
    return cases


def parts(*pieces):
    return b"".join(pieces) + b"--b--\r\n"


def part(head, body):
    return b"--b\r\n" + head + b"\r\n\r\n" + body + b"\r\n"


FILE = b'Content-Disposition: form-data; name="file"; filename="a.pdf"'
FILE_CASES = [
    ("JSON", JSON, {}, b"{}", 415),
    ("no type", None, {}, b"{}", 415),
    ("no boundary", "multipart/form-data", {}, parts(part(FILE, b"x")), 415),
    ("an empty boundary", "multipart/form-data; boundary=", {}, parts(part(FILE, b"x")), 415),
    ("gzip", "multipart/form-data; boundary=b", {"Content-Encoding": "gzip"}, gzip.compress(parts()), 415),
    ("nothing", "multipart/form-data; boundary=b", {}, b"", (400, 422)),
    ("no end", "multipart/form-data; boundary=b", {}, part(FILE, b"x"), 400),
    ("no file", "multipart/form-data; boundary=b", {}, parts(), (400, 422)),
    ("another boundary", "multipart/form-data; boundary=c", {}, parts(part(FILE, b"x")), (400, 422)),
    ("a NUL in the name", "multipart/form-data; boundary=b", {}, parts(part(FILE[:-5] + b'\x00"', b"x")), 400),
    ("no such type of file", "multipart/form-data; boundary=b", {}, parts(part(FILE, b"MZ\x00\x01")), 422),
    ("an empty file", "multipart/form-data; boundary=b", {}, parts(part(FILE, b"")), 422),
    ("30 MB", "multipart/form-data; boundary=b", {}, parts(part(FILE, b"%PDF-" + b"x" * 30_000_000)), 413),
]
FORM = "application/x-www-form-urlencoded"
TOKEN_CASES = [
    ("JSON", JSON, {}, b"{}", 400),
    ("no type", None, {}, b"grant_type=client_credentials", 400),
    ("gzip", FORM, {"Content-Encoding": "gzip"}, gzip.compress(b"grant_type=client_credentials"), 400),
    ("UTF-16 by its type", f"{FORM}; charset=utf-16", {}, b"grant_type=client_credentials", 400),
    ("a NUL", FORM, {}, b"grant_type=%00", 400),
    ("invalid UTF-8", FORM, {}, b"grant_type=%C3%28", 400),
    ("ten thousand fields", FORM, {}, b"a=1&" * 1_500, 400),
    ("nothing", FORM, {}, b"", 401),
    ("10 MB", FORM, {}, b"a=" + b"x" * 10_000_000, 413),
]


def answered(base, method, path, headers, body):
    """(status, headers, bytes) of one request, also when the server answers before it has heard everything."""
    address = urllib.parse.urlsplit(base)
    connection = http.client.HTTPConnection(address.hostname, address.port, timeout=30)
    try:
        try:
            if headers.get("Transfer-Encoding") == "chunked":
                pieces = (body[at:at + 65_536] for at in range(0, len(body), 65_536))
                connection.request(method, path, pieces, headers, encode_chunked=True)
            else:
                connection.request(method, path, body, headers)
        except (BrokenPipeError, ConnectionResetError, socket.timeout):
            pass  # it has said enough: the answer is there to be read
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read()
    finally:
        connection.close()


def fault(told, wanted, is_token=False):
    """What is wrong with an answer; None when it is a problem with a wanted status."""
    status, headers, body = told
    wanted = wanted if isinstance(wanted, tuple) else (wanted,)
    if status not in wanted:
        return f"answers {status}, not {' or '.join(map(str, wanted))}: {body[:200]!r}"
    try:
        problem = json.loads(body)
    except ValueError:
        return f"the {status} is no JSON: {body[:200]!r}"
    if is_token and "error" in problem:
        return None  # OAuth has a shape of its own (RFC 6749 §5.2)
    if headers.get("Content-Type") != "application/problem+json; charset=utf-8":
        return f"the {status} has the type {headers.get('Content-Type')}"
    if problem.get("status") != status or not problem.get("code") or not problem.get("title"):
        return f"the {status} is no problem of ours: {problem}"
    return None


def main(base, document, bearer):
    failures, count = [], 0
    for path, operations in document["paths"].items():
        slots = dict(SAMPLES, code=SAMPLES["procedure"] if "/procedures/" in path else SAMPLES["code"])
        address = path
        for name, value in slots.items():
            address = address.replace("{" + name + "}", value)
        for method in METHODS:
            if method.lower() in operations:
                continue
            count += 1
            told = answered(base, method, address, {**HEADERS, "Authorization": f"Bearer {bearer}"}, None)
            wrong = fault(told, 405)
            allowed = {word.strip() for word in told[1].get("Allow", "").split(",")}
            if not wrong and not {known.upper() for known in operations if known != "parameters"} <= allowed:
                wrong = f"Allow says {sorted(allowed)}"
            if wrong:
                failures.append(f"{method} {path}: {wrong}")
        for method, operation in operations.items():
            for what, kind, more, body, wanted in cases_of(document, operation):
                count += 1
                headers = {**HEADERS, **more, **({"Content-Type": kind} if kind else {})}
                if operation.get("security") and path != "/api/v1/token":
                    headers["Authorization"] = f"Bearer {bearer}"
                told = answered(base, method.upper(), address, headers, body)
                wrong = fault(told, wanted, is_token=path == "/api/v1/token")
                if wrong:
                    failures.append(f"{method.upper()} {path} with {what}: {wrong}")
    if count < 250:
        failures.append(f"only {count} bad requests were made")
    return failures


def cases_of(document, operation):
    """The bad bodies of one operation."""
    kinds = (operation.get("requestBody") or {}).get("content", {})
    if JSON in kinds:
        return json_cases(texts(document, kinds[JSON]["schema"]))
    if "multipart/form-data" in kinds:
        return FILE_CASES
    return TOKEN_CASES if FORM in kinds else []

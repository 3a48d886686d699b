# SPDX-License-Identifier: Apache-2.0
"""The other side of Outbound's tests: an HTTP server with every bad habit, and a mail server.

usage: outbound_peer.py http|smtp

Prints the port that it listens on (127.0.0.1) and serves until its standard input is closed. Letters are printed as
JSON, one a line: what Python's own e-mail reader makes of them.
"""
import email
import email.policy
import http.server
import json
import sys
import threading
import time

calls = {}


class Peer(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments):
        pass

    def answer(self, status, body=b"", headers=()):
        self.send_response(status)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def handle_any(self):
        length = int(self.headers.get("Content-Length") or 0)
        body = self.rfile.read(length)
        path, _, query = self.path.partition("?")
        calls[self.path] = calls.get(self.path, 0) + 1
        if path == "/echo":
            seen = {"method": self.command, "path": self.path, "body": body.decode("utf-8"),
                    "headers": [[n.lower(), v] for n, v in self.headers.items()]}
            headers = [("Content-Type", "application/json"), ("X-Two", "a"), ("X-Two", "b")]
            self.answer(200, json.dumps(seen).encode(), headers)
        elif path == "/status":
            self.answer(int(query), b"no")
        elif path == "/bytes":
            self.answer(200, b"x" * int(query))
        elif path == "/endless":
            self.send_response(200)
            self.end_headers()
            try:
                while True:
                    self.wfile.write(b"y" * 65536)
            except OSError:
                pass
            self.close_connection = True
        elif path == "/headers":
            self.answer(200, b"", [(f"X-{n}", "z" * 4000) for n in range(int(query))])
        elif path == "/slow":
            time.sleep(float(query))
            self.answer(200, b"late")
        elif path == "/redirect":
            left = int(query)
            self.answer(302, b"moved", [("Location", f"/redirect?{left - 1}" if left > 1 else "/echo")])
        elif path == "/file":
            self.answer(302, b"", [("Location", "file:///etc/hostname")])
        elif path == "/drop":
            self.close_connection = True
            self.connection.close()
        elif path == "/recovers":
            # "failures-status": fails so often, then is well.
            failures, status = query.split("-")[:2]
            seen = calls[self.path]
            if seen <= int(failures):
                self.answer(int(status), b"busy", [("Retry-After", "0")])
            else:
                self.answer(200, str(seen).encode())
        elif path == "/later":
            self.answer(503, b"", [("Retry-After", query)])
        elif path == "/sms":
            message = json.loads(body)
            if "từ chối" in message["text"]:
                self.answer(402, b"{}")
            elif "rác" in message["text"]:
                self.answer(200, b"<html>")
            else:
                seen = [message["recipient"], message["sender"], message["text"], self.headers["Idempotency-Key"],
                        self.headers["Authorization"]]
                self.answer(200, json.dumps({"id": "|".join(seen)}).encode())
        else:
            self.answer(404)

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = do_HEAD = handle_any


def serve_http():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Peer)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    print(server.server_address[1], flush=True)


class Sink:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("later"):
            return "451 try again later"
        if address.startswith("nobody"):
            return "550 no such user"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        letter = email.message_from_bytes(envelope.content, policy=email.policy.default)
        body = letter.get_body(("plain",))
        files = [[a.get_filename(), a.get_content_type(), a.get_payload(decode=True).hex()]
                 for a in letter.iter_attachments()]
        raw = envelope.content.decode("ascii")  # fails when anything is not encoded
        print(json.dumps({
            "from": envelope.mail_from, "to": envelope.rcpt_tos, "subject": str(letter["subject"]),
            "sender": str(letter["from"].addresses[0].display_name), "receivers": str(letter["to"]),
            "date": str(letter["date"]), "id": str(letter["message-id"]), "auto": str(letter["auto-submitted"]),
            "text": body.get_content() if body else "", "encoding": body["content-transfer-encoding"] if body else "",
            "files": files, "defects": [str(d) for d in letter.defects],
            "longest": max(len(line) for line in raw.split("\r\n")),
            "user": getattr(session.auth_data, "login", b"").decode(),
        }), flush=True)
        return "250 OK"


def serve_smtp():
    import asyncio

    from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

    def judge(server, session, envelope, mechanism, data):
        good = isinstance(data, LoginPassword) and data.password == "mật khẩu".encode()
        return AuthResult(success=good, handled=False, auth_data=data)

    async def serve():
        def session():
            return SMTP(Sink(), hostname="sink.test", authenticator=judge, auth_require_tls=False, loop=loop)

        loop = asyncio.get_running_loop()
        server = await loop.create_server(session, "127.0.0.1", 0)
        print(server.sockets[0].getsockname()[1], flush=True)
        await server.serve_forever()

    threading.Thread(target=lambda: asyncio.run(serve()), daemon=True).start()


if __name__ == "__main__":
    {"http": serve_http, "smtp": serve_smtp}[sys.argv[1]]()
    sys.stdin.read()

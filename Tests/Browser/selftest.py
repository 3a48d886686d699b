# SPDX-License-Identifier: Apache-2.0
"""Proves the gate: a page broken on purpose must be found by every rule, and a sound page by none."""
import http.server
import threading

from harness import vnu
from harness.gate import Gate

SOUND = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8"><title>Trang mẫu</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="/icon.svg">
<link rel="stylesheet" href="/site.css"></head><body><a class="skip" href="#main">Đến nội dung chính</a>
<header><a class="b" href="/">Trang chủ</a></header>
<main id="main"><h1>Trang mẫu</h1><form method="post"><label for="a">Họ và tên</label><input id="a" name="a">
<button class="b">Tiếp tục</button></form></main></body></html>"""
BROKEN = """<!DOCTYPE html><html><head><title>Trang hỏng</title></head><body><main><h1>Một</h1><h1>Hai</h1>
<p style="color: #bbb">Chữ mờ trên nền trắng</p><img src="/icon.svg"><input name="a"><input name="b">
<div class="wide">Rộng</div><button class="nofocus">x</button><center>cũ</center>
<script>console.error('hỏng'); document.title = 'Trang hỏng';</script>
<link rel="stylesheet" href="/broken.css"><img alt="" src="http://stranger.invalid/pixel.png"></main></body></html>"""
STYLE = """body { color: #0b0c0c; background: #fff; } a { color: #1d5a96; }
.b, input { display: inline-block; min-height: 44px; min-width: 44px; box-sizing: border-box; line-height: 44px; }
@media (prefers-color-scheme: dark) { body { color: #f3f4f5; background: #121416; } a { color: #8cc2ff; } }
:focus { outline: 3px solid #fd0; box-shadow: 0 0 0 5px #0b0c0c; } .skip { display: inline-block; min-height: 44px; }"""
BROKEN_STYLE = ".wide { width: 2000px; } .nofocus:focus { outline: none; box-shadow: none; }" + "/* heavy */" * 12000
ICON = '<svg xmlns="http://www.w3.org/2000/svg" width="16" height="16"><path d="M0 0h16v16H0z"/></svg>'
PAGES = {
    "/sound": (SOUND, "text/html; charset=utf-8"),
    "/unlabelled": (SOUND.replace(' for="a"', ""), "text/html; charset=utf-8"),
    "/broken": (BROKEN, "text/html; charset=utf-8"),
    "/site.css": (STYLE, "text/css"),
    "/broken.css": (BROKEN_STYLE, "text/css"),
    "/icon.svg": (ICON, "image/svg+xml"),
}


class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        text, kind = PAGES.get(self.path, (SOUND, "text/html; charset=utf-8"))
        body = text.encode()
        self.send_response(200 if self.path in PAGES else 404)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        if self.path != "/broken":
            self.send_header("Content-Security-Policy", "default-src 'self'")
            self.send_header("X-Content-Type-Options", "nosniff")
        self.end_headers()
        try:
            self.wfile.write(body)
        except BrokenPipeError:
            pass  # the browser has left the page

    def log_message(self, *_):
        pass


def main():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_address[1]}"
    failures = []
    with Gate("selftest") as gate:
        gate.visit(base + "/sound", "sound")
        failures += [f"the sound page was refused: {breach}" for breach in gate.breaches]
        gate.breaches.clear()
        gate.visit(base + "/unlabelled", "unlabelled")
        if not any("axe label" in breach.what for breach in gate.breaches):
            failures.append("a field without its label was not found")
        gate.breaches.clear()
        gate.visit(base + "/missing", "missing")
        if not any(breach.what.startswith("status 404") for breach in gate.breaches):
            failures.append("a page that is not there was taken for one")
        gate.breaches.clear()
        gate.visit(base + "/broken", "broken")
        found = {breach.rule for breach in gate.breaches}
        for rule in ("G1", "G3", "G5", "G6", "G8", "G9", "G10"):
            if rule not in found:
                failures.append(f"{rule} did not refuse the page broken on purpose: {sorted(found)}")
        wanted = ["asks stranger.invalid", "axe color-contrast", "axe image-alt", "console:", "2 h1", "lang is ''"]
        for words in wanted:
            if not any(words in breach.what for breach in gate.breaches):
                failures.append(f"`{words}` was not found on the page broken on purpose")
        wrong = {name for name, _, _ in vnu.errors(gate.html)}
        if "broken.html" not in wrong or "sound.html" in wrong:
            failures.append(f"vnu refused {sorted(wrong)}")
    server.shutdown()
    return failures

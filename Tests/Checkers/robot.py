# SPDX-License-Identifier: Apache-2.0
"""A person without a browser: follows links, fills forms by their labels, presses buttons by their words.

Knows no address and no field name of the product: what a page does not offer, the robot cannot do.
"""
import http.client
import mimetypes
import pathlib
import re
import urllib.parse
import uuid

import lxml.html

REDIRECTS = 8


class Refused(Exception):
    """The page does not offer what was asked for."""


class Page:
    def __init__(self, url, status, headers, body):
        self.url, self.status, self.headers, self.body = url, status, headers, body
        self._tree = None

    @property
    def text(self):
        return self.body.decode("utf-8", "replace")

    @property
    def tree(self):
        if self._tree is None:
            self._tree = lxml.html.fromstring(self.text or "<html></html>", base_url=self.url)
            # What a person does not see is not there.
            for unseen in self._tree.xpath("//*[@hidden] | //dialog[not(@open)] | //head | //script | //style"):
                unseen.drop_tree()
        return self._tree

    @property
    def words(self):
        """All that a person can read, blanks made single."""
        return " ".join(self.tree.text_content().split())

    @property
    def heading(self):
        found = self.tree.xpath("//h1")
        return " ".join(found[0].text_content().split()) if found else ""

    def link(self, words):
        """The address of the first link that says these words."""
        for link in self.tree.xpath("//a[@href]"):
            if words.lower() in " ".join(link.text_content().split()).lower():
                return urllib.parse.urljoin(self.url, link.get("href"))
        raise Refused(f"no link “{words}” on {self.url} ({self.status}): {self.words[:300]}")

    def form(self, button):
        """(form, button) of the first button that says exactly these words, else of one that contains them."""
        for says in (lambda words: words == button.lower(), lambda words: button.lower() in words):
            for form in self.tree.forms:
                for found in self.buttons(form):
                    words = " ".join(found.text_content().split()) or found.get("value") or ""
                    if says(words.lower()) or says((found.get("aria-label") or "").lower()):
                        return form, found
        raise Refused(f"no button “{button}” on {self.url} ({self.status}): {self.words[:300]}")

    def buttons(self, form):
        outside = self.tree.xpath("//button[@form=$id]", id=form.get("id")) if form.get("id") else []
        return [*form.xpath(".//button | .//input[@type='submit']"), *outside]

    def field(self, form, label):
        """The field that a label names, or #id."""
        if label.startswith("#"):
            return self.tree.xpath("//*[@id=$id]", id=label[1:])[0]
        labels = form.xpath(".//label")
        named = [(" ".join(found.text_content().split()).lower(), found) for found in labels]
        # The label with exactly these words first, then one that contains them.
        for exact in (True, False):
            for words, found in named:
                if words != label.lower() if exact else label.lower() not in words:
                    continue
                if found.get("for"):
                    fields = self.tree.xpath("//*[@id=$id]", id=found.get("for"))
                else:
                    fields = found.xpath(".//input | .//select | .//textarea")
                if fields:
                    return fields[0]
        spoken = form.xpath(".//input[@aria-label=$label]", label=label)
        if spoken:
            return spoken[0]
        raise Refused(f"no field “{label}” on {self.url}: {[words for words, _ in named]}")


class Robot:
    """One person's cookies and the page that she looks at."""

    def __init__(self, base):
        self.base = base
        self.cookies = {}
        self.page = None

    def ask(self, method, url, body=None, headers=None, follow=True):
        """One request, and the redirects after it; the page is kept."""
        for _ in range(REDIRECTS):
            url = urllib.parse.urljoin(self.page.url if self.page else self.base, url)
            address = urllib.parse.urlsplit(url)
            connection = http.client.HTTPConnection(address.hostname, address.port, timeout=60)
            sent = {"Accept": "text/html", "Accept-Language": "vi", **(headers or {})}
            jar = self.cookies.get(address.netloc, {})
            if jar:
                sent["Cookie"] = "; ".join(f"{name}={value}" for name, value in jar.items())
            if method == "POST":
                sent.setdefault("Origin", f"{address.scheme}://{address.netloc}")
            target = (address.path or "/") + ("?" + address.query if address.query else "")
            connection.request(method, target, body=body, headers=sent)
            answer = connection.getresponse()
            content = answer.read()
            connection.close()
            for cookie in answer.headers.get_all("Set-Cookie") or []:
                self._keep(address.netloc, cookie)
            self.page = Page(url, answer.status, answer.headers, content)
            if not follow or answer.status not in (301, 302, 303, 307, 308):
                return self.page
            method, body, headers, url = "GET", None, None, answer.headers["Location"]
        raise Refused(f"more than {REDIRECTS} redirects, the last to {url}")

    def _keep(self, host, cookie):
        name, _, value = cookie.split(";", 1)[0].partition("=")
        jar = self.cookies.setdefault(host, {})
        if re.search(r"max-age=0\b|expires=thu, 01 jan 1970", cookie, re.I) or not value:
            jar.pop(name.strip(), None)
        else:
            jar[name.strip()] = value.strip()

    def go(self, path):
        return self.ask("GET", path)

    def click(self, words):
        return self.ask("GET", self.page.link(words))

    def press(self, button, answers=None, files=None, follow=True):
        """Fills the form of this button and sends it. answers: {label: value}; files: {label: path}."""
        method, url, body, headers = self.prepare(button, answers, files)
        return self.ask(method, url, body, headers, follow)

    def prepare(self, button, answers=None, files=None):
        """(method, address, body, headers) of what pressing would send; nothing is sent."""
        form, pressed = self.page.form(button)
        return self.prepare_form(form, pressed, answers, files)

    def press_form(self, form, button, files=None):
        """Presses the button of a given form, where several forms have one of these words."""
        for pressed in self.page.buttons(form):
            if button.lower() in " ".join(pressed.text_content().split()).lower():
                return self.ask(*self.prepare_form(form, pressed, None, files))
        raise Refused(f"no button “{button}” in this form of {self.page.url}")

    def prepare_form(self, form, pressed, answers=None, files=None):
        page = self.page
        for label, value in (answers or {}).items():
            self._fill(page.field(form, label), value)
        pairs = [(name, value) for name, value in form.form_values() if name and value is not None]
        if pressed.get("name"):
            pairs.append((pressed.get("name"), pressed.get("value") or ""))
        method = (pressed.get("formmethod") or form.get("method") or "get").upper()
        url = urllib.parse.urljoin(page.url, pressed.get("formaction") or form.get("action") or page.url)
        if method == "GET":
            return "GET", url.split("?")[0] + "?" + urllib.parse.urlencode(pairs), None, None
        if form.get("enctype") == "multipart/form-data":
            named = {page.field(form, label).get("name"): pathlib.Path(path) for label, path in (files or {}).items()}
            body, kind = multipart(pairs, named)
            return "POST", url, body, {"Content-Type": kind}
        body = urllib.parse.urlencode(pairs).encode()
        return "POST", url, body, {"Content-Type": "application/x-www-form-urlencoded"}

    @staticmethod
    def _fill(field, value):
        kind = field.get("type", "").lower()
        if kind == "checkbox":
            field.checked = bool(value)
        elif kind == "radio":
            field.checked = True
        elif field.tag == "select":
            for option in field.xpath(".//option"):
                if value.lower() in " ".join(option.text_content().split()).lower():
                    field.value = option.get("value", option.text_content())
                    return
            raise Refused(f"no option “{value}”")
        elif field.tag == "textarea":
            field.value = value
        else:
            field.set("value", value)


def multipart(pairs, files):
    boundary = uuid.uuid4().hex
    parts = []
    for name, value in pairs:
        if name not in files:
            parts.append(f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode())
    for name, path in files.items():
        kind = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        head = f'Content-Disposition: form-data; name="{name}"; filename="{path.name}"\r\nContent-Type: {kind}'
        parts.append(f"--{boundary}\r\n{head}\r\n\r\n".encode() + path.read_bytes() + b"\r\n")
    return b"".join(parts) + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"

# SPDX-License-Identifier: Apache-2.0
"""One page through the gate: the rules G1 to G10 as far as a machine can see them."""
import dataclasses
import gzip
import importlib.util
import pathlib
import urllib.parse

from playwright.sync_api import sync_playwright

from .processes import ROOT, Skipped

CHROMIUM = "/usr/bin/chromium"
AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PHONE = {"width": 360, "height": 740}
DESKTOP = {"width": 1280, "height": 900}
WEIGHT_BYTES = {"citizen": 60_000, "staff": 100_000}
REQUESTS = 8
ELEMENTS = 1_500
TARGET_PIXELS = {"citizen": 44, "staff": 24}
PART_BYTES_GZ = {"stylesheet": 12_000, "script": 12_000, "document": 14_000}
TAB_STOPS = 80
CLS = 0.02
LCP_MS = 1_500
TBT_MS = 150

OBSERVERS = """
window.__seen = {lcp: 0, cls: 0, tbt: 0};
new PerformanceObserver(list => { for (const e of list.getEntries()) window.__seen.lcp = e.startTime; })
  .observe({type: 'largest-contentful-paint', buffered: true});
new PerformanceObserver(list => {
  for (const e of list.getEntries()) if (!e.hadRecentInput) window.__seen.cls += e.value;
}).observe({type: 'layout-shift', buffered: true});
new PerformanceObserver(list => {
  for (const e of list.getEntries()) window.__seen.tbt += Math.max(0, e.duration - 50);
}).observe({type: 'longtask', buffered: true});
"""

STRUCTURE = """() => ({
  h1: document.querySelectorAll('h1').length,
  lang: document.documentElement.lang,
  title: document.title,
  styles: document.querySelectorAll('[style]').length + document.querySelectorAll('style').length,
  scripts: document.querySelectorAll('script:not([src]):not([type="application/ld+json"])').length,
  handlers: [...document.querySelectorAll('*')]
    .filter(e => [...e.attributes].some(a => a.name.startsWith('on'))).length,
  elements: document.querySelectorAll('*').length,
})"""

OVERFLOW = "() => document.documentElement.scrollWidth - window.innerWidth"

FOCUSED = """() => {
  const e = document.activeElement;
  if (!e || e === document.body) return null;
  const ring = s => (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none';
  // Inside the browser's own viewer of a PDF the focus is shown by the viewer; our element does not match :focus.
  let seen = e.tagName === 'OBJECT' || ring(getComputedStyle(e));
  const label = e.labels && e.labels[0];
  for (const other of [e.nextElementSibling, label, e.parentElement])
    if (!seen && other) seen = ring(getComputedStyle(other)) || ring(getComputedStyle(other, '::before'));
  return {
    name: e.tagName.toLowerCase() + ' ' +
      (e.getAttribute('aria-label') || e.textContent || e.name || '').trim().slice(0, 40),
    href: e.getAttribute('href'),
    ring: seen,
  };
}"""

SMALL_TARGETS = """limit => {
  const small = [];
  for (const e of document.querySelectorAll('a[href], button, input, select, textarea, summary')) {
    if (e.type === 'hidden' || !e.checkVisibility({checkOpacity: false, checkVisibilityCSS: true})) continue;
    const style = getComputedStyle(e);
    const text = e.closest('p, li, dd, dt, td, th, figcaption, caption, label, legend');
    if (e.tagName === 'A' && style.display === 'inline' && text) continue;
    let box = e.getBoundingClientRect();
    if (box.bottom < 0 || box.right < 0 || box.width <= 1) continue;
    let height = box.height, width = box.width;
    for (const label of e.labels || []) {
      const own = label.getBoundingClientRect();
      height = Math.max(height, own.height);
      width = Math.max(width, own.width);
    }
    if (height < limit - 0.5 || width < Math.min(limit, 24) - 0.5)
      small.push(`${e.tagName.toLowerCase()} "${(e.textContent || e.name || '').trim().slice(0, 30)}" ` +
        `${Math.round(width)}x${Math.round(height)}`);
  }
  return small;
}"""


@dataclasses.dataclass
class Breach:
    page: str
    rule: str
    what: str

    def __str__(self):
        return f"{self.page}: {self.rule} {self.what}"


def axe_source():
    found = importlib.util.find_spec("axe_playwright_python")
    if not found:
        raise Skipped("axe is missing (scripts/install-dependencies test)")
    return (pathlib.Path(found.submodule_search_locations[0]) / "axe.min.js").read_text()


class Gate:
    """A browser, and what was found wrong so far."""

    def __init__(self, name, timings=False):
        if not pathlib.Path(CHROMIUM).exists():
            raise Skipped("chromium is missing (scripts/install-dependencies test)")
        self.shots = ROOT / ".build-screens" / name
        self.html = self.shots / "html"
        self.html.mkdir(parents=True, exist_ok=True)
        for old in [*self.html.glob("*.html"), *self.shots.glob("*.png")]:
            old.unlink()
        self.timings = timings
        self.breaches = []
        self.measured = {}
        self.titles = {}
        self.axe = axe_source()

    def __enter__(self):
        self.playwright = sync_playwright().start()
        self.browser = self.playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        return self

    def __exit__(self, *_):
        self.browser.close()
        self.playwright.stop()

    def blame(self, page, rule, what):
        self.breaches.append(Breach(page, rule, what))

    def context(self, script=True, viewport=PHONE, phone=True, inspect=True):
        """A context of its own: cold cache, no cookies. Without `inspect` the page's own CSP is in force."""
        return self.browser.new_context(
            viewport=viewport,
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
            device_scale_factor=2 if phone else 1,
            is_mobile=phone,
            has_touch=phone,
            java_script_enabled=script,
            bypass_csp=inspect,
            reduced_motion="reduce",  # a colour on its way to another one is no colour to judge
        )

    def visit(self, url, name, status=200, audience="citizen"):
        """A page that anyone can open by its address: all modes."""
        self._with_script(url, name, status, audience)
        self._without_script(url, name, status, audience)
        if self.timings:
            self._timings(url, name)

    def _with_script(self, url, name, status, audience):
        context = self.context()
        context.add_init_script(OBSERVERS)
        page = context.new_page()
        watch = Watch(page)
        answer = page.goto(url, wait_until="load")
        page.wait_for_timeout(150)
        if answer.status != status:
            self.blame(name, "G3", f"status {answer.status}, not {status}")
        watch.judge(self, name, url, audience, console=status == 200)
        seen = page.evaluate("() => window.__seen")
        if seen["cls"] > CLS:
            self.blame(name, "G7", f"layout shift {seen['cls']:.3f}, at most {CLS}")
        self.inspect(page, name, audience)
        context.close()

    def inspect(self, page, name, audience="citizen", full=True):
        """What can be seen on a loaded page, in both widths and both themes."""
        self.structure(page, name)
        small = page.evaluate(SMALL_TARGETS, TARGET_PIXELS[audience])
        if small:
            self.blame(name, "G10", f"{len(small)} small targets: {'; '.join(small[:4])}")
        self.run_axe(page, name, "light")
        page.screenshot(path=self.shots / f"{name}-360.png", full_page=True)
        page.emulate_media(color_scheme="dark")
        self.run_axe(page, name, "dark")
        if full:
            page.screenshot(path=self.shots / f"{name}-360-dark.png", full_page=True)
        page.emulate_media(color_scheme="light")
        self.reflow(page, name)
        page.set_viewport_size(DESKTOP)
        page.screenshot(path=self.shots / f"{name}-1280.png", full_page=True)
        if full:
            self.run_axe(page, name, "light, 1280 px")
            self.walk(page, name)

    def structure(self, page, name):
        found = page.evaluate(STRUCTURE)
        if found["h1"] != 1:
            self.blame(name, "G3", f"{found['h1']} h1")
        if found["lang"] != "vi":
            self.blame(name, "G3", f"lang is {found['lang']!r}")
        if not found["title"].strip():
            self.blame(name, "G3", "no title")
        self.titles.setdefault(found["title"], []).append(name)
        for what in ("styles", "scripts", "handlers"):
            if found[what]:
                self.blame(name, "G5", f"{found[what]} inline {what}")
        if found["elements"] > ELEMENTS:
            self.blame(name, "G6", f"{found['elements']} elements, at most {ELEMENTS}")

    def run_axe(self, page, name, theme):
        page.evaluate(self.axe)
        # At the end of the page a bar that sticks to the window's edge lies in its own place and covers nothing.
        page.evaluate("() => window.scrollTo(0, document.documentElement.scrollHeight)")
        result = page.evaluate(
            "tags => axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations']})", AXE_TAGS
        )
        page.evaluate("() => window.scrollTo(0, 0)")
        for violation in result["violations"]:
            where = violation["nodes"][0]["target"][0] if violation["nodes"] else ""
            self.blame(name, "G1", f"axe {violation['id']} ({theme}, {len(violation['nodes'])}×): {where}")

    def reflow(self, page, name):
        page.set_viewport_size({"width": 320, "height": 640})
        over = page.evaluate(OVERFLOW)
        if over > 0:
            self.blame(name, "G8", f"{over} px too wide at 320 px")
        page.set_viewport_size({"width": 640, "height": 640})
        page.evaluate("() => document.documentElement.style.setProperty('font-size', '200%')")
        over = page.evaluate(OVERFLOW)
        page.evaluate("() => document.documentElement.removeAttribute('style')")
        if over > 0:
            self.blame(name, "G8", f"{over} px too wide with text at 200 %")

    def walk(self, page, name):
        """Tab through the page: the skip link is first, and every stop shows a ring."""
        # An error summary takes the focus on load; the walk begins at the top all the same.
        page.evaluate("""() => {
          document.activeElement.blur();
          document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex');
        }""")
        stops = []
        for _ in range(TAB_STOPS):
            page.keyboard.press("Tab")
            stop = page.evaluate(FOCUSED)
            if stop is None:
                break
            stops.append(stop)
            if not stop["ring"]:
                self.blame(name, "G9", f"no visible focus on {stop['name']}")
                break
        if not stops:
            self.blame(name, "G9", "nothing can be reached by Tab")
        elif not (stops[0]["href"] or "").startswith("#"):
            self.blame(name, "G9", f"the first stop is {stops[0]['name']}, not the skip link")
        self.measured.setdefault(name, {})["tab stops"] = [stop["name"] for stop in stops]

    def _without_script(self, url, name, status, audience):
        context = self.context(script=False, inspect=False)
        page = context.new_page()
        watch = Watch(page)
        answer = page.goto(url, wait_until="load")
        (self.html / f"{name}.html").write_bytes(answer.body())
        if answer.status != status:
            self.blame(name, "G4", f"status {answer.status} without script, not {status}")
        self.policy(answer, name)
        plain = name + " (no script)"
        watch.judge(self, plain, url, audience, console=status == 200)
        # The document stays as it was parsed without script; only the checker's own timers need it from here.
        session = context.new_cdp_session(page)
        for disabled in (True, False):
            session.send("Emulation.setScriptExecutionDisabled", {"value": disabled})
        small = page.evaluate(SMALL_TARGETS, TARGET_PIXELS[audience])
        if small:
            self.blame(plain, "G10", f"{len(small)} small targets: {'; '.join(small[:4])}")
        for viewport in (PHONE, DESKTOP):
            page.set_viewport_size(viewport)
            self.run_axe(page, plain, f"light, {viewport['width']} px")
            over = page.evaluate(OVERFLOW)
            if over > 0:
                self.blame(plain, "G8", f"{over} px too wide at {viewport['width']} px")
        context.close()

    def policy(self, answer, name):
        policy = answer.headers.get("content-security-policy", "")
        if "default-src 'self'" not in policy:
            self.blame(name, "G5", f"Content-Security-Policy is {policy!r}")
        if "unsafe-" in policy:
            self.blame(name, "G5", f"the policy allows unsafe things: {policy}")
        if answer.headers.get("x-content-type-options") != "nosniff":
            self.blame(name, "G5", "no nosniff")

    def _timings(self, url, name):
        """LCP and TBT over a slow line: the best of three, so that a busy machine is not taken for a heavy page."""
        best = self._throttled(url)
        for _ in range(2):
            if best["lcp"] <= LCP_MS and best["tbt"] <= TBT_MS:
                break
            again = self._throttled(url)
            best = {key: min(best[key], again[key]) for key in best}
        self.measured.setdefault(name, {}).update({"lcp ms": round(best["lcp"]), "tbt ms": round(best["tbt"])})
        if best["lcp"] > LCP_MS:
            self.blame(name, "G7", f"LCP {best['lcp']:.0f} ms, at most {LCP_MS}")
        if best["tbt"] > TBT_MS:
            self.blame(name, "G7", f"TBT {best['tbt']:.0f} ms, at most {TBT_MS}")

    def _throttled(self, url):
        context = self.context()
        context.add_init_script(OBSERVERS)
        page = context.new_page()
        session = context.new_cdp_session(page)
        session.send("Network.enable")
        conditions = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 750e3 / 8}
        session.send("Network.emulateNetworkConditions", conditions)
        session.send("Emulation.setCPUThrottlingRate", {"rate": 4})
        page.goto(url, wait_until="load")
        page.wait_for_timeout(200)
        seen = page.evaluate("() => window.__seen")
        context.close()
        return seen


def is_browsers_own(message):
    return message.url.startswith(("chrome://", "chrome-extension://"))


class Watch:
    """Counts what a page asks for and complains about, from before its first request."""

    def __init__(self, page):
        self.requests = []
        self.console = []
        self.bytes = 0
        self.parts = []
        # The browser's own viewer of a PDF asks for hundreds of its own parts; they are not the page's.
        page.on("request", lambda request: is_browsers_own(request) or self.requests.append(request))
        page.on("console", lambda message: message.type == "error" and self.console.append(message.text))
        page.on("pageerror", lambda error: self.console.append(str(error)))
        page.on("response", lambda response: is_browsers_own(response) or self.parts.append(response))
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._finished)

    def _finished(self, event):
        self.bytes += int(event["encodedDataLength"])

    def judge(self, gate, name, url, audience, console=True):
        own = urllib.parse.urlsplit(url).netloc
        for request in self.requests:
            address = urllib.parse.urlsplit(request.url)
            if address.scheme in ("http", "https", "ws", "wss") and address.netloc != own:
                gate.blame(name, "G5", f"asks {address.netloc} for {address.path}")
        if console and self.console:
            gate.blame(name, "G3", f"console: {self.console[0][:200]}")
        if self.bytes > WEIGHT_BYTES[audience]:
            gate.blame(name, "G6", f"{self.bytes} bytes, at most {WEIGHT_BYTES[audience]}")
        if len(self.requests) > REQUESTS:
            gate.blame(name, "G6", f"{len(self.requests)} requests, at most {REQUESTS}")
        for part in self.parts:
            limit = PART_BYTES_GZ.get(part.request.resource_type)
            if limit is None or part.status in (301, 302, 303, 304):
                continue
            size = len(gzip.compress(part.body()))
            if size > limit and not (audience == "staff" and part.request.resource_type == "document"):
                gate.blame(name, "G6", f"{part.request.resource_type} of {size} bytes gzipped, at most {limit}")
        gate.measured.setdefault(name, {}).update({"bytes": self.bytes, "requests": len(self.requests)})

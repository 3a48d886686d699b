# SPDX-License-Identifier: Apache-2.0
"""Two ways to be a person: with a browser, and without one. Both use pages by the words that stand on them."""
import pathlib
import re
import sys
import urllib.parse

from playwright.sync_api import Error, TimeoutError

from harness.gate import DESKTOP, PHONE
from seats import BrowserSeat, RobotSeat

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[1] / "Checkers"))
from robot import Refused, Robot  # noqa: E402

WAIT_MS = 15_000


class Unexpected(AssertionError):
    """The page does not show what the story says."""


class BrowserPerson(BrowserSeat):
    """A person with Chromium, on a phone or a desk, with or without script."""

    def __init__(self, gate, demo, name, phone, script):
        self.gate, self.demo, self.script, self.phone = gate, demo, script, phone
        self.label = f"{name}-{360 if phone else 1280}{'' if script else '-nojs'}"
        viewport = PHONE if phone else DESKTOP
        # With script, axe is put into the page, which our own policy refuses; without script the policy is in force.
        self.context = gate.context(script=script, viewport=viewport, phone=phone, inspect=script)
        self.context.set_default_timeout(WAIT_MS)
        self.page = self.context.new_page()
        self.shots = 0
        self.page.on("console", self._console)
        self.page.on("pageerror", lambda error: gate.blame(self.label, "G3", f"script error: {error}"))
        self.page.on("request", self._request)
        self.expects_errors = False

    def _console(self, message):
        # What the sandbox's pages lack is not the product's fault.
        own = self.page.url.startswith(self.demo.base) and not message.location["url"].startswith(self.demo.sandbox)
        if message.type == "error" and own and not self.expects_errors:
            self.gate.blame(self.label, "G3", f"console on {self.page.url}: {message.text[:200]}")

    def _request(self, request):
        address = urllib.parse.urlsplit(request.url)
        known = [urllib.parse.urlsplit(base).netloc for base in (self.demo.base, self.demo.sandbox)]
        if address.scheme in ("http", "https") and address.netloc not in known:
            self.gate.blame(self.label, "G5", f"asks {address.netloc}")

    @property
    def url(self):
        return self.page.url

    @property
    def words(self):
        return " ".join(self.page.inner_text("body").split())

    def go(self, path):
        answer = self.page.goto(urllib.parse.urljoin(self.demo.base, path), wait_until="load")
        return answer.status if answer else 200

    def _first(self, role, words):
        """The first visible element of this role with exactly these words, else one that contains them."""
        for exact in (True, False):
            found = self.page.get_by_role(role, name=words, exact=exact)
            for index in range(found.count()):
                if found.nth(index).is_visible():
                    return found.nth(index)
        raise Unexpected(f"no {role} “{words}” on {self.url}: {self.words[:400]}")

    def offers(self, words):
        """Whether a button or link says these words and no others: "hẹn trả kết quả" is a paper, no act."""
        found = [self.page.get_by_role(role, name=words, exact=True) for role in ("button", "link")]
        return any(places.nth(index).is_visible() for places in found for index in range(places.count()))

    def _settle(self, act):
        """Does the act and waits until the next page stands."""
        self.page.evaluate("() => { document.documentElement.dataset.left = '1'; }") if self.script else None
        before = self.page.url
        act()
        try:
            if self.script:
                # Between two pages there may be no root for a moment.
                stands = "() => { const root = document.documentElement; return root && !root.dataset.left; }"
                self.page.wait_for_function(stands, timeout=WAIT_MS)
            elif self.page.url == before:
                self.page.wait_for_timeout(150)
        except TimeoutError:
            raise Unexpected(f"nothing happened on {self.url}: {self.words[:400]}") from None
        except Error:
            pass  # the page went away while it was asked: that is what is waited for
        self.page.wait_for_load_state("load")

    def click(self, words):
        link = self._first("link", words)
        self._settle(lambda: link.click())

    def press(self, words):
        button = self._first("button", words)
        self._settle(lambda: button.click())

    def follow(self, words):
        """Presses the button or clicks the link that says these words."""
        try:
            self.press(words)
        except Unexpected:
            self.click(words)

    def pick(self, question, option):
        """Chooses an option under this question: in its group, in a list, or anywhere; whether there was one."""
        for group in self.page.get_by_role("group", name=question).all():
            for exact in (True, False):
                found = group.get_by_label(option, exact=exact)
                if found.count():
                    found.first.set_checked(True, force=True)
                    return True
        lists = self.page.locator("select")
        for index in range(lists.count()):
            options = lists.nth(index).locator("option").all_inner_texts()
            match = next((text for text in options if option.lower() in text.lower()), None)
            if match is not None:
                lists.nth(index).select_option(label=match)
                return True
        if not self.has_field(option):
            return False
        self.fill(option, "1")
        return True

    def press_twice(self, words):
        button = self._first("button", words)
        self._settle(lambda: button.dblclick(no_wait_after=True))
        if not self.script:
            # The second click sends the form again, and its answer takes the place of the first one: stand still.
            for _ in range(10):
                before = self.page.url
                self.page.wait_for_load_state("networkidle")
                self.page.wait_for_timeout(400)
                if self.page.url == before:
                    return

    def fill(self, label, value):
        """Writes into the field of this label, picks an option, or marks a choice."""
        field = self._labelled(label)
        kind = field.evaluate("e => e.tagName === 'SELECT' ? 'select' : e.type")
        if kind == "select":
            options = field.locator("option").all_inner_texts()
            match = next((option for option in options if value.lower() in option.lower()), None)
            if match is None:
                raise Unexpected(f"no option “{value}” among {options}")
            field.select_option(label=match)
        elif kind in ("checkbox", "radio"):
            field.set_checked(bool(value), force=True)
        else:
            field.fill(value)

    def _labelled(self, label):
        for exact in (True, False):
            found = self.page.get_by_label(label, exact=exact)
            for index in range(found.count()):
                tag = found.nth(index).evaluate("e => e.tagName")
                if tag in ("INPUT", "SELECT", "TEXTAREA"):
                    return found.nth(index)
        raise Unexpected(f"no field “{label}” on {self.url}: {self.words[:600]}")

    def has_field(self, label):
        try:
            self._labelled(label)
            return True
        except Unexpected:
            return False

    def has_date(self, question):
        return self.page.get_by_role("group", name=question).count() > 0

    def fill_date(self, question, day, month, year):
        """The three boxes of a date."""
        group = self.page.get_by_role("group", name=question).first
        for place, value in enumerate((day, month, year)):
            group.locator("input").nth(place).fill(str(value))

    def fill_in_row(self, row, label, value):
        for group in self.page.get_by_role("group", name=row, exact=True).all():
            group.get_by_label(label).fill(value)

    def upload(self, paper, path, button="Tải lên"):
        """Attaches a file to the first paper whose name contains these words."""
        field = self.page.locator("input[type=file]")
        labels = [field.nth(i).evaluate("e => e.labels[0] ? e.labels[0].innerText : ''") for i in range(field.count())]
        place = next((i for i, text in enumerate(labels) if paper.lower() in text.lower()), None)
        if place is None:
            raise Unexpected(f"no file field for “{paper}” among {labels}")
        chosen = field.nth(place)
        if not self.script:
            chosen.set_input_files(path)
            pressed = chosen.locator("xpath=ancestor::form[1]").get_by_role("button", name=button)
            self._settle(lambda: pressed.click())
            return
        chosen.set_input_files(path)
        # The script refuses at once what the server would refuse, or sends it and puts the answer in its place.
        self.page.wait_for_function(
            "name => document.querySelector('.err') || !document.querySelector('progress') && "
            "[...document.querySelectorAll('.files, h1')].some(e => e.innerText.includes(name) || e.tagName === 'H1')",
            arg=path.name,
        )
        self.page.wait_for_timeout(500)
        self.page.wait_for_function("() => !document.querySelector('progress')", timeout=60_000)

    def sees(self, *sentences):
        text = self.words.casefold()
        for sentence in sentences:
            if " ".join(sentence.split()).casefold() not in text:
                raise Unexpected(f"“{sentence}” is not on {self.url}: {self.words[:600]}")

    def sees_not(self, *sentences):
        text = self.words.casefold()
        for sentence in sentences:
            if sentence.casefold() in text:
                raise Unexpected(f"“{sentence}” is on {self.url}")

    def find(self, pattern):
        found = re.search(pattern, self.words)
        if not found:
            raise Unexpected(f"nothing like {pattern} on {self.url}: {self.words[:600]}")
        return found.group(0)

    def download(self, words):
        """The bytes behind a link, asked for with this person's session."""
        href = urllib.parse.urljoin(self.url, self._first("link", words).get_attribute("href"))
        answer = self.context.request.get(href)
        if answer.status != 200:
            raise Unexpected(f"“{words}” answers {answer.status}")
        return answer.body()

    def _content(self):
        """The page as it stands, once it stands."""
        for _ in range(5):
            try:
                return self.page.content()
            except Error:  # it is just being replaced
                self.page.wait_for_timeout(500)
        return self.page.content()

    def look(self, name, audience="citizen"):
        """A picture of the page for the eye; with script also the gate's checks on what stands there."""
        self.shots += 1
        title = f"{self.label}-{self.shots:02d}-{name}"
        if not self.script:
            (self.gate.html / f"{title}.html").write_text(self._content())
            self.page.screenshot(path=self.gate.shots / f"{title}.png", full_page=True)
            return
        self.gate.structure(self.page, title)  # first: a screenshot leaves inline styles behind
        self.page.screenshot(path=self.gate.shots / f"{title}.png", full_page=True)
        self.gate.run_axe(self.page, title, "light")
        over = self.page.evaluate("() => document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            self.gate.blame(title, "G8", f"{over} px too wide")

    def close(self):
        self.context.close()


class RobotPerson(RobotSeat):
    """The same person without a browser: quick, and as many at a time as one likes."""

    def __init__(self, demo):
        self.demo = demo
        self.robot = Robot(demo.base)
        self.answers = {}
        self.files = {}

    @property
    def url(self):
        return self.robot.page.url

    @property
    def words(self):
        return self.robot.page.words

    def go(self, path):
        self.answers = {}
        return self.robot.go(urllib.parse.urljoin(self.demo.base, path)).status

    def offers(self, words):
        try:
            self.robot.page.form(words)
            return True
        except Refused:
            pass
        try:
            self.robot.page.link(words)
            return True
        except Refused:
            return False

    def click(self, words):
        self.answers = {}
        self.robot.click(words)

    def press(self, words):
        answers, self.answers = self.answers, {}
        self.robot.press(words, answers)

    press_twice = press

    def follow(self, words):
        try:
            self.press(words)
        except Refused:
            self.click(words)

    def _group(self, question):
        """The group of fields under this question; None when there is none."""
        for found in self.robot.page.tree.xpath("//fieldset"):
            if question.lower() in " ".join(found.xpath("string(./legend)").split()).lower():
                return found
        return None

    def pick(self, question, option):
        group = self._group(question)
        if group is not None:
            try:
                self.answers[f"#{self.robot.page.field(group, option).get('id')}"] = "1"
                return True
            except Refused:
                pass
        for found in self.robot.page.tree.xpath("//select"):
            options = [" ".join(one.text_content().split()) for one in found.xpath(".//option")]
            if any(option.lower() in text.lower() for text in options):
                self.answers[f"#{found.get('id')}"] = option
                return True
        if not self.has_field(option):
            return False
        self.answers[option] = "1"
        return True

    def fill(self, label, value):
        self.answers[label] = value

    def has_field(self, label):
        try:
            self.robot.page.field(self.robot.page.tree, label)
            return True
        except Refused:
            return False

    def has_date(self, question):
        return self._group(question) is not None

    def fill_date(self, question, day, month, year):
        group = self._group(question)
        if group is None:
            raise Unexpected(f"no date “{question}” on {self.url}")
        for field, value in zip(group.xpath(".//input"), (day, month, year)):
            self.answers[f"#{field.get('id')}"] = str(value)

    def fill_in_row(self, row, label, value):
        if (group := self._group(row)) is not None:
            self.answers[f"#{self.robot.page.field(group, label).get('id')}"] = value

    def upload(self, paper, path, button="Tải lên"):
        for form in self.robot.page.tree.forms:
            label = form.xpath(".//input[@type='file']")
            if label and paper.lower() in " ".join(form.text_content().split()).lower():
                name = " ".join(form.xpath(".//label")[0].text_content().split())
                self.robot.press_form(form, button, {name: path})
                return
        raise Unexpected(f"no file field for “{paper}” on {self.url}")

    def sees(self, *sentences):
        for sentence in sentences:
            if " ".join(sentence.split()).casefold() not in self.words.casefold():
                raise Unexpected(f"“{sentence}” is not on {self.url}: {self.words[:600]}")

    def sees_not(self, *sentences):
        for sentence in sentences:
            if sentence.casefold() in self.words.casefold():
                raise Unexpected(f"“{sentence}” is on {self.url}: {self.words[:600]}")

    def find(self, pattern):
        found = re.search(pattern, self.words)
        if not found:
            raise Unexpected(f"nothing like {pattern} on {self.url}: {self.words[:600]}")
        return found.group(0)

    def download(self, words):
        """The bytes behind a link; the page stays."""
        page = self.robot.page
        answer = self.robot.ask("GET", page.link(words))
        self.robot.page = page
        if answer.status != 200:
            raise Unexpected(f"“{words}” answers {answer.status}")
        return answer.body

    def look(self, name, audience="citizen"):
        pass

    def close(self):
        pass

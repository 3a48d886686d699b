# SPDX-License-Identifier: Apache-2.0
"""Signing in at a hostile identity provider: every tampered answer is refused with a page that says what to do, nobody
is signed in by it, and the button of that page leads on to the task that was begun."""
import itertools
import time

import filing  # noqa: F401  puts the browser folder on the path
import hostile_provider
import story
from demo import Demo
from harness.processes import free_port
from person import RobotPerson
from robot import Refused

PROCEDURE = "/thu-tuc/2.000635"
TASK = PROCEDURE + "/nop"
BUTTON = "Đăng nhập bằng VNeID"
UNTRUSTED, CLOCK, DOWN = "Chưa xác nhận được câu trả lời", "Đồng hồ hai hệ thống lệch", "VNeID chưa trả lời"
OTHER_BROWSER, CANCELLED = "bắt đầu ở trình duyệt khác", "Chưa đăng nhập xong"
CONFLICT, LEVEL, MISSING = "không khớp với tài khoản", "cần định danh mức 2", "chưa có đủ thông tin"
# Keys that are not known are asked for at most this often.
REFETCH_SECONDS = 31

_addresses = itertools.count(1)


class Door:
    """One person at the product, each from an address of its own, so that no limit hides an answer."""

    def __init__(self, demo):
        self.person = RobotPerson(demo)
        self.demo, self.robot = demo, self.person.robot
        number = next(_addresses)
        address, ask = f"10.{number // 250}.{number % 250}.1", self.robot.ask

        def from_address(method, url, body=None, headers=None, follow=True):
            return ask(method, url, body, {**(headers or {}), "X-Forwarded-For": address}, follow)

        self.robot.ask = from_address

    def begin(self):
        """Presses "Nộp hồ sơ" as a stranger, and the button of the sign-in."""
        self.person.go(PROCEDURE)
        self.person.press("Nộp hồ sơ")
        self.person.press(BUTTON)
        return self

    @property
    def page(self):
        return self.robot.page

    def is_signed_in(self):
        page, self.robot.page = self.robot.page, None
        answer = self.robot.ask("GET", self.demo.base + "/tai-khoan", follow=False)
        self.robot.page = page
        return answer.status == 200

    def task(self):
        """The task to which the button of this page leads; None where there is no such button."""
        try:
            form, _ = self.page.form(BUTTON)
        except Refused:
            return None
        return dict(form.form_values()).get("ve")


# (what, how the provider cheats, status, words of the page)
def attacks(provider):
    other = {"sub": "cd-ke-khac"}
    def claims(**changed):
        return {"claims": changed}
    def header(**changed):
        return {"sign": "honest", "header": changed}
    yield "alg none", {"sign": "none"}, 502, UNTRUSTED
    yield "alg HS256 with the public key", {"sign": "hs256"}, 502, UNTRUSTED
    yield "another's key under our kid", {"sign": "stranger"}, 502, UNTRUSTED
    yield "claims changed after signing", {"sign": "changed"}, 502, UNTRUSTED
    yield "signature cut off", {"sign": "stripped"}, 502, UNTRUSTED
    yield "crit that nobody knows", {"sign": "crit"}, 502, UNTRUSTED
    yield "kid of a path", header(kid="../../etc/passwd"), 502, UNTRUSTED
    yield "no token at all", {"raw": ""}, 502, UNTRUSTED
    yield "no JWT", {"raw": "a.b"}, 502, UNTRUSTED
    yield "a huge token", claims(note="x" * 20_000), 502, UNTRUSTED
    yield "an answer of a megabyte", {"raw": "x" * 1_000_000}, 503, DOWN
    yield "another issuer", claims(iss="https://ben-khac.example"), 502, UNTRUSTED
    yield "issuer with a slash more", claims(iss=provider.issuer + "/"), 502, UNTRUSTED
    yield "no issuer", claims(iss=None), 502, UNTRUSTED
    yield "another audience", claims(aud="ung-dung-khac"), 502, UNTRUSTED
    yield "two audiences, given to the other", claims(aud=["motcua", "x"], azp="x"), 502, UNTRUSTED
    yield "two audiences, given to nobody", claims(aud=["motcua", "x"]), 502, UNTRUSTED
    yield "another nonce", claims(nonce="x" * 43), 502, UNTRUSTED
    yield "no nonce", claims(nonce=None), 502, UNTRUSTED
    yield "expired", claims(iat=lambda now: now - 3_900, exp=lambda now: now - 3_600), 502, CLOCK
    yield "expired for more than two minutes", claims(exp=lambda now: now - 125), 502, CLOCK
    yield "no end", claims(exp=None), 502, CLOCK
    yield "made in more than two minutes", claims(iat=lambda now: now + 130), 502, CLOCK
    yield "good in more than two minutes", claims(nbf=lambda now: now + 130), 502, CLOCK
    yield "no subject", claims(sub=None), 502, UNTRUSTED
    yield "hash of another access token", claims(at_hash="AAAAAAAAAAAAAAAAAAAAAA"), 502, UNTRUSTED
    yield "claims of another person", {"user_info": other}, 502, UNTRUSTED
    yield "no personal ID", {"user_info": {"SoDinhDanh": ""}}, 502, MISSING
    yield "a personal ID that is none", {"user_info": {"SoDinhDanh": "1' OR '1'='1"}}, 502, MISSING
    yield "an answer in another's name", {"answer": {"iss": "https://ben-khac.example"}}, 502, UNTRUSTED
    yield "an answer without a name", {"answer": {"iss": None}}, 502, UNTRUSTED
    yield "a code that nobody gave", {"answer": {"code": "x" * 32}}, 502, UNTRUSTED
    yield "no code", {"answer": {"code": None}}, 502, UNTRUSTED
    yield "turned back", {"answer": {"code": None, "error": "access_denied"}}, 422, CANCELLED
    yield "an error of the provider", {"answer": {"code": None, "error": "server_error"}}, 502, UNTRUSTED
    yield "the code refused", {"token_status": 400}, 502, UNTRUSTED
    yield "the token address down", {"token_status": 503}, 503, DOWN
    yield "another state", {"answer": {"state": "x" * 43}}, 422, OTHER_BROWSER
    yield "no state", {"answer": {"state": None}}, 422, OTHER_BROWSER
    yield "level 0", {"user_info": {"loAs": "LoA0"}}, 403, LEVEL


def attack(demo, provider, what, plan, status, words, goes_on=True):
    """One way of cheating; what is wrong with the answer. An honest second try ends in the draft, by itself."""
    failures = []
    provider.plan = plan
    door = Door(demo).begin()
    if (door.page.status, words.lower() in door.page.heading.lower()) != (status, True):
        failures.append(f"hostile: {what}: answered {door.page.status} “{door.page.heading}”, not {status} “{words}”")
    if door.is_signed_in():
        failures.append(f"hostile: {what}: signed in nevertheless")
    provider.plan = {}
    if not goes_on:
        return failures
    # Where the answer is nobody's of this browser, its task is not told either.
    if words == OTHER_BROWSER:
        return failures
    if door.task() != TASK:
        failures.append(f"hostile: {what}: the page leads to {door.task()}, not to the task that was begun")
        return failures
    door.person.press(BUTTON)
    if "/nop/" not in door.page.url and door.page.url != demo.base + PROCEDURE:
        failures.append(f"hostile: {what}: after an honest sign-in it stands at {door.page.url}")
    return failures


def allowed(demo, provider):
    """What looks odd and is right: clocks that differ by less than two minutes, RSA, a list of one."""
    failures = []
    for what, plan in (
        ("ended less than two minutes ago", {"claims": {"exp": lambda now: now - 100}}),
        ("made in less than two minutes", {"claims": {"iat": lambda now: now + 100}}),
        ("RS256", {"sign": "rsa"}), ("a list of one audience", {"claims": {"aud": [hostile_provider.CLIENT]}}),
    ):
        provider.plan = plan
        if not Door(demo).begin().is_signed_in():
            failures.append(f"hostile: {what}: refused")
    provider.plan = {}
    return failures


def replays(demo, provider):
    """An answer that was used, in this browser and in another; a code of another sign-in."""
    failures = []
    door = Door(demo).begin()
    begun = {host: dict(jar) for host, jar in door.robot.cookies.items()}
    victim = Door(demo)
    victim.person.go("/dang-nhap")
    # The victim's sign-in, stopped on its way back: its address in another's browser, then twice in its own.
    method, url, body, headers = victim.robot.prepare(BUTTON)
    sent = victim.robot.ask(method, url, body, headers, follow=False).headers["Location"]
    back = victim.robot.ask("GET", sent, follow=False).headers["Location"]
    thief = Door(demo)
    page = thief.robot.ask("GET", back)
    if page.status != 422 or OTHER_BROWSER not in page.heading.lower() or thief.is_signed_in():
        failures.append(f"hostile: another's answer: {page.status} “{page.heading}”")
    jar = {host: dict(cookies) for host, cookies in victim.robot.cookies.items()}
    victim.robot.ask("GET", back)
    if not victim.is_signed_in():
        failures.append("hostile: the rightful browser is refused after another had tried its answer")
    thief.robot.cookies = jar  # even with all that the browser had
    page = thief.robot.ask("GET", back)
    if page.status != 422 or "đã dùng" not in page.heading.lower() or thief.is_signed_in():
        failures.append(f"hostile: an answer used twice: {page.status} “{page.heading}”")
    # A provider that gives another's token for any code: the nonce is not ours.
    provider.plan = {"any_code": {"nonce": "n" * 43, "code_challenge": "c" * 43}, "answer": {"code": "stolen"}}
    page = Door(demo).begin().page
    if page.status != 502 or UNTRUSTED.lower() not in page.heading.lower():
        failures.append(f"hostile: a token of another sign-in: {page.status} “{page.heading}”")
    provider.plan = {}
    assert begun
    return failures


def rotation(demo, provider):
    """A new key is fetched, names of keys that nobody has do not make us ask without end, keys may be down."""
    failures = []
    time.sleep(REFETCH_SECONDS)
    provider.key = provider.new_key("k2")
    before = provider.asked["jwks"]
    if not Door(demo).begin().is_signed_in() or provider.asked["jwks"] != before + 1:
        failures.append(f"hostile: a new key was not fetched ({provider.asked['jwks'] - before} questions)")
    for number in range(12):
        provider.plan = {"header": {"kid": f"bia-{number}"}}
        if Door(demo).begin().is_signed_in():
            failures.append("hostile: a key that nobody has was taken")
    if provider.asked["jwks"] > before + 2:
        failures.append(f"hostile: {provider.asked['jwks'] - before} questions for 12 invented names of keys")
    time.sleep(REFETCH_SECONDS)
    provider.plan = {"jwks_status": 503}
    if not Door(demo).begin().is_signed_in():
        failures.append("hostile: a known key does not count while the keys cannot be fetched")
    failures += attack(demo, provider, "keys down", {"jwks_status": 503, "header": {"kid": "moi"}}, 503, DOWN)
    return failures


def levels(demo, provider):
    """Level 1 signs in and reads; what asks for level 2 says so, and goes on by itself after a better sign-in."""
    failures = []
    provider.person = {**hostile_provider.PERSON, "sub": "cd-thu-dich-2", "TechID": "cd-thu-dich-2",
                       "SoDinhDanh": "089185000902", "loAs": "LoA1"}
    door = Door(demo).begin()
    if not door.is_signed_in() or door.page.status != 403 or LEVEL not in door.page.heading.lower():
        failures.append(f"hostile: level 1: {door.page.status} “{door.page.heading}” at {door.page.url}")
        return failures
    provider.person["loAs"] = "LoA2"
    door.person.press(BUTTON)
    if "/nop/" not in door.page.url:
        failures.append(f"hostile: from level 1 to level 2: stands at {door.page.url}, not in the draft")
    return failures


def bindings(demo, provider):
    """The account belongs to the personal ID, and keeps the newest claims of the best sign-in."""
    failures = []
    person = {**hostile_provider.PERSON, "sub": "cd-thu-dich-3", "TechID": "cd-thu-dich-3",
              "SoDinhDanh": "089185000903", "HoVaTen": "Trần Thị Tên Cũ"}

    def signed_in(**changed):
        provider.person = {**person, **changed}
        return Door(demo).begin()

    signed_in()
    page = signed_in(SoDinhDanh="089185000904").page
    if page.status != 409 or CONFLICT not in page.heading.lower():
        failures.append(f"hostile: another personal ID under a known name: {page.status} “{page.heading}”")
    page = signed_in(TechID="cd-moi", loAs="LoA1").page
    if page.status != 409:
        failures.append(f"hostile: a known personal ID under a new name at level 1: {page.status} “{page.heading}”")
    door = signed_in(TechID="cd-moi", HoVaTen="Trần Thị Tên Mới")
    door.person.go("/tai-khoan")
    if "Trần Thị Tên Mới" not in door.page.words:
        failures.append("hostile: the account does not take the newest name")
    door = signed_in(TechID="cd-moi", HoVaTen="Trần Thị Tên Yếu", loAs="LoA1")
    door.person.go("/tai-khoan")
    if "Trần Thị Tên Mới" not in door.page.words:
        failures.append("hostile: a weaker sign-in changes what a stronger one told")
    provider.person = dict(hostile_provider.PERSON)
    return failures


def main():
    failures = []
    port = free_port()
    provider = hostile_provider.Provider(f"http://127.0.0.1:{port}/dang-nhap/tra-ve")
    provider.prove()
    environment = {
        "MOTCUA_OIDC_ISSUER": provider.issuer, "MOTCUA_OIDC_CLIENT": hostile_provider.CLIENT,
        "MOTCUA_OIDC_SECRET": hostile_provider.SECRET, "MOTCUA_TRUSTED_PROXIES": "127.0.0.1",
        "MOTCUA_PORT": str(port),
    }

    class HostileDemo(Demo):
        def settings(self):
            self.port = port
            self.base = f"http://127.0.0.1:{port}"
            return super().settings()

        def start(self, again=False):
            self.port, self.sandbox_port = port, free_port()
            super().start(again=True)

    try:
        with HostileDemo(environment=environment) as demo:
            # Before anything of the provider is known and kept: an honest sign-in would end that.
            for what, plan, status, words in (
                ("discovery of another issuer", {"discovery": {"issuer": "https://ben-khac.example"}}, 502, UNTRUSTED),
                ("discovery that leads elsewhere",
                 {"discovery": {"token_endpoint": "http://127.0.0.1:9/token"}}, 502, UNTRUSTED),
                ("discovery down", {"discovery_status": 503}, 503, DOWN),
                ("keys down at first", {"jwks_status": 503}, 503, DOWN),
            ):
                failures += attack(demo, provider, what, plan, status, words, goes_on=False)
            for what, plan, status, words in attacks(provider):
                failures += attack(demo, provider, what, plan, status, words)
            failures += allowed(demo, provider) + replays(demo, provider) + levels(demo, provider)
            failures += bindings(demo, provider) + rotation(demo, provider)
            failures += [f"hostile: {fault}" for fault in sorted(set(provider.protocol_faults))]
            said = demo.program.output()
            told = [secret for secret in provider.secrets_seen if len(secret) > 16 and secret in said]
            if told or hostile_provider.PERSON["SoDinhDanh"] in said:
                failures.append("hostile: the log of the product tells codes, tokens or personal IDs")
    finally:
        provider.stop()
    return failures


if __name__ == "__main__":
    print("\n".join(main()) or "hostile: passed")

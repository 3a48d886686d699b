# SPDX-License-Identifier: Apache-2.0
"""The hostile identity provider against officers' sign-in: each tampered answer, and its names and claims alone, sign
nobody in; the page says so."""
import filing  # noqa: F401  puts the browser folder on the path
import hostile
import hostile_provider
import story
from demo import Demo
from harness.processes import free_port
from person import RobotPerson

BUTTON = "Đăng nhập bằng tài khoản cơ quan"
UNTRUSTED, DOWN, CANCELLED = "Chưa xác nhận được câu trả lời", "chưa trả lời", "Đã hủy đăng nhập"
UNBOUND, NOT_BEGUN = "chưa gắn với cán bộ nào", "không bắt đầu từ trình duyệt"
# What citizens' pages call these, and what officers' page says; claims of the user information are not read here.
WORDS = {hostile.UNTRUSTED: UNTRUSTED, hostile.CLOCK: UNTRUSTED, hostile.DOWN: DOWN, hostile.CANCELLED: CANCELLED,
         hostile.OTHER_BROWSER: NOT_BEGUN}


def attack(demo, provider, what, plan, status, words):
    provider.plan = plan
    door = hostile.Door(demo)
    door.person.go("/dang-nhap/can-bo")
    # Step by step, so that each request comes from the address of this door.
    method, url, body, headers = door.robot.prepare(BUTTON)
    sent = door.robot.ask(method, url, body, headers, follow=False).headers["Location"]
    back = door.robot.ask("GET", sent, follow=False).headers["Location"]
    page = door.robot.ask("GET", back)
    provider.plan = {}
    failures = []
    if page.status != status or words not in page.words:
        said = f"{page.status} “{page.words[:300]}”"
        failures.append(f"hostile staff: {what}: answered {said}, not {status} “{words}”")
    door.person.go("/bao-mat")
    if "Bảo mật tài khoản" in door.page.words:
        failures.append(f"hostile staff: {what}: signed in nevertheless")
    return failures


def main():
    port = free_port()
    provider = hostile_provider.Provider(f"http://127.0.0.1:{port}/dang-nhap/can-bo/co-quan/tra-ve")
    environment = {
        "MOTCUA_STAFF_ISSUER": provider.issuer, "MOTCUA_STAFF_CLIENT": hostile_provider.CLIENT,
        "MOTCUA_STAFF_SECRET": hostile_provider.SECRET, "MOTCUA_TRUSTED_PROXIES": "127.0.0.1",
    }

    class HostileDemo(Demo):
        def start(self, again=False):
            self.port, self.sandbox_port = port, free_port()
            super().start(again=True)

    failures = []
    try:
        with HostileDemo(environment=environment) as demo:
            for what, plan, status, words in hostile.attacks(provider):
                if "user_info" in plan:
                    continue
                failures += attack(demo, provider, what, plan, status, WORDS[words])
            strong = {"claims": {"amr": ["mfa"], "acr": "LoA4"}}
            failures += attack(demo, provider, "an honest stranger", strong, 403, UNBOUND)
            failures += bound(demo, provider, strong)
            failures += [f"hostile staff: {fault}" for fault in sorted(set(provider.protocol_faults))]
            said = demo.program.output()
            if any(secret in said for secret in provider.secrets_seen if len(secret) > 16):
                failures.append("hostile staff: the log tells codes or tokens")
    finally:
        provider.stop()
    return failures


def bound(demo, provider, strong):
    """An administrator binds a name of her own to a leader's account: a code of the leader's own app is asked."""
    admin = RobotPerson(demo)
    story.sign_in_officer(admin, "quantri")
    admin.go("/quan-tri/co-quan/H01.30337")
    admin.click("Phạm Minh Đức")
    admin.fill("Mã người dùng tại dịch vụ định danh", hostile_provider.PERSON["sub"])
    admin.press("Gắn")
    failures = attack(demo, provider, "a name bound by one administrator", strong, 200, "Mã xác thực")
    for what, plan in (("alg none", {"sign": "none"}), ("another's key", {"sign": "stranger"})):
        failures += attack(demo, provider, f"{what}, bound", plan, 502, UNTRUSTED)
    return failures


if __name__ == "__main__":
    print("\n".join(main()) or "hostile staff: passed")

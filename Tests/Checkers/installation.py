# SPDX-License-Identifier: Apache-2.0
"""A province is installed by docs/operations.md, from an empty folder to the first officer, on either engine.

The settings are those of deploy/motcua.conf with addresses of this machine, the secrets those of deploy/make-secrets,
handed over as systemd does. What may go wrong on the way is done wrong once.
"""
import copy
import os
import pathlib
import pty
import re
import select
import subprocess
import tempfile
import time
import types

import filing  # noqa: F401  puts the browser folder on the path
import engines
import steps
from harness.processes import ROOT, Program, binary, free_port
from person import RobotPerson

PASSWORD = "con đò chiều qua sông Tiền"
LOGIN, NAME, OFFICER = "quantri.tinh", "Lê Văn An", "thunghiem.motcua"
CREATE = ("admin", "create", "--new-agency", "H77", "--agency-name", "Ủy ban nhân dân tỉnh Thử Nghiệm",
          "--login", LOGIN, "--name", NAME)


class Machine:
    """An empty Debian as far as the guide knows it: a file of settings, a folder of secrets, a folder of data."""

    def __init__(self, folder, database):
        self.folder = folder
        self.data, self.secrets, self.file = folder / "var", folder / "secrets", folder / "motcua.conf"
        self.roots = folder / "trust-roots.pem"
        self.port, self.admin_port = free_port(), free_port()
        self.base, self.admin = f"http://127.0.0.1:{self.port}", f"http://127.0.0.1:{self.admin_port}"
        self.database = database
        self.failures = []

    def prepare(self):
        """Steps 1 to 3 of the guide."""
        subprocess.run([ROOT / "deploy" / "make-secrets", self.secrets], check=True, capture_output=True)
        kept = (self.secrets / "slip-key").read_text()
        again = subprocess.run([ROOT / "deploy" / "make-secrets", self.secrets], check=True, capture_output=True,
                               text=True)
        if (self.secrets / "slip-key").read_text() != kept or "oidc-secret" not in again.stdout:
            self.failures.append(f"make-secrets, run again, changes a key or hides what lacks: {again.stdout}")
        for name in ("oidc-secret", "payment-key1", "payment-key2"):
            (self.secrets / name).write_text("từ-bên-ngoài\n")
        certificate(self.roots, 3650)
        self.settings()

    def settings(self, **changes):
        """deploy/motcua.conf with what is of this machine; changes on top."""
        text = (ROOT / "deploy" / "motcua.conf").read_text()
        own = {
            "PORT": self.port, "PUBLIC_URL": self.base, "ADMIN_PORT": self.admin_port, "ADMIN_URL": self.admin,
            "DRAIN_SECONDS": 0, "RESOURCES": ROOT / "resources", "PROCEDURES": ROOT / "procedures",
            "TRUST_ROOTS": self.roots, **changes,
        }
        for name, value in own.items():
            line = f"MOTCUA_{name}={value}"
            text, found = re.subn(rf"(?m)^MOTCUA_{name}=.*$", line, text)
            if not found:
                text += line + "\n"
        self.file.write_text(text)

    def environment(self):
        bare = {name: value for name, value in os.environ.items() if not name.startswith("MOTCUA_")}
        own = {"CREDENTIALS_DIRECTORY": str(self.secrets), "MOTCUA_DATA": str(self.data)}
        if self.database:
            own["MOTCUA_DATABASE"] = self.database
        return {**bare, **own}

    def run(self, *words, said=None):
        """(exit code, what it said) of a command; what is said to it comes by standard input."""
        done = subprocess.run(
            [binary("motcua"), *words, "--config", str(self.file)], env=self.environment(), cwd=self.folder,
            capture_output=True, text=True, input=said or "", timeout=120, check=False,
        )
        return done.returncode, done.stdout + done.stderr

    def expect(self, name, code, *words, of, said=None):
        answer, told = self.run(*of, said=said)
        missing = [word for word in words if word not in told]
        if answer != code or missing:
            self.failures.append(f"{name}: exit code {answer} instead of {code}, lacks {missing}: {told[-900:]}")
        return told


def certificate(path, days, key=None):
    """A certificate that signs itself, and its key."""
    key = key or path.with_suffix(".key")
    command = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
               "-keyout", str(key), "-out", str(path), "-subj", "/CN=Gốc thử", "-utf8", "-days", str(days)]
    subprocess.run(command, check=True, capture_output=True)


def doctor_before(machine):
    """What a newcomer sees of each thing that is not there yet; and nothing is made by asking."""
    machine.expect("doctor without a folder", 2, "MOTCUA_DATA", str(machine.data), "motcua migrate", of=["doctor"])
    if machine.data.exists():
        machine.failures.append("doctor made the folder of data")
    machine.data.mkdir(mode=0o750)
    machine.expect("doctor without a database", 2, "motcua migrate", of=["doctor"])
    if list(machine.data.iterdir()):
        machine.failures.append(f"doctor made {[one.name for one in machine.data.iterdir()]}")
    bare = copy.copy(machine)
    bare.file, bare.secrets = machine.folder / "empty.conf", machine.folder / "nowhere"
    bare.file.write_text("")
    answer, told = bare.run("doctor")
    for name in ("SLIP_KEY", "LOG_KEY", "OIDC_ISSUER", "OIDC_SECRET", "PAYMENT_URL", "TSA_URL", "MAIL_URL", "SMS_URL"):
        if answer != 2 or f"Thiếu cấu hình MOTCUA_{name}" not in told:
            machine.failures.append(f"doctor without settings: {answer}, {name} is not named: {told[-600:]}")
    machine.settings(PUBLIC_URL="hehe", OIDC_ISSUER="ftp://x", TRUST_ROOTS="/nowhere/goc.pem", MAIL_URL="nonsense",
                     SIGNERS="/nowhere/signers", PORT="nhiều", WORKER="có")
    machine.expect(
        "doctor with nonsense", 2, "MOTCUA_PUBLIC_URL", "MOTCUA_OIDC_ISSUER", "/nowhere/goc.pem", "MOTCUA_MAIL_URL",
        "/nowhere/signers", "MOTCUA_PORT", "MOTCUA_WORKER", of=["doctor"],
    )
    if machine.run("serve")[0] == 0:
        machine.failures.append("serve starts with nonsense")
    machine.settings()


def doctor_after(machine):
    """A database that stands: certificates, secrets, what still lacks."""
    machine.expect("doctor after migrate", 0, "Mọi thứ đúng", "Chưa có cơ quan nào", "--new-agency",
                   "Chưa cung cấp thủ tục nào", of=["doctor"])
    soon = machine.folder / "soon.pem"
    certificate(soon, 10)
    machine.settings(TRUST_ROOTS=soon)
    machine.expect("a certificate that ends soon", 0, "CHÚ Ý", "sẽ hết hạn", of=["doctor"])
    ended = machine.folder / "ended.pem"
    past(machine.folder, ended)
    machine.settings(TRUST_ROOTS=ended)
    machine.expect("a certificate that has ended", 2, "MOTCUA_TRUST_ROOTS", "hết hạn ngày", of=["doctor"])
    machine.settings()
    secret = machine.secrets / "officer-key"
    secret.chmod(0o644)
    machine.expect("a secret for all", 2, "MOTCUA_OFFICER_KEY", "chmod 600", of=["doctor"])
    secret.chmod(0o600)
    signers = machine.data / "signers"
    signers.mkdir(mode=0o700)
    certificate(signers / "lanhdao.chain.pem", 300, signers / "lanhdao.key.pem")
    (signers / "lanhdao.key.pem").chmod(0o644)
    machine.expect("a signing key for all", 2, "lanhdao.key.pem", of=["doctor"])
    for one in signers.iterdir():
        one.unlink()
    signers.rmdir()


def past(folder, path):
    """A certificate whose last day was in the year 2020."""
    (folder / "index.txt").write_text("")
    (folder / "serial").write_text("01\n")
    (folder / "ca.cnf").write_text(
        "[ca]\ndefault_ca=own\n[own]\ndatabase=index.txt\nserial=serial\nnew_certs_dir=.\ndefault_md=sha256\n"
        "policy=any\n[any]\ncommonName=supplied\n"
    )
    for command in (
        ["req", "-new", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-keyout", "ended.key",
         "-out", "ended.csr", "-subj", "/CN=Het han"],
        ["ca", "-batch", "-config", "ca.cnf", "-selfsign", "-keyfile", "ended.key", "-in", "ended.csr",
         "-out", path.name, "-startdate", "20190101000000Z", "-enddate", "20200101000000Z", "-notext"],
    ):
        subprocess.run(["openssl", *command], cwd=folder, check=True, capture_output=True)


def accounts(machine):
    """The first agency and its administrator; what is wrong leaves nothing behind, and once more changes nothing."""
    usual = ("admin", "create", "--agency", "H77", "--login", LOGIN, "--name", NAME)
    machine.expect("no agency yet", 1, "--new-agency H77", of=usual, said=PASSWORD + "\n")
    for weak in ("ngắn", "123456789012", f"{LOGIN} và số 1"):
        machine.expect(f"the weak password {weak}", 1, "Chưa tạo gì", of=CREATE, said=weak + "\n")
    machine.expect("no password", 1, "--password-file", of=CREATE)
    machine.expect("a good password", 0, "Đã lập cơ quan H77", "Văn phòng", f"Đã tạo tài khoản quản trị {LOGIN}",
                   of=CREATE, said=PASSWORD + "\n")
    machine.expect("once more", 0, "đã có từ trước", of=CREATE, said="một mật khẩu khác hẳn\n")
    taken = (*CREATE[:2], "--new-agency", "H77", "--agency-name", "Tỉnh khác", "--login", "khac", "--name", "Khác")
    machine.expect("a code that is taken", 1, "--agency H77", of=taken, said=PASSWORD + "\n")
    file = machine.folder / "password"
    file.write_text("mùa nước nổi ở Thử Nghiệm\n")
    second = ("admin", "create", "--agency", "H77", "--unit", "Văn phòng", "--login", "quantri.hai", "--name",
              "Trần Thị Ba", "--password-file", str(file))
    machine.expect("a second administrator, unit by name", 0, "quantri.hai", of=second)
    machine.expect("a unit that is none", 1, "“Văn phòng”",
                   of=("admin", "create", "--agency", "H77", "--unit", "Không có", "--login", "ba", "--name", "Ba"))
    table = machine.folder / "agencies.csv"
    table.write_text("code,name,kind,level,desk\nH77.01,Sở Tư pháp tỉnh Thử Nghiệm,so,tinh,\n"
                     "H77.101,Ủy ban nhân dân xã Phú Lộc,ubnd,xa,Trung tâm Phục vụ hành chính công\n")
    machine.expect("a table of agencies", 0, "Đã thêm 2 cơ quan", of=("import", "agencies", str(table)))
    machine.expect("the table once more", 0, "2 cơ quan đã có", of=("import", "agencies", str(table)))
    table.write_text("code,name,kind,level\nH77.102,Ủy ban nhân dân xã Khác,ubnd,xa\n"
                     "H99.1,Ủy ban nhân dân xã Lạ,ubnd,xa\n")
    machine.expect("a table with a fault", 1, "Dòng 3", "Chưa thêm cơ quan nào", of=("import", "agencies", str(table)))
    at_terminal(machine)


def at_terminal(machine):
    """A person types at a terminal and sees nothing of it; the first one is refused and asked for again."""
    words = [str(binary("motcua")), "admin", "create", "--agency", "H77", "--login", "quantri.ba", "--name", "Ngô Bốn",
             "--config", str(machine.file)]
    child, terminal = pty.fork()
    if child == 0:
        os.chdir(machine.folder)
        os.execve(words[0], words, machine.environment())
    seen, status = b"", None
    typed = [b"ngan\n", b"ngan\n", "gõ mà không hiện ra\n".encode(), "gõ mà không hiện ra\n".encode()]
    end = time.monotonic() + 60
    while time.monotonic() < end:
        if select.select([terminal], [], [], 0.3)[0]:
            try:
                seen += os.read(terminal, 4096)
            except OSError:
                break  # it has ended
        asked = seen.decode("utf-8", "replace").count("Mật khẩu (") + seen.decode("utf-8", "replace").count("Gõ lại")
        if typed and asked > 4 - len(typed):
            time.sleep(0.2)  # the echo is switched off just after the question
            os.write(terminal, typed.pop(0))
    _, status = os.waitpid(child, 0)
    told = seen.decode("utf-8", "replace")
    if os.waitstatus_to_exitcode(status) or "Đã tạo tài khoản" not in told or "ít nhất 12" not in told:
        machine.failures.append(f"at a terminal: {status}: {told[-600:]}")
    if "không hiện ra\r" in told or "ngan" in told:
        machine.failures.append(f"at a terminal the password is shown: {told[-600:]}")


def pages(machine):
    """The administrator's first sign-in, an agency and an officer on the pages, and the state of the system."""
    machine_at = types.SimpleNamespace(base=machine.admin, sandbox="http://127.0.0.1:1")
    admin = RobotPerson(machine_at)
    steps.enter(admin, LOGIN, PASSWORD)
    admin.go("/quan-tri")
    admin.sees("Tỉnh Thử Nghiệm", "Nhật ký sự kiện", "Không có dữ liệu mẫu")
    steps_told = admin.find(r"\d+ bước đã áp dụng").split()[0]
    if f"({steps_told} bước)" not in machine.run("migrate")[1]:
        machine.failures.append(f"migrate counts other steps than the page: {steps_told}")
    if admin.go("/quan-tri/co-quan/H77.102") != 404:
        machine.failures.append("half a table of agencies was kept")
    admin.go("/quan-tri/co-quan/H77")
    admin.sees("Ủy ban nhân dân xã Phú Lộc")
    admin.click("Thêm cơ quan trực thuộc")
    admin.fill("Tên cơ quan", "Ủy ban nhân dân xã Bình An")
    admin.fill("Mã cơ quan", "H77.1")
    admin.pick("Loại cơ quan", "Ủy ban nhân dân")
    admin.pick("Cấp", "Cấp xã")
    if admin.has_field("Địa danh"):
        admin.fill("Địa danh", "Bình An")
    admin.press("Thêm cơ quan")
    admin.sees("Đã thêm cơ quan", "Ủy ban nhân dân xã Bình An")
    admin.click("Thêm đơn vị")
    admin.fill("Tên đơn vị", "Trung tâm Phục vụ hành chính công")
    admin.press("Thêm đơn vị")
    admin.sees("Đã thêm đơn vị")
    admin.go("/quan-tri/co-quan/H77.1/can-bo-moi")
    admin.fill("Họ và tên", "Phạm Thị Tư")
    admin.fill("Chức vụ", "Công chức tiếp nhận")
    admin.fill("Đơn vị", "Trung tâm Phục vụ")
    admin.fill("Một cửa" if admin.has_field("Một cửa") else "Tiếp nhận", "1")
    admin.fill("Tên đăng nhập", OFFICER)
    admin.press("Thêm cán bộ")
    admin.sees("Đã thêm cán bộ", OFFICER, "Mật khẩu chỉ hiện một lần")
    admin.go("/quan-tri/thu-tuc")
    admin.sees("đối chiếu")


def walk(engine):
    with tempfile.TemporaryDirectory() as folder, engines.database(engine) as database:
        machine = Machine(pathlib.Path(folder), database)
        machine.prepare()
        doctor_before(machine)
        machine.expect("migrate", 0, "phiên bản mới nhất", of=["migrate"])
        doctor_after(machine)
        server = Program([binary("motcua"), "serve", "--config", machine.file], machine.environment())
        try:
            server.wait_ready(machine.base + "/healthz")
            first = RobotPerson(machine)
            first.go("/")
            first.sees("Chính quyền địa phương")
            first.sees_not("An Giang")
            accounts(machine)
            pages(machine)
        finally:
            server.stop()
        machine.expect("doctor at the end", 0, "Mọi thứ đúng", of=["doctor"])
        archive = str(machine.folder / "1.mcbk")
        machine.expect("the first backup", 0, of=["backup", archive])
        machine.expect("the archive read back", 0, of=["restore", "--check", archive])
        return [f"{engine}: {failure}" for failure in machine.failures]


if __name__ == "__main__":
    print("\n".join(walk("sqlite")) or "installation: passed")

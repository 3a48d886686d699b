// SPDX-License-Identifier: Apache-2.0

import HTTPTypes
import Kernel
import Hummingbird
import Markup

/// The front page, the control page, the style and the health address.
struct ControlRoutes: Sendable {
    let faults: FaultBoard
    let settings: SandboxSettings
    let base: @Sendable () -> String

    func add(to router: Router<BasicRequestContext>) {
        router.get("/") { _, _ in Exchange.page(ControlPages.front(base(), settings)) }
        router.get("healthz") { _, _ in Exchange.text("ok\n") }
        router.get("sandbox.css") { _, _ in
            Exchange.answer(Array(SandboxPage.style.utf8), type: "text/css; charset=utf-8")
        }
        router.get("dieu-khien") { _, _ in Exchange.page(ControlPages.control(faults.snapshot)) }
        router.get("dieu-khien.json") { _, _ in try Exchange.json(faults.snapshot) }
        router.post("dieu-khien") { request, _ in try await change(request) }
    }

    /// JSON from tests (answered with the state), a form from the page (answered with the page).
    private func change(_ request: Request) async throws -> Response {
        if request.headers[.contentType]?.hasPrefix("application/json") == true {
            faults.change(try Exchange.decode(FaultBoard.Change.self, try await Exchange.bytes(request)))
            return try Exchange.json(faults.snapshot)
        }
        let form = try await Exchange.form(request)
        var change = FaultBoard.Change()
        change.fault = form["fault"].flatMap(Fault.init(rawValue:))
        change.on = form["on"].map { $0 == "true" }
        change.delayMilliseconds = form["delayMilliseconds"].flatMap { Int($0) }
        change.unavailablePercent = form["unavailablePercent"].flatMap { Int($0) }
        change.seed = form["seed"].flatMap { UInt64($0) }
        change.reset = form["reset"].map { $0 == "true" }
        faults.change(change)
        return Exchange.redirect("/dieu-khien")
    }
}

/// The pages for whoever runs a demonstration.
enum ControlPages {
    static func front(_ base: String, _ settings: SandboxSettings) -> HTML {
        SandboxPage.html(
            "Thế giới bên ngoài, mô phỏng",
            """
            <p>Chương trình này đóng vai các hệ thống mà cổng dịch vụ công kết nối: định danh, thanh toán, dấu thời gian, \
            chứng thư số, thư và tin nhắn. Bình thường mọi thứ chạy đúng; từng lỗi có thể bật riêng ở trang điều khiển.</p>
            <dl>
            <dt>Định danh (OpenID Connect)</dt><dd>\(base)/dinh-danh</dd>
            <dt>Thanh toán (bản 3)</dt><dd>\(base)/cong-thanh-toan/api/create, \(base)/cong-thanh-toan/api/query</dd>
            <dt>Dấu thời gian (RFC 3161)</dt><dd>\(base)/tsa</dd>
            <dt>Chứng thư số</dt><dd>\(base)/ca/issue, <a href="/ca/root.pem">chứng thư gốc</a></dd>
            <dt>Thư, tin nhắn</dt><dd>\(base)/mail, \(base)/sms</dd>
            <dt>Báo kết quả thanh toán tới</dt><dd>\(settings.paymentNotifyURL.isEmpty ? "chưa đặt" : settings.paymentNotifyURL)</dd>
            </dl>
            <ul>
            <li><a href="/dieu-khien">Bật, tắt từng lỗi</a></li>
            <li><a href="/hop-thu">Đọc thư và tin nhắn đã gửi</a></li>
            <li><a href="/cong-thanh-toan/giao-dich.json">Các giao dịch (JSON)</a></li>
            </ul>
            """
        )
    }

    static func control(_ snapshot: FaultBoard.Snapshot) -> HTML {
        SandboxPage.html(
            "Điều khiển lỗi",
            """
            <p>Hạt giống ngẫu nhiên: <strong>\(snapshot.seed)</strong>. Lặp lại một lần chạy bằng cùng hạt giống.</p>
            <form method="post" action="/dieu-khien"><input type="hidden" name="reset" value="true">
            <p><button>Tắt mọi lỗi</button></p></form>
            <form method="post" action="/dieu-khien">
            <fieldset><legend>Mọi câu trả lời</legend>
            <div class="row">
            <p><label for="tre">Trễ nhiều nhất (mili giây)</label><br>
            <input type="number" id="tre" name="delayMilliseconds" min="0" max="15000" value="\(snapshot.delayMilliseconds)"></p>
            <p><label for="ti-le">Tỉ lệ trả lời 503 (%)</label><br>
            <input type="number" id="ti-le" name="unavailablePercent" min="0" max="100" value="\(snapshot.unavailablePercent)"></p>
            <p><label for="hat-giong">Hạt giống</label><br>
            <input type="number" id="hat-giong" name="seed" min="0" value="\(snapshot.seed)"></p>
            <p><button class="plain">Đặt</button></p>
            </div></fieldset></form>
            \(each: Fault.Group.allCases, { section($0, snapshot) })
            <h2>Lỗi đã gây ra</h2>
            \(if: snapshot.injected.isEmpty, "<p>Chưa có lỗi nào.</p>")
            \(if: !snapshot.injected.isEmpty, record(snapshot))
            """
        )
    }

    private static func section(_ group: Fault.Group, _ snapshot: FaultBoard.Snapshot) -> HTML {
        """
        <h2>\(group.rawValue)</h2>
        <ul class="choices">
        \(each: Fault.allCases.filter { $0.group == group }, { toggle($0, isOn: snapshot.faults[$0.rawValue] ?? false) })
        </ul>
        """
    }

    private static func toggle(_ fault: Fault, isOn: Bool) -> HTML {
        """
        <li><form method="post" action="/dieu-khien" class="row">
        <input type="hidden" name="fault" value="\(fault.rawValue)">
        <span class="grow">\(fault.vietnamese)<br><span class="\(isOn ? "on" : "muted")">\(isOn ? "đang bật" : "đang tắt")</span> \
        <code>\(fault.rawValue)</code></span>
        <button name="on" value="\(isOn ? "false" : "true")" class="plain" \
        aria-label="\(isOn ? "Tắt" : "Bật"): \(fault.vietnamese)">\(isOn ? "Tắt" : "Bật")</button>
        </form></li>
        """
    }

    private static func record(_ snapshot: FaultBoard.Snapshot) -> HTML {
        """
        <div class="scroll" role="region" aria-label="Lỗi đã gây ra" tabindex="0"><table>
        <thead><tr><th scope="col">Số</th><th scope="col">Lúc</th><th scope="col">Lỗi</th><th scope="col">Chi tiết</th></tr></thead>
        <tbody>
        \(each: snapshot.injected.reversed().prefix(100), line)
        </tbody></table></div>
        """
    }

    private static func line(_ injection: FaultBoard.Injection) -> HTML {
        """
        <tr><td>\(injection.number)</td><td>\(injection.at.vietnamese)</td><td>\(injection.fault)</td>\
        <td>\(injection.detail)</td></tr>
        """
    }
}

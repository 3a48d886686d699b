// SPDX-License-Identifier: Apache-2.0

import Kernel
import Digests
import HTTPTypes
import Hummingbird
import Markup

/// Where mail and text messages arrive, and where they are read.
struct MailboxRoutes: Sendable {
    let mailbox: Mailbox
    let faults: FaultBoard

    /// A mail with attachments of one dossier, in base64.
    static let mailBytes = 40 * 1_024 * 1_024

    func add(to router: Router<BasicRequestContext>) {
        router.post("sms") { request, _ in try await sms(request) }
        router.post("mail") { request, _ in try await mail(request) }
        router.get("hop-thu") { request, _ in
            let to = Exchange.query(request)["to"].flatMap { $0.isEmpty ? nil : $0 }
            return Exchange.page(MailboxPages.list(mailbox.messages(to: to), to: to))
        }
        router.get("hop-thu.json") { request, _ in
            let to = Exchange.query(request)["to"].flatMap { $0.isEmpty ? nil : $0 }
            return try Exchange.json(["messages": mailbox.messages(to: to)])
        }
        router.get("hop-thu/{number}/tep/{index}") { _, context in try attachment(context) }
        router.post("hop-thu/xoa") { _, _ in
            mailbox.empty()
            return Exchange.redirect("/hop-thu")
        }
    }

    private struct SMS: Decodable {
        var recipient: String
        var text: String
        var sender: String?
    }

    private struct Mail: Decodable {
        var to: String
        var subject: String
        var text: String
        var from: String?
        var attachments: [Mailbox.Attachment]?
    }

    private func sms(_ request: Request) async throws -> Response {
        guard !faults.injects(.smsDown) else { return Exchange.text("", status: .serviceUnavailable) }
        guard !faults.injects(.smsQuota) else { return Exchange.text("", status: .tooManyRequests) }
        let message = try Exchange.decode(SMS.self, try await Exchange.bytes(request))
        guard !message.recipient.isEmpty, !message.text.isEmpty else {
            throw SandboxRefusal(status: .unprocessableContent, text: "Thiếu số điện thoại hoặc nội dung.")
        }
        let number = mailbox.take(
            .sms,
            from: message.sender ?? "",
            to: message.recipient,
            subject: "",
            text: message.text
        )
        return try Exchange.json(["id": "sms-\(number)"], status: .accepted)
    }

    private func mail(_ request: Request) async throws -> Response {
        guard !faults.injects(.mailDown) else { return Exchange.text("", status: .serviceUnavailable) }
        let message = try Exchange.decode(Mail.self, try await Exchange.bytes(request, limit: Self.mailBytes))
        guard !message.to.isEmpty else {
            throw SandboxRefusal(status: .unprocessableContent, text: "Thiếu người nhận.")
        }
        var number = 0
        for _ in 0..<(faults.injects(.mailDuplicate) ? 2 : 1) {
            number = mailbox.take(
                .mail,
                from: message.from ?? "",
                to: message.to,
                subject: message.subject,
                text: message.text,
                attachments: message.attachments ?? []
            )
        }
        return try Exchange.json(["id": "mail-\(number)"], status: .accepted)
    }

    private func attachment(_ context: BasicRequestContext) throws -> Response {
        let number = context.parameters.get("number").flatMap { Int($0) }
        let index = context.parameters.get("index").flatMap { Int($0) } ?? -1
        guard let message = mailbox.messages().first(where: { $0.number == number }),
            message.attachments.indices.contains(index), let bytes = [UInt8](base64: message.attachments[index].base64)
        else { throw SandboxRefusal(status: .notFound, text: "Không có tệp này.") }
        var response = Exchange.answer(bytes, type: "application/octet-stream")
        let name = Exchange.encoded(message.attachments[index].name)
        response.headers[.contentDisposition] = "attachment; filename*=UTF-8''\(name)"
        return response
    }
}

/// The page of the mailbox.
enum MailboxPages {
    static func list(_ messages: [Mailbox.Message], to: String?) -> HTML {
        SandboxPage.html(
            "Hộp thư thử nghiệm",
            """
            <p>Mọi thư điện tử và tin nhắn mà hệ thống gửi ra đều dừng ở đây, mới nhất ở trên.</p>
            <form method="get" action="/hop-thu" class="row">
            <label for="to">Người nhận</label> <input type="text" id="to" name="to"\(attribute: "value", to)>
            <button class="plain">Lọc</button></form>
            <form method="post" action="/hop-thu/xoa"><p><button class="stop">Xóa tất cả</button></p></form>
            \(if: messages.isEmpty, "<p>Chưa có thư hoặc tin nhắn nào.</p>")
            <ol class="choices" reversed>
            \(each: messages, item)
            </ol>
            """
        )
    }

    private static func item(_ message: Mailbox.Message) -> HTML {
        """
        <li><h2>\(message.kind == .sms ? "Tin nhắn" : "Thư"): \(message.subject.isEmpty ? "gửi \(message.to)" : message.subject)</h2>
        <dl><dt>Gửi tới</dt><dd>\(message.to)</dd><dt>Lúc</dt><dd>\(message.at.vietnamese)</dd></dl>
        <pre>\(message.text)</pre>
        \(if: !message.attachments.isEmpty, files(message))
        </li>
        """
    }

    private static func files(_ message: Mailbox.Message) -> HTML {
        let links = message.attachments.enumerated().map { index, attachment -> HTML in
            "<li><a href=\"/hop-thu/\(message.number)/tep/\(index)\">\(attachment.name)</a></li>"
        }
        return "<p>Tệp kèm:</p><ul>\(HTML.joined(links))</ul>"
    }
}

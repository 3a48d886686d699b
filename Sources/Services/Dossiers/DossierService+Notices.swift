// SPDX-License-Identifier: Apache-2.0

public import Kernel
import Paper
import Storage

/// Where messages to applicants go; built by the composition root over `Outbound`.
public struct NoticePorts: Sendable {
    /// Sends a mail. Throws when the server did not take it; then the job is tried again.
    public var mail: @Sendable (_ to: String, _ subject: String, _ body: String) async throws -> Void
    /// Sends a short message. Throws when the gateway did not take it; the same reference marks the same message.
    public var sms: @Sendable (_ to: PhoneNumber, _ text: String, _ reference: String) async throws -> Void

    /// Ports that do what the closures do.
    public init(
        mail: @escaping @Sendable (_ to: String, _ subject: String, _ body: String) async throws -> Void,
        sms: @escaping @Sendable (_ to: PhoneNumber, _ text: String, _ reference: String) async throws -> Void
    ) {
        self.mail = mail
        self.sms = sms
    }
}

extension DossierNotice {
    /// The name of its texts in `resources/forms/notices`; nil where nothing is sent.
    func template(granted: Bool) -> String? {
        switch self {
        case .submitted: "submitted"
        case .received: "received"
        case .declined: "declined"
        case .supplement: "supplement"
        case .settled: "payment-settled"
        case .lengthened: "lengthened"
        case .decided: granted ? "result-ready" : "refused"
        case .delivered: "delivered"
        case .withdrawn: "withdrawn"
        case .stopped: nil
        }
    }
}

extension DossierService {
    /// Sends one queued notice: called by the worker for a job of kind `DossierNotice.jobKind`.
    ///
    /// A repeated call sends again: the transport is at least once, the job is completed after the message was taken.
    /// - Throws: what the ports throw, `PaperError`, `StoreError`.
    public func send(noticeJob payload: String, reference: String, over ports: NoticePorts) async throws {
        let job = try JSONText.decode(DossierNotice.Payload.self, from: payload)
        let view = try await view(offeredTo: nil) { transaction in
            guard let state = try DossierTable.find(job.dossier, in: transaction) else { throw DossierRefusal.notFound }
            return state
        }
        let granted = view.state.decision == .granted
        guard let template = job.notice.template(granted: granted) else { return }
        let values = try await values(of: view, issuedAt: clock.now())
        if job.way == .mail, let email = view.personal.email {
            let letter = try templates.letter("notices/\(template).mail", values: values)
            try await ports.mail(email, letter.subject, letter.body)
        }
        if job.way == .sms, let phone = view.personal.phone {
            try await ports.sms(phone, try templates.text("notices/\(template).sms", values: values), reference)
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

import Catalogue
public import Digests
public import Identity
import Journal
public import Kernel
import Organisation
import Paper
import Payments
import WorkingTime

/// The papers that a dossier gives, besides its result.
public enum DossierPaper: String, Sendable, Hashable, CaseIterable {
    /// Xác nhận đã nộp: given at once by `submit`.
    case submissionConfirmation = "xac-nhan-da-nop"
    /// Giấy tiếp nhận hồ sơ và hẹn trả kết quả (mẫu 01).
    case intakeSlip = "giay-tiep-nhan"
    /// Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ (mẫu 02).
    case supplementNotice = "phieu-bo-sung"
    /// Phiếu từ chối tiếp nhận giải quyết hồ sơ (mẫu 03).
    case declineNotice = "phieu-tu-choi"

    /// What the button and the file are called.
    public var vietnamese: String {
        switch self {
        case .submissionConfirmation: "Xác nhận đã nộp"
        case .intakeSlip: "Giấy tiếp nhận hồ sơ và hẹn trả kết quả"
        case .supplementNotice: "Phiếu yêu cầu bổ sung"
        case .declineNotice: "Phiếu từ chối tiếp nhận"
        }
    }

    var template: String {
        switch self {
        case .submissionConfirmation: "submission-confirmation"
        case .intakeSlip: "TT03_2025/01-intake-slip"
        case .supplementNotice: "TT03_2025/02-supplement-notice"
        case .declineNotice: "TT03_2025/03-decline-notice"
        }
    }
}

extension DossierView {
    /// The papers that exist for this dossier now.
    public var papers: [DossierPaper] {
        DossierPaper.allCases.filter { paper in
            switch paper {
            case .submissionConfirmation: true
            case .intakeSlip: state.receivedAt != nil
            case .supplementNotice: !supplements.isEmpty
            case .declineNotice: state.status == .declined || state.decision == .refused
            }
        }
    }
}

extension DossierService {
    /// The secret in the QR code of a dossier's slips: 128 bits derived from the slip key, which is not in the
    /// database,
    /// so that a slip can be printed again and a stolen database opens nothing (docs/adr/0006).
    public func slipSecret(of id: DossierID) -> SecretToken {
        let code = HMACSHA256.code(key: settings.slipKey, message: Array("slip:\(id)".utf8))
        return SecretToken(.bits128, from: RandomSource { Array(code.bytes.prefix($0)) })
    }

    /// Where the QR code of a slip leads.
    public func trackingURL(of state: DossierState) -> String {
        "\(settings.publicURL)/ho-so/\(state.code)?ma=\(slipSecret(of: state.id).text)"
    }

    /// Where the QR code of a result leads.
    public func verificationURL(of id: ResultID) -> String { "\(settings.publicURL)/xac-minh?so=\(id)" }

    /// A paper of a dossier that the actor may see, as PDF.
    ///
    /// - Throws: `DossierRefusal.notFound` for a dossier that the actor may not see or a paper that does not exist
    ///   yet; `PaperError`.
    public func paper(_ paper: DossierPaper, of code: DossierCode, for actor: Actor) async throws -> [UInt8] {
        let view = try await judged(code, for: actor)
        guard view.papers.contains(paper) else { throw DossierRefusal.notFound }
        _ = try await noteReading(of: view.state, .paper, item: paper.rawValue, by: actor)
        let issuedAt = view.issuedAt(paper)
        let values = try await values(of: view, issuedAt: issuedAt)
        let document = try templates.document(paper.template, values: values, createdAt: issuedAt)
        return try await renderer.pdf(document)
    }

    /// The result drawn from the pack's template.
    func resultDocument(
        _ view: DossierView,
        _ result: ResultDocument,
        _ signature: ResultSignature
    ) async throws -> PaperDocument {
        guard let template = view.pack.result.template else { throw DossierRefusal.resultNotDrafted }
        let answers = view.pack.form?.templateValues(view.personal.answers) ?? [:]
        let drafted = view.pack.result.draftForm.templateValues(result.fields)
        var values = try await values(of: view, issuedAt: signature.at)
        // The names that a pack's template may use: docs/packs.md.
        values = values.merging([
            "answers": .record(FormValues(answers)),
            "result": .record(FormValues(drafted)),
            // A result is the agency's act, not the desk's.
            "desk": .text(""),
            "number": .text(signature.notation),
            "resultName": .text(result.title),
            "signerName": .text(signature.name),
            "signerPosition": .text(signature.title),
            "verifyURL": .text(verificationURL(of: result.id)),
            "preview": .flag(signature.isPreview),
        ])
        let name = "result/\(view.pack.code)"
        return try templates.adding([name: template.text])
            .document(name, values: values, createdAt: signature.at)
    }

    /// The one dictionary from which every form, letter and notice of a dossier is filled (docs/forms.md).
    func values(of view: DossierView, issuedAt: Instant) async throws -> FormValues {
        let (state, personal) = (view.state, view.personal)
        let parent = try await organisation.snapshot().superiorName(of: view.agency)
        let receiver = try await officer(of: view, after: "received")
        let promise = view.pack.promise(state.channel, variant: state.variant)
        let facts: FormValues = [
            "agency": .text(view.agency.name),
            "parentAgency": .text(parent ?? ""),
            "desk": .text("Bộ phận Tiếp nhận và Trả kết quả"),
            "number": .text(""),
            "place": .text(view.agency.place),
            "date": .text(issuedAt.date.onDocument),
            "dossierCode": .text(state.code.text),
            "copyLabel": .text(""),
            "applicantName": .text(personal.ownerName),
            "submitterName": .text(personal.filerName),
            "recipientName": .text(personal.filerName),
            "address": .text(personal.address ?? ""),
            "phone": .text(personal.phone?.grouped ?? ""),
            "email": .text(personal.email ?? ""),
            "procedureName": .text(view.pack.name),
            "procedureCode": .text(view.pack.code),
            "trackingURL": .text(trackingURL(of: state)),
            "pageURL": .text("\(settings.publicURL)/ho-so/\(state.code)"),
            "verifyURL": .text("\(settings.publicURL)/xac-minh"),
            "channel": .text(state.channel.vietnamese),
            "deliveryMethod": .text(state.delivery.vietnamese),
            "submittedAt": .text(state.submittedAt.onSlip),
            "receivedAt": .text(state.receivedAt?.onSlip ?? ""),
            "dueAt": .text(state.dueAt?.onSlip ?? ""),
            "decidedAt": .text(state.decidedAt?.onSlip ?? ""),
            "deliveredAt": .text(state.deliveredAt?.onSlip ?? ""),
            "withdrawnAt": .text(state.status == .withdrawn ? state.endedAt?.onSlip ?? "" : ""),
            "answerBefore": .text(answerBefore(view).onSlip),
            "clockRule": .text("Thời hạn giải quyết được tính lại từ đầu khi nhận đủ bổ sung."),
            "timeLimit": .text(promise?.limit.vietnamese ?? ""),
            "dossierCount": .text("\(view.pack.numberOfSets)"),
            "registerBook": .text(state.receivedAt.map { "\($0.date.year)" } ?? ""),
            "registerNumber": .text(state.registerNumber.map { "\($0)" } ?? ""),
            "components": .list(componentRows(view)),
            "hasFiles": .flag(!view.currentFiles.isEmpty),
            "files": .list(fileRows(view)),
            "nextSteps": .list(nextSteps(view)),
            "resultName": .text(view.result?.title ?? view.pack.result.name),
            "submitterNote": .text("(Đã xác nhận bằng định danh điện tử)"),
            "officerNote": .text(receiver == nil ? "" : "(Đã ký nhận trên hệ thống)"),
            "officerName": .text(receiver?.fullName ?? "Hệ thống tiếp nhận tự động"),
            "contactName": .text(receiver?.fullName ?? "Bộ phận Tiếp nhận và Trả kết quả"),
            "contactPhone": .text("1022"),
        ]
        return facts.merging(reasonValues(view)).merging(moneyValues(view)).merging(lengtheningValues(view))
    }

    // MARK: - Inside

    /// Empty where the time limit was not lengthened.
    private func lengtheningValues(_ view: DossierView) -> FormValues {
        let taken = view.lengthening
        return [
            "formerDueAt": .text(taken?.formerDueAt.onSlip ?? ""),
            "lengtheningNeed": .text(taken?.need ?? ""),
            "lengtheningReason": .text(taken?.reason ?? ""),
            "lengtheningBasis": .text(taken?.basis ?? ""),
        ]
    }

    private func moneyValues(_ view: DossierView) -> FormValues {
        let state = view.state
        let due = state.obligation == .due ? view.obligation?.total : nil
        return [
            "feeNote": .text(state.feeCorrection.map { Self.feeNote($0, due) } ?? ""),
            "refundDue": .text(state.feeCorrection.map { $0.refund > .zero ? $0.refund.description : "" } ?? ""),
            "feeDue": .text(state.obligation == .due ? view.obligation?.total.description ?? "" : ""),
            "amount": .text(view.obligation?.total.description ?? ""),
            "purpose": .text(view.obligation?.lines.map(\.name).joined(separator: "; ") ?? ""),
            "paidAt": .text(view.obligation?.settledAt?.onSlip ?? ""),
            "paymentReference": .text(view.obligation?.id.rawValue ?? ""),
            "refund": .text(
                state.obligation == .settled && state.status == .withdrawn
                    ? "Khoản đã nộp được xem xét hoàn theo quy định." : ""
            ),
        ]
    }

    /// `đã nộp 21.000 đ; theo số đã đối chiếu 30.000 đ; còn phải nộp 9.000 đ`.
    private static func feeNote(_ correction: FeeCorrection, _ due: VND?) -> String {
        let parts = ["đã nộp \(correction.paid)", "theo số đã đối chiếu \(correction.confirmed)"]
        let rest = due.map { "còn phải nộp \($0)" }
        let back = correction.refund > .zero ? "hoàn lại \(correction.refund)" : nil
        let extra = correction.extra > .zero && due == nil ? "đã nộp thêm \(correction.extra)" : nil
        return (parts + [rest, back, extra].compactMap(\.self)).joined(separator: "; ")
    }

    private func reasonValues(_ view: DossierView) -> FormValues {
        let defects = view.supplements.last?.items ?? []
        let reason = view.timeline.reversed().compactMap(\.note?.reason).first ?? ""
        return [
            "defects": .list(
                defects.enumerated().map { index, item in
                    [
                        "index": .text("\(index + 1)"),
                        "subject": .text(view.title(ofTarget: item.target)),
                        "reason": .text(item.text),
                    ]
                }
            ),
            "reason": .text(reason),
            "reasons": .list(reason.isEmpty ? [] : [["index": "1", "reason": .text(reason)]]),
            "legalBasis": .text(""),
            "nextStep": .text(""),
        ]
    }

    private func componentRows(_ view: DossierView) -> [FormValues] {
        let papers = view.pack.components.filter { component in
            view.currentFiles.contains { $0.component == component.id }
        }
        return papers.enumerated().map { index, component in
            let count = view.currentFiles.filter { $0.component == component.id }.count
            return [
                "index": .text("\(index + 1)"),
                "name": .text(component.name),
                "quantity": .text("\(count)"),
                "form": .text(CopyKind.electronic.vietnamese),
            ]
        }
    }

    private func fileRows(_ view: DossierView) -> [FormValues] {
        view.currentFiles.enumerated().map { index, file in
            [
                "index": .text("\(index + 1)"),
                "component": .text(view.title(ofTarget: file.component)),
                "fileName": .text(file.name),
                "sha256": .text(file.digest.hex),
                "size": .text(String(fileSize: file.size)),
            ]
        }
    }

    private func nextSteps(_ view: DossierView) -> [FormValues] {
        var steps: [String] = []
        if view.state.obligation == .due, view.state.status == .submitted, let due = view.obligation {
            steps.append("Nộp \(due.total) trên trang của hồ sơ. Cơ quan chỉ tiếp nhận sau khi đã nộp đủ.")
        }
        steps.append("Cơ quan kiểm tra hồ sơ và trả lời trước \(answerBefore(view).onSlip).")
        steps.append("Khi được tiếp nhận, Giấy tiếp nhận hồ sơ và hẹn trả kết quả được gửi tới Ông/Bà.")
        return steps.map { ["text": .text($0)] }
    }

    /// By when somebody must act: the agency on a new dossier within eight working hours, the applicant on a supplement
    /// within thirty days (ours).
    private func answerBefore(_ view: DossierView) -> Instant {
        if let asked = view.supplements.last, asked.answeredAt == nil { return asked.askedAt.adding(days: 30) }
        guard let hours = TimeLimit(8, .hour) else { return view.state.submittedAt }
        // Outside the years that the calendar knows there is no better answer than the next day.
        let deadline = try? Deadline(
            receivedAt: view.state.submittedAt,
            limit: hours,
            calendar: writer.calendar(view.state.agency)
        )
        return deadline?.dueAt ?? view.state.submittedAt.adding(days: 1)
    }

    /// The officer who did the last event of a kind; nil when the program did it.
    private func officer(of view: DossierView, after kind: String) async throws -> Officer? {
        guard let stamp = view.timeline.last(where: { $0.event.kind == kind })?.author, stamp.kind == .officer,
            let id = OfficerID(rawValue: stamp.id)
        else { return nil }
        return try await organisation.officer(id)
    }
}

extension FormValues {
    /// Answers as the templates take them.
    init(_ answers: [String: TemplateValue]) {
        self.init(
            answers.mapValues { value in
                switch value {
                case .text(let text): .text(text)
                case .record(let parts): .record(FormValues(parts))
                case .list(let rows): .list(rows.map { FormValues($0) })
                }
            }
        )
    }
}

extension DossierView {
    /// The files that belong to the dossier now.
    public var currentFiles: [DossierFile] { files.filter { $0.state == .current } }

    /// The label of a form field or the name of a paper.
    public func title(ofTarget target: String) -> String {
        if target == DossierBehalf.component { return "Giấy tờ về quyền đại diện" }
        return pack.form?.field(target)?.caption ?? pack.components.first { $0.id == target }?.name ?? "Hồ sơ"
    }

    /// When a paper was issued: the moment of the event that gives it.
    func issuedAt(_ paper: DossierPaper) -> Instant {
        switch paper {
        case .submissionConfirmation: state.submittedAt
        case .intakeSlip: state.receivedAt ?? state.submittedAt
        case .supplementNotice: supplements.last?.askedAt ?? state.submittedAt
        case .declineNotice: state.endedAt ?? state.decidedAt ?? state.submittedAt
        }
    }
}

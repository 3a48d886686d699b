// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Kernel
import Organisation
import Paper
import Storage

extension ConsultationNotice {
    fileprivate var headline: String {
        switch self {
        case .asked: "Được hỏi ý kiến"
        case .answered: "Đã có ý kiến trả lời"
        case .ended: "Không cần trả lời nữa"
        case .overdue: "Quá hạn trả lời ý kiến"
        }
    }

    fileprivate var sentence: String {
        switch self {
        case .asked: "Có câu hỏi ý kiến đang chờ trả lời."
        case .answered: "Nơi được hỏi đã trả lời."
        case .ended: "Câu hỏi ý kiến này đã rút hoặc hồ sơ đã kết thúc."
        case .overdue: "Đã quá hạn mà nơi được hỏi chưa trả lời."
        }
    }
}

extension DossierService {
    /// Officers to whom one letter goes at most.
    private static let readersAtMost = 20

    /// Sends one queued letter about a consultation: called by the worker for a job of `ConsultationNotice.jobKind`.
    ///
    /// A repeated call sends again: the transport is at least once.
    /// - Throws: what the ports throw, `PaperError`, `StoreError`.
    public func send(consultationJob payload: String, over ports: NoticePorts) async throws {
        let job = try JSONText.decode(ConsultationNotice.Payload.self, from: payload)
        let found = try await store.read { transaction -> (Consultation, DossierState)? in
            guard let one = try ConsultationTable.find(job.consultation, in: transaction),
                let state = try DossierTable.find(one.dossier, in: transaction)
            else { return nil }
            return (one, state)
        }
        guard let (asked, state) = found else { return }
        // What was answered or taken back in time is overdue no more.
        if job.notice == .overdue, !asked.state.isOpen { return }
        let everybody = try await organisation.snapshot()
        let pack = try await catalogue.pack(version: state.packVersion)
        let isForAsked = job.notice == .asked || job.notice == .ended
        let page = isForAsked ? "/viec/\(state.code)/y-kien/\(asked.state.id)" : "/viec/\(state.code)"
        let letter = try templates.letter(
            FormTemplates.consultationLetter,
            values: [
                "headline": .text(job.notice.headline),
                "sentence": .text(job.notice.sentence),
                "dossierCode": .text(state.code.text),
                "procedureName": .text(pack?.name ?? state.procedure),
                "subject": .text(pack?.workflow.consultation(asked.state.rule)?.name ?? asked.state.rule),
                "askerName": .text(everybody.agency(asked.state.askedBy)?.name ?? asked.state.askedBy.text),
                "partyName": .text(everybody.name(of: asked.state.party)),
                "answerBefore": .text(asked.state.dueAt.onSlip),
                "pageURL": .text(settings.publicURL + page),
            ]
        )
        let readers = isForAsked ? Self.asked(asked, everybody) : Self.asking(asked, job.notice, everybody)
        for address in readers.compactMap(\.email).prefix(Self.readersAtMost) {
            try await ports.mail(address, letter.subject, letter.body)
        }
    }

    /// Who answers for an agency or unit.
    private static func asked(_ one: Consultation, _ everybody: OrganisationSnapshot) -> [Officer] {
        everybody.officers(of: one.state.party.agency).filter { officer in
            !officer.roles.isDisjoint(with: [.specialist, .unitHead])
                && (one.state.party.unit == nil || officer.unit == one.state.party.unit)
        }
    }

    /// Who asked; of silence the one-stop desk is told too (NĐ 61/2018 art. 19.5).
    private static func asking(
        _ one: Consultation,
        _ notice: ConsultationNotice,
        _ everybody: OrganisationSnapshot
    ) -> [Officer] {
        let asker = one.asker.flatMap { everybody.officer($0) }.map { $0.isActive ? [$0] : [] } ?? []
        let desk = notice == .overdue ? everybody.officers(of: one.state.askedBy, having: .deskOfficer) : []
        return asker + desk
    }
}

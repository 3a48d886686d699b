// SPDX-License-Identifier: Apache-2.0

import Catalogue
public import Kernel
public import WorkingTime

/// What a version that is not published yet would mean for the dossiers in flight. They keep their version, so this
/// informs and forbids nothing.
public struct Rehearsal: Sendable, Hashable {
    /// What would be otherwise for one dossier.
    public enum Effect: Sendable, Hashable {
        /// Its channel is closed.
        case channelClosed
        /// Answers that hold would not; labels of the fields.
        case answersWrong([String])
        /// Papers would be missing; their names.
        case papersMissing([String])
        /// The step on which it stands does not exist; by its name.
        case stepGone(String)
        /// Another sum would be due.
        case feeChanged(from: VND, to: VND)
        /// The law would allow another time.
        case limitChanged(from: TimeLimit, to: TimeLimit)
        /// The time limit could not be lengthened as it can now, or by another length; the needs by their names.
        case lengtheningsChanged([String])

        /// As the page says it.
        public var vietnamese: String {
            switch self {
            case .channelClosed: "không còn nhận qua kênh đã nộp"
            case .answersWrong(let labels): "câu trả lời không còn hợp lệ: \(labels.joined(separator: ", "))"
            case .papersMissing(let names): "thiếu giấy tờ: \(names.joined(separator: ", "))"
            case .stepGone(let name): "bước đang xử lý không còn: \(name)"
            case .feeChanged(let from, let to): "phí, lệ phí đổi từ \(from) thành \(to)"
            case .limitChanged(let from, let to): "thời hạn đổi từ \(from.vietnamese) thành \(to.vietnamese)"
            case .lengtheningsChanged(let names): "việc kéo dài thời hạn đổi: \(names.joined(separator: ", "))"
            }
        }
    }

    /// A dossier for which something would be otherwise.
    public struct Affected: Sendable, Hashable {
        /// Its code.
        public let code: DossierCode
        /// What.
        public let effects: [Effect]
    }

    /// Open dossiers of the procedure that were looked at, the newest.
    public let taken: Int
    /// Whether there are more, which were not looked at.
    public let hasMore: Bool
    /// Those for which something would be otherwise.
    public let affected: [Affected]

    /// Most dossiers that are looked at: some milliseconds each.
    public static let limit = 500

    /// `12 hồ sơ đang xử lý giữ phiên bản cũ. Theo phiên bản mới: 3 hồ sơ sẽ thiếu giấy tờ; …`
    public var vietnamese: String {
        guard taken > 0 else { return "Không có hồ sơ nào đang xử lý." }
        let first =
            hasMore
            ? "\(taken) hồ sơ đang xử lý mới nhất đã được thử; mọi hồ sơ đang xử lý giữ phiên bản cũ."
            : "\(taken) hồ sơ đang xử lý giữ phiên bản cũ."
        let counts: [(String, Int)] = [
            ("sẽ không nộp được qua kênh đã chọn", count { if case .channelClosed = $0 { true } else { false } }),
            ("sẽ có câu trả lời không hợp lệ", count { if case .answersWrong = $0 { true } else { false } }),
            ("sẽ thiếu giấy tờ", count { if case .papersMissing = $0 { true } else { false } }),
            ("đang ở bước không còn nữa", count { if case .stepGone = $0 { true } else { false } }),
            ("sẽ có mức thu khác", count { if case .feeChanged = $0 { true } else { false } }),
            ("sẽ có thời hạn khác", count { if case .limitChanged = $0 { true } else { false } }),
            ("sẽ kéo dài thời hạn theo cách khác", count { if case .lengtheningsChanged = $0 { true } else { false } }),
        ]
        let parts = counts.filter { $0.1 > 0 }.map { "\($0.1) hồ sơ \($0.0)" }
        return parts.isEmpty
            ? "\(first) Theo phiên bản mới không hồ sơ nào thay đổi."
            : "\(first) Theo phiên bản mới: \(parts.joined(separator: "; "))."
    }

    private func count(_ isMeant: (Effect) -> Bool) -> Int { affected.count { $0.effects.contains(where: isMeant) } }
}

/// One dossier under the pack that it has and under another one. Pure.
struct RehearsedDossier: Sendable {
    let state: DossierState
    let answers: FormAnswers
    /// The papers that were handed in.
    let papers: Set<String>

    func effects(under new: ProcedurePack, instead old: ProcedurePack) -> [Rehearsal.Effect] {
        guard let method = new.method(state.channel) else { return [.channelClosed] }
        var effects: [Rehearsal.Effect] = []
        let (now, before) = (reading(new), reading(old))
        // What did not hold before either is no news: locked answers are the person's own.
        let wrong = now.problems.subtracting(before.problems)
        if !wrong.isEmpty {
            let labels = new.form?.fields.filter { wrong.contains($0.id) }.map(\.label) ?? []
            effects.append(.answersWrong(labels))
        }
        let missing = now.missing.filter { component in !before.missing.contains { $0.id == component.id } }
        if !missing.isEmpty { effects.append(.papersMissing(missing.map(\.name))) }
        if state.status == .processing, let step = state.step, new.workflow.step(step) == nil {
            effects.append(.stepGone(old.workflow.step(step)?.name ?? step))
        }
        if let fee = now.fee, let paid = before.fee, fee != paid {
            effects.append(.feeChanged(from: paid, to: fee))
        }
        if let limit = old.method(state.channel)?.timeLimit, limit != method.timeLimit {
            effects.append(.limitChanged(from: limit, to: method.timeLimit))
        }
        let moved = old.lengthenings.filter { new.lengthening($0.id)?.extent != $0.extent }
        if !moved.isEmpty { effects.append(.lengtheningsChanged(moved.map(\.name))) }
        return effects
    }

    private func reading(_ pack: ProcedurePack) -> (problems: Set<String>, missing: [RequiredComponent], fee: VND?) {
        let day = state.submittedAt.date
        let check = pack.form?.validate(answers, .whole, ValidationContext(today: day, channel: state.channel))
        let raw = ConditionContext(answers: check?.answers ?? answers, channel: state.channel, today: day)
        let effective = pack.form?.effectiveAnswers(raw) ?? raw.answers
        let context = ConditionContext(answers: effective, channel: state.channel, today: day)
        let missing = pack.components(context).filter { $0.isRequired && !papers.contains($0.component.id) }
        // Answers for which no fee can be told are wrong answers, and told as such.
        let fee = try? pack.fees.quote(effective, channel: state.channel, on: day).total
        return (Set((check?.problems ?? []).map(\.field)), missing.map(\.component), fee)
    }
}

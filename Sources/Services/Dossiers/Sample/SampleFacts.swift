// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Journal
import Kernel

/// The facts of events as the journal's JSON, each kind encoded once and then filled in: an encoder takes 50 µs, and a
/// sample has millions of events.
struct SampleFacts {
    /// A text with gaps between its parts.
    private struct Template {
        private let parts: [String]
        private let length: Int

        /// The facts of an event that holds these marks, in this order, where values differ.
        init(_ event: DossierEvent, marks: [String]) throws {
            var rest = try JSONValue(encoding: event).canonicalText[...]
            var parts: [String] = []
            for mark in marks {
                guard let range = rest.firstRange(of: mark) else { preconditionFailure("the event holds \(mark)") }
                parts.append(String(rest[..<range.lowerBound]))
                rest = rest[range.upperBound...]
            }
            self.parts = parts + [String(rest)]
            length = self.parts.reduce(0) { $0 + $1.utf8.count }
        }

        /// Codes, ids, numbers and moments: nothing that JSON would escape.
        func filled(_ values: String...) -> CanonicalJSON {
            precondition(values.count == parts.count - 1, "a value for each gap")
            var text = ""
            text.reserveCapacity(length + values.reduce(0) { $0 + $1.utf8.count })
            for (part, value) in zip(parts, values) {
                text += part
                text += value
            }
            if let last = parts.last { text += last }
            return CanonicalJSON(canonical: text)
        }
    }

    /// What a submission holds beside the agency, the applicant, the channel and the code.
    private struct SubmissionKind: Hashable {
        let packVersion: String
        let regime: Regime
    }

    private var submissions: [SubmissionKind: Template] = [:]
    private var moments: [Instant: String] = [:]
    private var others: [DossierEvent: CanonicalJSON] = [:]
    private let receipt: Template
    private let grant: Template

    /// At most so many are kept: steps, drafters and deadlines come again, codes and numbers do not.
    private static let limit = 20_000

    init() throws {
        let (moment, result) = (Instant(microseconds: 0), ResultID(Self.zeros))
        let received = DossierEvent.Received(dueAt: moment, registerNumber: Self.number)
        receipt = try Template(.received(received), marks: [moment.description, String(Self.number)])
        grant = try Template(.granted(result: result), marks: [result.rawValue])
    }

    /// The facts of an event.
    mutating func json(of event: DossierEvent) throws -> CanonicalJSON {
        switch event {
        case .submitted(let facts):
            return try template(of: facts)
                .filled(facts.agency.text, facts.applicant.rawValue, facts.channel.rawValue, facts.code.text)
        case .received(let facts): return receipt.filled(text(of: facts.dueAt), String(facts.registerNumber))
        case .granted(let result): return grant.filled(result.rawValue)
        default:
            if let json = others[event] { return json }
            let json = CanonicalJSON(try JSONValue(encoding: event))
            if others.count >= Self.limit { others = [:] }
            others[event] = json
            return json
        }
    }

    private mutating func template(of facts: DossierEvent.Submitted) throws -> Template {
        let kind = SubmissionKind(packVersion: facts.packVersion, regime: facts.regime)
        if let known = submissions[kind] { return known }
        var standing = facts
        standing.code = DossierCode(agency: facts.agency, day: LocalDate(daysSinceEpoch: 0), sequence: 0)
        standing.applicant = Identifier<DossierApplicant>(Self.zeros)
        // In the order of their names.
        let marks = [
            facts.agency.text, standing.applicant.rawValue, facts.channel.rawValue, standing.code.text,
        ]
        let template = try Template(.submitted(standing), marks: marks)
        submissions[kind] = template
        return template
    }

    private mutating func text(of moment: Instant) -> String {
        if let known = moments[moment] { return known }
        if moments.count >= Self.limit { moments = [:] }
        let text = moment.description
        moments[moment] = text
        return text
    }

    // What stands for a value that differs each time.
    private static let number: Int64 = 7_340_021
    private static let zeros = RandomSource { [UInt8](repeating: 0, count: $0) }
}

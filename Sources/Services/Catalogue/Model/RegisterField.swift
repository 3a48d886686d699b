// SPDX-License-Identifier: Apache-2.0

/// A column that the agency's book of issued results keeps beside number, day and signer.
public struct RegisterField: Hashable, Sendable {
    /// Where it is taken from.
    public enum Source: Hashable, Sendable {
        /// From what the applicant answered, by the field's id.
        case answer(String)
        /// From what the officer filled in on the result.
        case filled(String)
    }

    /// The id within the result.
    public let id: String
    /// The heading of the column.
    public let label: String
    /// Where it is taken from.
    public let source: Source
    /// Where the pack says it.
    public let place: SourcePlace

    /// Most columns of one book: a printed line holds no more.
    public static let countLimit = 12
}

/// One entry of a line of the book, as a person reads it.
public struct RegisterEntry: Hashable, Sendable {
    /// The heading of the column.
    public let label: String
    /// What stands in it; never empty.
    public let value: String
}

extension ProcedurePack {
    /// What the book of issued results says of one, in the order of the columns; columns without an answer are
    /// left out.
    ///
    /// - Parameters:
    ///   - answers: the applicant's, masked where the reader does not need them.
    ///   - filled: the result's.
    /// - Returns: heading and content of each column that has one.
    public func registerEntries(_ answers: FormAnswers, filled: FormAnswers) -> [RegisterEntry] {
        result.registerFields.compactMap { column in
            let text: String? =
                switch column.source {
                case .answer(let id): form?.field(id)?.summary(answers)
                case .filled(let id): result.draftForm.field(id)?.summary(filled)
                }
            guard let text, !text.isEmpty else { return nil }
            return RegisterEntry(label: column.label, value: text)
        }
    }
}

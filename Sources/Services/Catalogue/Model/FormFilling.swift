// SPDX-License-Identifier: Apache-2.0

extension FormSchema {
    /// The answers with the claims put in: locked fields are set over whatever was there, others only when empty.
    public func prefilling(_ answers: FormAnswers, with claims: IdentityClaims) -> FormAnswers {
        var filled = answers
        for field in fillableFields {
            guard let prefill = field.prefill, let claim = claims.values[prefill.source], !claim.isEmpty else {
                continue
            }
            let isEmpty = field.answerKeys.allSatisfy { (filled[$0] ?? "").isEmpty }
            if prefill.isLocked || isEmpty { filled[field.id] = claim }
        }
        return filled
    }

    /// What is kept after a page was sent: the answers of that page are replaced as a whole, so that a box without
    /// its tick loses the answer "yes" that it had; other pages stay.
    public func replacing(_ page: FormPage, with sent: FormAnswers, in kept: FormAnswers) -> FormAnswers {
        page.fields.reduce(kept) { answers, field in answers.replacing(field, with: sent) }
    }

    /// Ids of the fields that these claims fill and lock.
    public func lockedFields(by claims: IdentityClaims) -> Set<String> {
        Set(
            fillableFields.filter { field in
                guard let prefill = field.prefill, prefill.isLocked else { return false }
                return !(claims.values[prefill.source] ?? "").isEmpty
            }
            .map(\.id)
        )
    }

    /// The fields with one answer each that may be filled in advance: a person by its parts, rows never.
    private var fillableFields: [FormField] {
        fields.flatMap { $0.type == .person ? $0.members : $0.type == .group ? [] : [$0] }
    }

    /// The field, or the part of a person, that is filled from this claim.
    public func field(filledFrom claim: ClaimKind) -> FormField? {
        fillableFields.first { $0.prefill?.source == claim }
    }
}

extension FormAnswers {
    /// The answers to one field alone: the boxes of a day, the parts of a person and every row included.
    public func only(_ field: FormField) -> FormAnswers {
        FormAnswers(pairs.filter { field.owns($0.id) }.map { ($0.id, $0.value) })
    }

    /// These answers, those to one field taken away and put in anew.
    public func replacing(_ field: FormField, with others: FormAnswers) -> FormAnswers {
        FormAnswers(pairs.filter { !field.owns($0.id) }.map { ($0.id, $0.value) }).merging(others.only(field))
    }
}

extension FormField {
    /// Whether an answer of this name belongs to the field.
    public func owns(_ name: String) -> Bool { name == id || name.hasPrefix(id + ".") }
}

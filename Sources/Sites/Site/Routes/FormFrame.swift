// SPDX-License-Identifier: Apache-2.0

public import Catalogue
public import Kernel
public import Web

/// What a form of ours carries beside its answers: the hidden fields that `PageFrame.form` writes, read back.
extension FormFields {
    /// The key by which a second arrival gets the first answer; a form without one is no form of ours.
    ///
    /// - Throws: `RequestError.malformed`.
    public func idempotencyKey() throws -> String {
        guard let key = self["_key"], (1...64).contains(key.utf8.count) else {
            throw RequestError.malformed(reason: "no form key")
        }
        return key
    }

    /// The version of the object that the author of the form saw.
    ///
    /// - Throws: `RequestError.malformed`.
    public func seenVersion() throws -> Int {
        guard let version = self["_version"].flatMap({ Int($0) }) else {
            throw RequestError.malformed(reason: "no version")
        }
        return version
    }

    /// The answers among the fields: everything but what the frame adds. Ticked boxes of one name come as one answer,
    /// a line for each; the empty one among them says that all ticks may be gone.
    public var answers: FormAnswers {
        var answers = FormAnswers()
        for pair in pairs where !pair.name.hasPrefix("_") {
            let before = answers[pair.name] ?? ""
            answers[pair.name] = before.isEmpty || pair.value.isEmpty ? before + pair.value : "\(before)\n\(pair.value)"
        }
        return answers
    }
}

extension RandomSource {
    /// A new key of a form: the second press of its button gets the first answer.
    public func formKey() -> String { Identifier<FormFields>(self).rawValue }
}

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

    /// The answers among the fields: everything but what the frame adds.
    public var answers: FormAnswers {
        FormAnswers(pairs.filter { !$0.name.hasPrefix("_") }.map { ($0.name, $0.value) })
    }
}

extension RandomSource {
    /// A new key of a form: the second press of its button gets the first answer.
    public func formKey() -> String { Identifier<FormFields>(self).rawValue }
}

// SPDX-License-Identifier: Apache-2.0

import Dossiers
import Hummingbird
import Identity
import Kernel
import Logging
import Site
import Web

/// A document picked in the list, at the version that the list showed.
struct PickedDocument: Sendable, Hashable {
    var code: DossierCode
    var version: Int

    init(code: DossierCode, version: Int) { (self.code, self.version) = (code, version) }

    /// From the value of a box; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: "@")
        guard parts.count == 2, let code = DossierCode(String(parts[0])), let version = Int(parts[1]) else {
            return nil
        }
        self.init(code: code, version: version)
    }

    /// The value of its box.
    var text: String { "\(code.text)@\(version)" }
}

extension SigningHandlers {
    /// As many as a leader looks through in one go; each takes a time stamp from outside.
    private static let mostAtOnce = 50

    /// Signs what was picked, one after the other. Each has an outcome of its own: one that cannot be signed stops no
    /// other, stays in the list and says why.
    func signPicked(_ form: FormFields, _ request: Request, _ context: OfficerContext) async throws -> Response {
        let picked = form.all("pick").compactMap(PickedDocument.init)
        guard !picked.isEmpty else {
            let words = "Chưa ký văn bản nào. Chọn văn bản rồi bấm ký."
            return try await list(context, SigningOutcome(flash: words, isWarning: true))
        }
        guard picked.count <= Self.mostAtOnce else {
            let words = "Chưa ký văn bản nào. Mỗi lần ký không quá \(Self.mostAtOnce) văn bản."
            return try await list(context, SigningOutcome(flash: words, isWarning: true))
        }
        let actor: Actor
        do { actor = try await context.proved(by: form, services.signIn) } catch let missing as ProofMissing {
            // What was picked stays marked: one proof, and the batch is signed.
            let marked = Set(picked.map(\.text))
            return try await list(context, SigningOutcome(picked: marked, proofError: missing.words))
        }
        var failures: [String: String] = [:]
        var isWaiting = false
        for document in picked {
            do {
                let after = try await services.dossiers.approve(
                    document.code,
                    seen: document.version,
                    by: actor
                )
                isWaiting = isWaiting || after.signer != nil
            } catch let error as any Presentable {
                context.logger.warning("not signed", metadata: ["code": "\(error.code)"])
                failures[document.code.text] = error.publicDetail ?? "Chưa ký được, hãy thử lại sau"
            }
        }
        let signed = picked.count - failures.count
        guard !failures.isEmpty else {
            return .seeOther(SiteURL.signing.path([("bao", isWaiting ? "da-ky-cho" : "da-ky"), ("so", "\(signed)")]))
        }
        let words = "Đã ký \(signed) văn bản. \(failures.count) văn bản chưa ký được."
        return try await list(context, SigningOutcome(flash: words, isWarning: true, failures: failures))
    }
}

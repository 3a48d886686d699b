// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Synchronization
public import Web

/// What was typed into a form whose session had ended when it was sent: kept for half an hour in this process, under a
/// secret of the browser, until the person has signed in again and opens the page.
final class PendingForms: Sendable {
    static let cookie = "cho"
    static let keptSeconds = 1800
    /// 1,000 forms of at most 64 KiB: 64 MB at the very worst, about 2 MB in life.
    static let formLimit = 1000
    static let formLimitBytes = 64 * 1024
    /// Passwords and codes are never kept.
    static let secretFields: Set<String> = ["mat-khau", "mat-khau-cu", "mat-khau-moi", "ma", "xac-thuc"]

    private struct Kept {
        let path: String
        let fields: FormFields
        let until: Instant
    }

    private let kept = Mutex<[Digest: Kept]>([:])
    private let clock: Clock
    private let random: RandomSource

    init(clock: Clock, random: RandomSource) { (self.clock, self.random) = (clock, random) }

    /// Keeps the fields for the page of this address; nil when they are too large to be kept.
    ///
    /// - Parameters:
    ///   - fields: As sent; the token and passwords are left out.
    ///   - path: The address of the form, without parameters.
    /// - Returns: The secret for the browser.
    func keep(_ fields: FormFields, for path: String) -> SecretToken? {
        let worth = fields.pairs.filter { $0.name != FormToken.fieldName && !Self.secretFields.contains($0.name) }
        let size = worth.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        guard !worth.isEmpty, size <= Self.formLimitBytes else { return nil }
        let secret = SecretToken(.bits256, from: random)
        let now = clock.now()
        let form = Kept(
            path: path,
            fields: FormFields(worth.map { ($0.name, $0.value) }),
            until: now.adding(seconds: Int64(Self.keptSeconds))
        )
        kept.withLock { kept in
            if kept.count >= Self.formLimit { kept = kept.filter { $0.value.until > now } }
            if kept.count >= Self.formLimit, let oldest = kept.min(by: { $0.value.until < $1.value.until })?.key {
                kept[oldest] = nil
            }
            kept[secret.digest] = form
        }
        return secret
    }

    /// Gives the fields out once, on the page for which they were kept.
    func take(_ secret: SecretToken, for path: String) -> FormFields? {
        let now = clock.now()
        return kept.withLock { kept in
            guard let form = kept[secret.digest], form.path == path else { return nil }
            kept[secret.digest] = nil
            return form.until > now ? form.fields : nil
        }
    }
}

extension SiteContext {
    /// What was typed on this page before the session ended, given out once; the handler shows it again as if it had
    /// come with errors. Only for an object that the reader may change.
    public func takePendingForm() -> FormFields? {
        guard base.person != nil, let secret = base.pendingSecret else { return nil }
        let page = base.path.prefix { $0 != "?" }
        return base.pendingForms.take(secret, for: String(page))
    }
}

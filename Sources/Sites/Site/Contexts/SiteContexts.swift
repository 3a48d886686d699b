// SPDX-License-Identifier: Apache-2.0

import Digests
import HTTPTypes
import Hummingbird
public import Identity
public import Kernel
public import Logging
public import Markup
public import Organisation
public import Web

extension HTTPField.Name {
    // Names of ours are tokens by construction; a mistake here stops every test.
    static let secFetchSite = HTTPField.Name("Sec-Fetch-Site") ?? .referer
    static let formToken = HTTPField.Name("X-Form-Token") ?? .referer
}

/// What every handler gets. The contexts below add who asks, and hold it without a question mark: a handler that needs
/// an officer cannot be reached by anyone else.
public protocol SiteContext: Sendable {
    /// What is known of any visit.
    var base: PublicContext { get }
}

/// Anybody's visit.
public struct PublicContext: SiteContext {
    /// Number, peer and client address of the request.
    public let visit: Visit
    /// What the path filled into the slots.
    let parameters: Parameters
    /// For log lines of the handler; carries the request's number.
    public let logger: Logger
    /// Who is signed in; nil for a stranger.
    public let person: SignedIn?
    /// What the site is called and where its files lie.
    public let settings: SiteSettings
    /// Text size and theme.
    public let display: DisplaySettings
    /// Whether the reader has switched the single-letter keys on.
    public let keysAreOn: Bool
    /// Path and query of this request.
    public let path: String
    /// Parameters behind the question mark.
    public let query: QueryFields
    /// What the browser says of itself; see `deviceWords`.
    let userAgent: String?
    let token: FormToken
    let pendingForms: PendingForms
    let pendingSecret: SecretToken?

    public var base: PublicContext { self }

    /// Words by which the reader knows this browser again: `Chrome trên Android`; nil where it told nothing. Whoever
    /// signs in is asked for them, and nobody else: they cost more than the check of a session.
    public var deviceWords: String? { DeviceWords.words(userAgent) }
}

/// The visit of somebody who is signed in, citizen or officer.
public struct SessionContext: SiteContext {
    public let base: PublicContext
    /// Who.
    public let person: SignedIn
    /// The author of what this request does.
    public var actor: Actor { person.actor }
}

/// A citizen's visit.
public struct CitizenContext: SiteContext {
    public let base: PublicContext
    /// The account with the claims of the last sign-in.
    public let account: Account
    /// The author of what this request does.
    public let actor: Actor
}

/// An officer's visit.
public struct OfficerContext: SiteContext {
    public let base: PublicContext
    /// The officer, with agency, unit and roles.
    public let officer: Officer
    /// The author of what this request does.
    public let actor: Actor
}

extension SiteContext {
    /// The token of this browser's forms, to which more may be bound.
    public var formToken: String { base.token.value }
    /// The visit's facts.
    public var visit: Visit { base.visit }
    /// Parameters behind the question mark.
    public var query: QueryFields { base.query }
    /// For log lines of the handler.
    public var logger: Logger { base.logger }
    /// The present moment.
    public var now: Instant { base.settings.clock.now() }

    /// What the path filled into a slot, such as `PathSlot.code`.
    ///
    /// - Throws: `notFound` when it is no text.
    public func pathText(_ slot: String) throws(RequestError) -> String {
        try PathText.read(base.parameters, String(slot.dropFirst().dropLast()))
    }

    /// What the path filled into a slot, read as a value with a text form (a code, an id).
    ///
    /// - Throws: `notFound` when it is none.
    public func pathValue<Value: LosslessStringConvertible>(
        _ slot: String,
        as type: Value.Type = Value.self
    ) throws(RequestError) -> Value {
        guard let value = Value(try pathText(slot)) else { throw .notFound }
        return value
    }

    /// The dossier code in the path, in whatever way it was typed.
    ///
    /// - Throws: `notFound` when it is none.
    public func dossierCode() throws(RequestError) -> DossierCode {
        guard let code = DossierCode(try pathText(PathSlot.code)) else { throw .notFound }
        return code
    }

    /// What the path filled into a slot, read as an id.
    ///
    /// - Throws: `notFound` when it is none.
    public func pathID<Subject>(
        _ slot: String,
        of subject: Subject.Type = Subject.self
    ) throws(RequestError) -> Identifier<Subject> {
        guard let value = Identifier<Subject>(rawValue: try pathText(slot)) else { throw .notFound }
        return value
    }
}

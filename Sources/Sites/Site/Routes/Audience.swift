// SPDX-License-Identifier: Apache-2.0

public import Identity
public import Organisation
import Web

/// Who may enter a route. There is none for "whoever", so that a route without an audience cannot be written.
public struct Audience<Context: SiteContext>: Sendable {
    /// The word in the table of routes.
    public let name: String
    /// Where a stranger signs in for it; nil where nobody needs to.
    let door: SiteURL?
    /// True where a machine asks: no session, no form token; the handler checks a signature.
    let isMachine: Bool
    let enter: @Sendable (PublicContext) throws -> Context
}

extension Audience<PublicContext> {
    /// Everybody, signed in or not.
    public static var anyone: Audience {
        Audience(name: "anyone", door: nil, isMachine: false) { context throws in context }
    }

    /// A machine that proves itself by a signature or key, which the handler checks first.
    public static var machine: Audience {
        Audience(name: "machine", door: nil, isMachine: true) { context throws in context }
    }
}

extension Audience<SessionContext> {
    /// Everybody who is signed in.
    public static var signedIn: Audience {
        Audience(name: "signed in", door: .signIn, isMachine: false) { context throws in
            guard let person = context.person else { throw RequestError.signInNeeded }
            return SessionContext(base: context, person: person)
        }
    }
}

extension Audience<CitizenContext> {
    /// A citizen, at whatever level of assurance.
    public static var citizen: Audience { citizen(atLeast: .none) }

    /// A citizen whose identity was checked at least at this level.
    public static func citizen(atLeast level: AssuranceLevel) -> Audience {
        let name = level == .none ? "citizen" : "citizen, level \(level.rawValue)"
        return Audience(name: name, door: .signIn, isMachine: false) { context throws in
            guard let person = context.person else { throw RequestError.signInNeeded }
            guard case .citizen(let account, let actor) = person else { throw AudienceError.citizensOnly }
            guard actor.assurance >= level else { throw AudienceError.levelTooLow(needed: level.rawValue) }
            return CitizenContext(base: context, account: account, actor: actor)
        }
    }
}

extension Audience<OfficerContext> {
    /// An officer with at least one of these roles.
    public static func officer(_ roles: Role...) -> Audience {
        precondition(!roles.isEmpty, "an officers' route names its roles")
        let words = roles.map(\.rawValue).sorted().joined(separator: ", ")
        return Audience(name: "officer: \(words)", door: .officerSignIn, isMachine: false) {
            context throws in
            guard let person = context.person else { throw RequestError.signInNeeded }
            guard case .officer(let officer, let actor) = person else { throw AudienceError.officersOnly }
            guard !actor.roles.isDisjoint(with: roles) else { throw RequestError.forbidden }
            return OfficerContext(base: context, officer: officer, actor: actor)
        }
    }

    /// Any officer.
    public static var anyOfficer: Audience {
        Audience(name: "officer", door: .officerSignIn, isMachine: false) { context throws in
            guard let person = context.person else { throw RequestError.signInNeeded }
            guard case .officer(let officer, let actor) = person else { throw AudienceError.officersOnly }
            guard !actor.roles.isEmpty else { throw RequestError.forbidden }
            return OfficerContext(base: context, officer: officer, actor: actor)
        }
    }
}

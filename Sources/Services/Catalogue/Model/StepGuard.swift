// SPDX-License-Identifier: Apache-2.0

/// What must hold before an action of a step may be taken, with what an officer reads where it does not.
public struct StepGuard: Hashable, Sendable {
    /// What is asked.
    public enum Test: Hashable, Sendable {
        /// Of the answers as they count: hidden ones left out, numbers as an officer confirmed them.
        case answers(Condition)
        /// Whether a file of this component is among the papers.
        case paper(String)
        /// Whether all who were asked under this rule of consultation have answered, and somebody was asked.
        case consulted(String)
    }

    /// What is asked.
    public let test: Test
    /// Why the action may not be taken, as the officer reads it.
    public let reason: String
    /// Where the pack says it.
    public let place: SourcePlace

    /// A guard with these words.
    public init(_ test: Test, reason: String, place: SourcePlace = .start) {
        (self.test, self.reason, self.place) = (test, reason, place)
    }
}

extension StepAction {
    /// What the guards ask of the answers, in their order.
    var conditions: [Condition] {
        guards.compactMap { if case .answers(let condition) = $0.test { condition } else { nil } }
    }
}

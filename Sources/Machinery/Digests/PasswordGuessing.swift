// SPDX-License-Identifier: Apache-2.0

internal import CZxcvbn

/// How soon a password is guessed by who knows which ones people choose: zxcvbn (USENIX Security 2016) with its lists
/// of the commonest passwords of known breaches, of words and names, and the shapes people give them: capitals and
/// numbers added, letters turned into signs, rows of keys, dates, repetitions. All of it is in the library.
public enum PasswordGuessing {
    /// The most bytes that are looked at: what follows only makes it harder.
    public static let judgedBytes = 100

    /// Bits of guessing: each one doubles the guesses.
    public static func bits(of password: String) -> Double {
        var text = String(password)
        while text.utf8.count > judgedBytes { text.removeLast() }
        return unsafe text.withCString { unsafe ZxcvbnMatch($0, nil, nil) }
    }
}

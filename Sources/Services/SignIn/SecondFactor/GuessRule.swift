// SPDX-License-Identifier: Apache-2.0

import Kernel

/// How many wrong codes in a row are borne. Codes are asked only of those who know the password, so a lock here hinders
/// nobody but the officer and whoever has stolen that password.
///
/// Twenty guesses at three valid codes among a million succeed once in 16,000 times; after them nothing helps but a
/// reset by administrators.
enum GuessRule {
    /// Wrong codes after which codes are not looked at for a while.
    static let triesBeforeLock = 5
    /// Wrong codes after which they are not looked at any more.
    static let triesBeforeBlock = 20
    /// The first lock; each next one is twice as long.
    private static let firstLockSeconds: Int64 = 15 * 60

    /// How long the lock lasts that this wrong code brings; nil when it brings none.
    static func lockSeconds(afterWrong wrong: Int) -> Int64? {
        guard wrong > 0, wrong.isMultiple(of: triesBeforeLock) else { return nil }
        return firstLockSeconds << Int64(min(wrong / triesBeforeLock - 1, 8))
    }
}

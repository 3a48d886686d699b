// SPDX-License-Identifier: Apache-2.0

import Foundation
import Kernel

@testable import Catalogue

/// Records in the two shapes of the national catalogue; all of it is made up.
///
/// The first has markup, wrong types and marks apart from their letters; the second two cases, limits that are no days,
/// papers of some cases alone, and a state that is not public.
enum NationalFixtures {
    static let folder = "\(Repository.root)/Tests/Fixtures/import"
    static let classic = text("classic.json")
    static let today = text("today.json")

    /// A file that is missing is an empty text, which no test takes for a record.
    private static func text(_ name: String) -> String {
        String(decoding: FileManager.default.contents(atPath: "\(folder)/\(name)") ?? Data(), as: UTF8.self)
    }

    static func catalogue(_ text: String) -> NationalCatalogue { NationalCatalogue(Array(text.utf8)) }
}

// SPDX-License-Identifier: Apache-2.0

import Foundation
import Testing

@testable import Dossiers

struct DrawingTests {
    @Test("docs/diagrams/dossier-states.dot is what the graph draws: motcua states --dot")
    func drawingIsCurrent() throws {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let kept = try String(
            contentsOf: root.appendingPathComponent("docs/diagrams/dossier-states.dot"),
            encoding: .utf8
        )
        #expect(kept == DossierGraph.dot())
    }
}

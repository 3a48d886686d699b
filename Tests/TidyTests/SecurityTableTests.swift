// SPDX-License-Identifier: Apache-2.0

import Testing

/// The table of security requirements and the tests that prove them.
@Suite struct SecurityTableTests {
    private let repository = Repository.here

    @Test func `every requirement names tests that exist`() throws {
        let file = try #require(repository.file(SecurityTable.path))
        let known = SecurityTable.known(repository.files)
        #expect(known.count > 500)
        #expect(SecurityTable.rows(file).count >= 100)
        for finding in SecurityTable.findings(file, known: known) { Issue.record("\(finding)") }
    }

    private func findings(_ lines: [String], known: Set<String> = ["A/b, c"]) -> [String] {
        let chosen = SecurityTable.chosen.map { "\($0),1,V\($0.prefix { $0 != "." }),yes,done,\"A/b, c\"" }
        let text = ([SecurityTable.head] + chosen + lines).joined(separator: "\n") + "\n"
        let file = RepositoryFile(path: SecurityTable.path, text: text)
        return SecurityTable.findings(file, known: known).map(\.what)
    }

    @Test(arguments: [
        ("6.9.1,1,V6,yes,done,A/gone", "there is no test A/gone"),
        ("6.9.1,1,V6,yes,done,", "6.9.1 has no test"),
        ("6.9.1,1,V6,no,,", "nothing says what is done, or why not"),
        ("6.9.1,1,V6,no,none here,\"A/b, c\"", "6.9.1 does not apply and has a test"),
        ("6.9.1,1,V6,maybe,done,\"A/b, c\"", "applies is yes or no"),
        ("6.9.1,4,V6,yes,done,\"A/b, c\"", "4 is no level"),
        ("6.9.1,1,V7,yes,done,\"A/b, c\"", "6.9.1 is not of V7"),
        ("6.9,1,V6,yes,done,\"A/b, c\"", "6.9 is no identifier"),
        ("6.3.1,1,V6,yes,done,\"A/b, c\"", "6.3.1 stands twice"),
        ("6.9.1,1,V6,yes,done", "a line has six cells"),
    ])
    func `a broken line is found`(_ line: String, _ finding: String) {
        #expect(findings([]).isEmpty)
        #expect(findings([line]) == [finding])
    }

    @Test func `a chosen requirement that is missing is found, and a test that is gone`() {
        let file = RepositoryFile(path: SecurityTable.path, text: SecurityTable.head + "\n")
        #expect(SecurityTable.findings(file, known: []).count == SecurityTable.chosen.count)
        #expect(findings([], known: []).count == SecurityTable.chosen.count)
        #expect(findings(["6.9.1,2,V6,no,\"none, \"\"here\"\"\","]).isEmpty)
    }

    @Test func `tests are found in the sources, helpers are not`() {
        let text = """
            @Suite struct Small {
                func helper() {}
                @Test(arguments: [1])
                func `a name, with a comma`(_ one: Int) {}
                @Test func plain() async throws {
                    func inner() {}
                }
            }
            """
        let file = RepositoryFile(path: "Tests/SmallTests/Small.swift", text: text)
        #expect(SecurityTable.swiftTests(file) == ["Small/a name, with a comma", "Small/plain"])
    }
}

/// What scripts may not do.
@Suite struct ScriptTests {
    @Test func `password fields are left to the browser`() throws {
        let files = Repository.here.files
        let scripts = files.filter { $0.path.hasPrefix("resources/scripts/") }
        #expect(!scripts.isEmpty)
        for script in scripts {
            for word in ["paste", "autocomplete", "oncopy"] where script.text.contains(word) {
                Issue.record("\(script.path) holds “\(word)”: pasting and password managers are the browser's")
            }
        }
        let fields = files.filter { $0.path.hasPrefix("Sources/Machinery/Markup/") && $0.text.contains("password") }
        #expect(fields.contains { $0.text.contains("type=\\\"password\\\"") || $0.text.contains("\"password\"") })
    }

    @Test func `no text goes over several lines, so that indentation may be left out when it is served`() {
        for script in Repository.here.files where script.path.hasPrefix("resources/scripts/") {
            for (index, line) in script.lines.enumerated()
            where !line.filter({ $0 == "`" }).count.isMultiple(of: 2) || line.last == "\\" {
                Issue.record("\(script.path):\(index + 1): a text of more than one line")
            }
        }
    }
}

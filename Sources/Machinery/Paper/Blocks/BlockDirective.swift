// SPDX-License-Identifier: Apache-2.0

/// A line such as `@p[center small] text`: a name, options, the rest of the line.
struct BlockDirective {
    let line: Int
    let name: String
    var options: Options
    let rest: Substring

    /// Words and `key=value` pairs in brackets. What is taken is removed, so that the rest is unknown.
    struct Options {
        private(set) var words: [Substring]

        mutating func flag(_ name: String) -> Bool {
            guard let index = words.firstIndex(where: { $0 == name }) else { return false }
            words.remove(at: index)
            return true
        }

        mutating func value(_ key: String) -> Substring? {
            guard let index = words.firstIndex(where: { $0.hasPrefix(key + "=") }) else { return nil }
            return words.remove(at: index).dropFirst(key.count + 1)
        }

        mutating func choice<Choice: RawRepresentable>(of type: Choice.Type) -> Choice?
        where Choice.RawValue == String {
            for (index, word) in words.enumerated() {
                guard let choice = Choice(rawValue: String(word)) else { continue }
                words.remove(at: index)
                return choice
            }
            return nil
        }

        fileprivate init(_ text: Substring) {
            words = text.split(separator: " ")
        }
    }

    init(_ text: Substring, line: Int) throws(PaperError) {
        self.line = line
        let body = text.dropFirst()
        let name = body.prefix { $0.isASCII && ($0.isLetter || $0.isNumber) }
        self.name = String(name)
        var after = body[name.endIndex...]
        guard !name.isEmpty else {
            throw .blockSyntax(line: line, reason: "sau @ ở đầu dòng phải là tên một khối; chữ @ thì viết \\@")
        }
        // Compared by scalar: a value may begin with a combining mark, which joins the space before it.
        guard after.unicodeScalars.first == "[" else {
            options = Options("")
            guard after.isEmpty || after.unicodeScalars.first == " " else {
                throw .blockSyntax(line: line, reason: "sau @\(name) phải có dấu cách")
            }
            rest = InlineText.trim(after)
            return
        }
        after = after.dropFirst()
        guard let end = after.firstIndex(of: "]") else {
            throw .blockSyntax(line: line, reason: "tùy chọn của @\(name) thiếu dấu ] đóng lại")
        }
        options = Options(after[..<end])
        rest = InlineText.trim(after[after.index(after: end)...])
    }

    /// The text of the line; refused when empty.
    func text() throws(PaperError) -> RichText {
        let read = try inline()
        guard !read.isEmpty else { throw fault("@\(name) không có chữ") }
        return read
    }

    /// The text of the line, which may be empty.
    func inline() throws(PaperError) -> RichText {
        try InlineText.read(rest, line: line)
    }

    mutating func number(_ key: String, within range: ClosedRange<Double>) throws(PaperError) -> Double? {
        guard let text = options.value(key) else { return nil }
        guard let number = Double(text), range.contains(number) else {
            throw fault("\(key)= phải là số từ \(range.lowerBound) đến \(range.upperBound)")
        }
        return number
    }

    mutating func numbers(_ key: String, within range: ClosedRange<Double>) throws(PaperError) -> [Double] {
        guard let text = options.value(key) else { return [] }
        let numbers = text.split(separator: ",", omittingEmptySubsequences: false).compactMap { Double($0) }
        guard numbers.count == text.count(where: { $0 == "," }) + 1, numbers.allSatisfy(range.contains) else {
            throw fault(
                "\(key)= phải là các số từ \(range.lowerBound) đến \(range.upperBound), cách nhau bằng dấu phẩy"
            )
        }
        return numbers
    }

    /// Refuses options that nobody took.
    func finish() throws(PaperError) {
        guard let unknown = options.words.first else { return }
        throw fault("@\(name) không có tùy chọn \(unknown)")
    }

    func expectNoText() throws(PaperError) {
        guard rest.isEmpty else { throw fault("sau @\(name) không viết chữ") }
    }

    func fault(_ reason: String) -> PaperError { .blockSyntax(line: line, reason: reason) }
}

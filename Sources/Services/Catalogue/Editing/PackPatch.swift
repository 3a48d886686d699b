// SPDX-License-Identifier: Apache-2.0

/// Changes the lines of a pack's text around one place and leaves all others as they are.
struct PackPatch {
    /// One way to write a change; nil where the layout does not allow it.
    typealias Attempt = () -> [String]?

    let lines: [Substring]
    let root: PackNode

    /// Where one entry of a mapping or one element of a list stands.
    private struct Region {
        /// Comments directly above belong to it.
        var lead: Int
        /// Its first line, from 0.
        var start: Int
        /// The line behind its last.
        var end: Int
        /// Letters before its key or dash.
        var indent: Int
        /// Whether it shares its first line with the dash of a list.
        var isBehindDash: Bool
    }

    /// The ways to write a change, the one that touches least first.
    func attempts(for edit: PackEdit, from old: PackTree, to new: PackTree) -> [Attempt] {
        var attempts: [Attempt] = []
        var path: PackPath?
        switch edit {
        case .set(let place, _):
            path = place
            if old[place] == nil, let parent = place.parent, let key = place.lastKey {
                attempts.append { insertion(of: key, in: parent, from: new) }
            }
        case .remove(let place):
            path = place.parent
            attempts.append { removal(of: place) }
        case .append(_, let list):
            path = list
            let count = old[list]?.items.count ?? 0
            if count > 0, let value = new[list.index(count)] {
                attempts.append { insertion(of: value, behind: list.index(count - 1)) }
            }
        case .duplicate(let place):
            path = place.parent
            if let list = place.parent, let index = place.lastIndex, let value = new[list.index(index + 1)] {
                attempts.append { insertion(of: value, behind: place) }
            }
        case .moveUp(let place):
            path = place.parent
            if let list = place.parent, let index = place.lastIndex, index > 0 {
                attempts.append { swap(list.index(index - 1), place) }
            }
        case .moveDown(let place):
            path = place.parent
            if let list = place.parent, let index = place.lastIndex {
                attempts.append { swap(place, list.index(index + 1)) }
            }
        }
        // Then ever wider.
        while let wider = path, !wider.steps.isEmpty {
            if let value = new[wider] { attempts.append { replacement(of: wider, by: value) } }
            path = wider.parent
        }
        return attempts
    }

    // MARK: - The ways

    private func replacement(of path: PackPath, by value: PackTree) -> [String]? {
        guard let region = region(of: path) else { return nil }
        let written: [String]
        switch path.steps.last {
        case .key(let key)?: written = PackWriter.entry(PackTree.Entry(key, value), indent: region.indent)
        case .index?: written = PackWriter.item(value, indent: region.indent)
        case nil: return nil
        }
        return replacing(region.start..<region.end, by: written, keeping: region.indent)
    }

    /// A new key stands behind the key before it in the new content, or behind the last.
    private func insertion(of key: String, in parent: PackPath, from new: PackTree) -> [String]? {
        guard let entries = new[parent]?.entries, let value = new[parent.key(key)],
            let index = entries.firstIndex(where: { $0.key == key }), index > 0,
            let before = region(of: parent.key(entries[index - 1].key))
        else { return nil }
        let written = PackWriter.entry(PackTree.Entry(key, value), indent: before.indent)
        return replacing(before.end..<before.end, by: written, keeping: 0)
    }

    private func insertion(of value: PackTree, behind path: PackPath) -> [String]? {
        guard let before = region(of: path) else { return nil }
        return replacing(before.end..<before.end, by: PackWriter.item(value, indent: before.indent), keeping: 0)
    }

    private func removal(of path: PackPath) -> [String]? {
        guard let region = region(of: path), !region.isBehindDash else { return nil }
        return replacing(region.lead..<region.end, by: [], keeping: 0)
    }

    private func swap(_ first: PackPath, _ second: PackPath) -> [String]? {
        guard let above = region(of: first), let below = region(of: second), !above.isBehindDash,
            above.end <= below.lead
        else { return nil }
        let kept = lines.map(String.init)
        return Array(kept[..<above.lead] + kept[below.lead..<below.end] + kept[above.end..<below.lead])
            + Array(kept[above.lead..<above.end] + kept[below.end...])
    }

    /// The letters before the indentation of the first line stay: they may hold the dash of a list.
    private func replacing(_ range: Range<Int>, by written: [String], keeping indent: Int) -> [String] {
        var written = written
        if indent > 0, !written.isEmpty, range.lowerBound < lines.count {
            let prefix = String(String.UnicodeScalarView(lines[range.lowerBound].unicodeScalars.prefix(indent)))
            written[0] = prefix + written[0].dropFirst(indent)
        }
        return lines[..<range.lowerBound].map(String.init) + written + lines[range.upperBound...].map(String.init)
    }

    // MARK: - Where things stand

    /// The lines of an entry or element, with the comments above it.
    func range(of path: PackPath) -> Range<Int>? { region(of: path).map { $0.lead..<$0.end } }

    /// Where an entry or element stands in lines of its own; nil where it is part of a line (`{ a: b }`).
    private func region(of path: PackPath) -> Region? {
        var node = root
        var region: Region?
        var (start, end) = (0, lines.count)
        var isFirstOfItem = false
        for step in path.steps {
            guard !node.isFlow else { return nil }
            switch (step, node.content) {
            case (.key(let key), .entries(let entries)):
                guard let index = entries.firstIndex(where: { $0.key == key }) else { return nil }
                let place = entries[index].place
                let next = index + 1 < entries.count ? entries[index + 1].place.line - 1 : end
                start = place.line - 1
                end = trimmed(start, next)
                let isBehindDash = isFirstOfItem && index == 0
                region = make(start, end, indent: place.column - 1, floor: index > 0 ? nil : start, isBehindDash)
                node = entries[index].value
                isFirstOfItem = false
            case (.index(let index), .list(let items)):
                guard items.indices.contains(index) else { return nil }
                let next = index + 1 < items.count ? items[index + 1].place.line - 1 : end
                start = items[index].place.line - 1
                end = trimmed(start, next)
                region = make(start, end, indent: node.place.column - 1, floor: nil, isFirstOfItem && index == 0)
                node = items[index]
                isFirstOfItem = true
            default: return nil
            }
        }
        return region
    }

    private func make(_ start: Int, _ end: Int, indent: Int, floor: Int?, _ isBehindDash: Bool) -> Region {
        var lead = start
        if !isBehindDash {
            while lead > (floor ?? 0), isComment(lines[lead - 1], indent: indent) { lead -= 1 }
        }
        return Region(lead: lead, start: start, end: end, indent: indent, isBehindDash: isBehindDash)
    }

    private func isComment(_ line: Substring, indent: Int) -> Bool {
        // A ruler of dashes divides the file and belongs to no entry.
        let spaces = line.prefix { $0 == " " }.count
        return spaces == indent && line.dropFirst(spaces).hasPrefix("#") && !line.hasPrefix("# ---")
    }

    /// Blank lines and comments at the end belong to what follows.
    private func trimmed(_ start: Int, _ end: Int) -> Int {
        var end = min(end, lines.count)
        while end > start + 1 {
            let content = lines[end - 1].drop { $0 == " " }
            guard content.isEmpty || content.hasPrefix("#") else { break }
            end -= 1
        }
        return end
    }
}

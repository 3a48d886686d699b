// SPDX-License-Identifier: Apache-2.0

import Yams

extension PackSource {
    /// Most bytes of a draft, all files together: far more than the largest pack of a province.
    static let draftByteLimit = 2 * 1_024 * 1_024

    /// Why these files cannot be kept as a draft, in Vietnamese; nil when they can.
    var fault: String? {
        guard files[PackSource.mainFile] != nil else { return "Thiếu tệp \(PackSource.mainFile)." }
        guard files.count <= PackSource.fileLimit else { return "Gói có quá \(PackSource.fileLimit) tệp." }
        for (name, bytes) in files.sorted(by: { $0.key < $1.key }) {
            let isSound = name.utf8.allSatisfy { byte in
                (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte) || byte == 46
                    || byte == 95 || byte == 45
            }
            guard isSound, !name.hasPrefix("."), (1...80).contains(name.utf8.count) else {
                return "Tên tệp “\(name.prefix(80))” chỉ được gồm chữ không dấu, số, dấu chấm và gạch."
            }
            guard bytes.count <= PackSource.fileByteLimit else {
                return "Tệp \(name) quá \(PackSource.fileByteLimit / 1_024) kB."
            }
        }
        guard files.values.reduce(0, { $0 + $1.count }) <= PackSource.draftByteLimit else {
            return "Các tệp của gói cộng lại quá \(PackSource.draftByteLimit / 1_048_576) MB."
        }
        return nil
    }

    /// The name that the text says, even where the rest of it cannot be read as a pack.
    var writtenName: String? {
        files[PackSource.mainFile].flatMap { PackText.tree($0, FindingCollector(file: path)) }
            .flatMap { $0["name"]?.scalar?.string }.map { String($0.prefix(300)) }
            .flatMap { $0.isEmpty ? nil : $0 }
    }
}

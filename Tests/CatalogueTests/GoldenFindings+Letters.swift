// SPDX-License-Identifier: Apache-2.0

import Catalogue

extension BrokenPack {
    private static func broken(_ name: String, _ words: String, _ rule: PackRule = .controlCharacter) -> BrokenPack {
        BrokenPack(rule: rule, old: "name: Cấp giấy thử nghiệm", new: "name: \(name)", expected: words)
    }

    private static func hidden(_ name: String, _ place: String, _ code: String) -> BrokenPack {
        broken(name, "\(place) Có ký tự không nhìn thấy \(code). → Xóa ký tự này.")
    }

    /// Letters that nobody sees, in the file and by their numbers; what each must be told, word for word.
    static let goldenLetters: [BrokenPack] = [
        hidden("Cấp\u{200B} giấy", "2:10", "U+200B"), hidden("Cấp \u{202E}giấy", "2:11", "U+202E"),
        hidden("Cấp\u{2028}giấy", "2:10", "U+2028"), hidden("Cấp\u{FEFF}giấy", "2:10", "U+FEFF"),
        hidden("Cấp\u{1B}giấy", "2:10", "U+1B"), hidden("Cấp\u{0}giấy", "2:10", "U+0"),
        hidden("Cấp\u{AD}giấy", "2:10", "U+AD"), hidden("Cấp\u{61C}giấy", "2:10", "U+61C"),
        hidden("Cấp\u{2066}giấy", "2:10", "U+2066"), hidden("Cấp\u{E0041}giấy", "2:10", "U+E0041"),
        hidden("Cấp\u{85}giấy", "2:10", "U+85"), hidden("Cấp\u{FE0F}giấy", "2:10", "U+FE0F"),
        broken("Cấp\u{A0}giấy", "2:10 Có dấu cách lạ U+A0. → Thay bằng dấu cách thường."),
        broken("Cấp\u{3000}giấy", "2:10 Có dấu cách lạ U+3000. → Thay bằng dấu cách thường."),
        hidden(#""Cấp\0 giấy""#, "2:7", "U+0"), hidden(#""Cấp\e giấy""#, "2:7", "U+1B"),
        hidden(#""Cấp\u202E giấy""#, "2:7", "U+202E"), hidden(#""Cấp\L giấy""#, "2:7", "U+2028"),
        broken(#""Cấp\_giấy""#, "2:7 Có dấu cách lạ U+A0. → Thay bằng dấu cách thường."),
        broken(#""Cấp\tgiấy""#, "2:7 Có dấu tab. → Thay bằng dấu cách."),
        broken(
            #""Ca\u0302\u0301p giấy""#,
            "2:7 Chữ có dấu viết rời (không phải Unicode dựng sẵn NFC). → Chuyển cả tệp sang Unicode dựng sẵn.",
            .notNFC
        ),
        BrokenPack(
            rule: .controlCharacter,
            template: SamplePack.template + "@p \u{202E}A\n",
            expected: "123:13 Tệp mẫu “result.mustache” có ký tự không nhìn thấy U+202E. → Xóa ký tự này khỏi tệp mẫu."
        ),
    ]
}

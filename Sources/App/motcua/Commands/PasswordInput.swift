// SPDX-License-Identifier: Apache-2.0

import Foundation
import Glibc

/// A new password from a person at a terminal, who does not see it, or from a script; never from the command line.
enum PasswordInput {
    static var isTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// The password: the first line of the file or of standard input; at a terminal typed twice.
    ///
    /// - Throws: `SettingsError` saying what is missing.
    static func read(file: String?) throws -> String {
        if let file {
            // Why it cannot be read does not matter to whoever must mend it.
            guard let text = try? String(contentsOfFile: file, encoding: .utf8) else {
                throw SettingsError(
                    description: "Không đọc được tệp mật khẩu \(file). Kiểm tra đường dẫn và quyền đọc."
                )
            }
            return try given(text.split(whereSeparator: \.isNewline).first.map(String.init))
        }
        guard isTerminal else { return try given(readLine(strippingNewline: true)) }
        let password = try given(hidden("Mật khẩu (ít nhất 12 ký tự, không hiện ra khi gõ): "))
        guard hidden("Gõ lại mật khẩu: ") == password else {
            throw SettingsError(description: "Hai lần gõ khác nhau. Chưa tạo gì; chạy lại.")
        }
        return password
    }

    private static func given(_ password: String?) throws -> String {
        guard let password, !password.isEmpty else {
            throw SettingsError(
                description: "Chưa nhập mật khẩu: gõ trên màn hình, --password-file TỆP, hoặc một dòng ở đầu vào chuẩn."
            )
        }
        return password
    }

    /// One line that is not shown while it is typed.
    private static func hidden(_ question: String) -> String? {
        FileHandle.standardError.write(Data(question.utf8))
        var shown = termios()
        let isKnown = unsafe tcgetattr(STDIN_FILENO, &shown) == 0
        var silent = shown
        silent.c_lflag &= ~tcflag_t(ECHO)
        if isKnown { unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent) }
        defer {
            if isKnown { unsafe tcsetattr(STDIN_FILENO, TCSAFLUSH, &shown) }
            FileHandle.standardError.write(Data("\n".utf8))
        }
        return readLine(strippingNewline: true)
    }
}

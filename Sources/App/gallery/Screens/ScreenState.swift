// SPDX-License-Identifier: Apache-2.0

import Kernel
import Markup

/// One screen in one state, drawn with synthetic data by the real page function.
struct ScreenState: Sendable {
    /// The name of the screen in the address: `trang-chu`.
    var screen: String
    /// The name of the state in the address: `binh-thuong`.
    var state: String
    /// Whose page it is.
    var audience: PageAudience
    /// The status with which the real site answers.
    var status: Int
    /// Draws the page.
    var draw: @Sendable (PageFrame) -> HTML

    init(
        _ screen: String,
        _ state: String,
        audience: PageAudience = .citizen,
        status: Int = 200,
        draw: @escaping @Sendable (PageFrame) -> HTML
    ) {
        self.screen = screen
        self.state = state
        self.audience = audience
        self.status = status
        self.draw = draw
    }

    /// The address in the gallery.
    var path: String { "/\(screen)/\(state)" }

    /// Everything that the gallery shows.
    static let all: [ScreenState] =
        PartsScreens.all + FindingScreens.all + DraftScreens.all + ComposedFieldScreens.all + DocumentScreens.all
        + PayScreens.all
        + TrackingScreens.all + RatingScreens.all + PrivacyScreens.all + DataRequestScreens.all + AccountScreens.all
        + PublicScreens.all
        + DeskScreens.all + OfficerAccountScreens.all + LeaderScreens.all + AdminScreens.all + OrganisationScreens.all
        + ResetScreens.all + BuilderScreens.all + LevelScreens.all
}

/// Values that several screens share; no real person, no real dossier.
enum Sample {
    static let code = sampleCode("H01.30337-260305-0001")
    static let otherCode = sampleCode("H01.30337-260303-0017")
    static let key = "khoa-mau"

    static func sampleCode(_ text: String) -> DossierCode {
        guard let code = DossierCode(text) else { preconditionFailure("a sample code is a code: \(text)") }
        return code
    }

    /// A moment of March 2026.
    static func moment(_ day: Int, _ hour: Int, _ minute: Int) -> Instant {
        guard let date = LocalDate(year: 2026, month: 3, day: day), let time = LocalTime(hour: hour, minute: minute)
        else { preconditionFailure("a sample moment is a moment") }
        return Instant(date, time)
    }

    static func day(_ year: Int, _ month: Int, _ day: Int) -> LocalDate {
        guard let date = LocalDate(year: year, month: month, day: day) else {
            preconditionFailure("a sample day is a day")
        }
        return date
    }

    static let extract = "Cấp bản sao trích lục hộ tịch"
    static let birth = "Đăng ký khai sinh"
    static let ward = "UBND phường Rạch Giá"

    /// The modules of a small QR of nothing, drawn by rule; the real one comes from `Paper`.
    static let qr: HTML = {
        let size = 29
        let dark = (0..<size).flatMap { row in
            (0..<size).filter { column in isDark(row, column, size: size) }.map { (row, $0) }
        }
        return """
            <svg viewBox="0 0 37 37" width="148" height="148" role="img" aria-label="Mã QR theo dõi hồ sơ" class="qr-code">\
            <rect width="37" height="37" fill="#fff"/>\
            <path d="\(each: dark, { "M\($0.1 + 4) \($0.0 + 4)h1v1h-1z" })" fill="#000"/></svg>
            """
    }()

    private static func isDark(_ row: Int, _ column: Int, size: Int) -> Bool {
        for (top, left) in [(0, 0), (0, size - 7), (size - 7, 0)]
        where (top..<top + 8).contains(row + (top == 0 ? 0 : 1)) {
            guard (left..<left + 7).contains(column), (top..<top + 7).contains(row) else { continue }
            let ring = max(abs(row - top - 3), abs(column - left - 3))
            return ring != 2
        }
        return (row * 7 + column * 11 + row * column) % 5 < 2
    }
}

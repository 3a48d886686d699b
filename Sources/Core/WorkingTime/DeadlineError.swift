// SPDX-License-Identifier: Apache-2.0

public import Kernel

/// Why a deadline cannot be computed; a date is never guessed.
public enum DeadlineError: Presentable, Equatable {
    // What was asked.
    /// The moment of receipt lies outside the years for which the calendar is known.
    case yearOutOfRange(Int)
    /// A pause ends before it starts.
    case pauseEndsBeforeStart(Pause)
    /// A pause begins before the receipt: no clock ran then.
    case pauseBeforeReceipt(Pause)
    /// Two pauses overlap.
    case pausesOverlap(Pause, Pause)
    /// A pause is longer than `Pause.maximumDays`.
    case pauseTooLong(Pause)
    /// More pauses than `Deadline.maximumPauses`.
    case tooManyPauses(Int)
    /// The calendar has no working day for more than a year.
    case noWorkingDay(after: LocalDate)

    // What was written on the command line or in a file.
    /// The moment of receipt is no ISO 8601 moment.
    case notAMoment(String)
    /// The limit is no whole number.
    case notANumber(String)
    /// The limit is negative.
    case negativeLimit(Int)
    /// The limit is above the maximum of its unit.
    case limitTooLong(Int, maximum: Int)
    /// The unit is none of HOUR, WORKING_DAY, CALENDAR_DAY.
    case unknownUnit(String)
    /// A pause is not written as START/END.
    case notAPause(String)
    /// The cut-off is no time of day.
    case notATime(String)
    /// The hours are not segments in order without overlap.
    case notHours(String)
    /// The calendar file cannot be read.
    case unreadableFile(String)
    /// The calendar file is not JSON of the described form.
    case notACalendar(file: String)
    /// The calendar file has a key that is neither `off` nor `work`.
    case unknownKey(String, file: String)
    /// The calendar file names something that is no day.
    case notADay(String, file: String)

    public var code: String { "deadline-input" }
    public var status: Int { 422 }

    /// The sentence shown to the person.
    public var message: String {
        switch self {
        case .yearOutOfRange(let year):
            "Năm \(year) nằm ngoài lịch (\(Deadline.years.lowerBound)-\(Deadline.years.upperBound))."
        case .pauseEndsBeforeStart(let pause): "Khoảng tạm dừng \(pause.text) kết thúc trước khi bắt đầu."
        case .pauseBeforeReceipt(let pause): "Khoảng tạm dừng \(pause.text) bắt đầu trước lúc tiếp nhận."
        case .pausesOverlap(let first, let second):
            "Hai khoảng tạm dừng \(first.text) và \(second.text) chồng lên nhau."
        case .pauseTooLong(let pause): "Khoảng tạm dừng \(pause.text) dài quá \(Pause.maximumDays) ngày."
        case .tooManyPauses(let count): "Có \(count) khoảng tạm dừng, nhiều nhất là \(Deadline.maximumPauses)."
        case .noWorkingDay(let date): "Lịch không có ngày làm việc nào trong 400 ngày sau \(date.vietnamese)."
        default: inputMessage
        }
    }

    private var inputMessage: String {
        switch self {
        case .notAMoment(let text):
            "“\(text)” không phải là thời điểm. Viết theo ISO 8601, ví dụ 2026-02-12T09:30:00+07:00."
        case .notANumber(let text): "Thời hạn “\(text)” phải là số nguyên, ví dụ 5."
        case .negativeLimit(let value): "Thời hạn phải từ 0 trở lên, không phải \(value)."
        case .limitTooLong(let value, let maximum): "Thời hạn \(value) quá dài, nhiều nhất là \(maximum)."
        case .unknownUnit(let text):
            "Không có đơn vị “\(text)”. Chọn HOUR (giờ làm việc), WORKING_DAY (ngày làm việc) "
                + "hoặc CALENDAR_DAY (ngày)."
        case .notAPause(let text): "“\(text)” không phải là khoảng tạm dừng. Viết BẮT ĐẦU/KẾT THÚC theo ISO 8601."
        case .notATime(let text): "“\(text)” không phải là giờ. Viết theo dạng 15:00."
        case .notHours(let text):
            "“\(text)” không phải là giờ làm việc. Viết các khoảng theo thứ tự, không chồng nhau, "
                + "ví dụ 07:30-11:30,13:30-17:00."
        case .unreadableFile(let file): "Không đọc được tệp lịch “\(file)”."
        case .notACalendar(let file):
            "Tệp lịch “\(file)” phải là JSON dạng {\"off\":[\"yyyy-MM-dd\"],\"work\":[\"yyyy-MM-dd\"]}."
        case .unknownKey(let key, let file): "Tệp lịch “\(file)” có khóa lạ “\(key)”. Chỉ dùng off và work."
        case .notADay(let text, let file):
            "Tệp lịch “\(file)”: “\(text)” không phải là ngày có thật viết dạng yyyy-MM-dd."
        default: ""
        }
    }

    public var publicDetail: String? { message }
}

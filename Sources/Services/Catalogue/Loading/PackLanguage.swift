// SPDX-License-Identifier: Apache-2.0

import Kernel
import WorkingTime

// MARK: - The procedure and its facts

extension PackSection {
    /// A whole pack: the beginning of the language. Every section of it is in `procedure.family`.
    public static let procedure = PackSection(
        "procedure",
        "Thủ tục",
        rare: ["localCodes", "validTo", "lengthenings", "target", "cost"],
        .must("code", .code, "Mã thủ tục", "Mã quốc gia, cũng là tên thư mục của gói."),
        .may("localCodes", .list(.code), "Mã tại địa phương", "Mã khác mà tỉnh dùng; tìm kiếm cũng tìm theo mã này."),
        .must("name", .text(300), "Tên thủ tục", "Đúng như văn bản công bố."),
        .must("summary", .text(500), "Tóm tắt", "Một câu cho người dân: họ nhận được gì."),
        .may("keywords", .list(.text(100)), "Từ người dân hay dùng", "Tìm kiếm đọc các từ này."),
        .may("english", .section(.english), "Tiếng Anh", "Bản dịch không chính thức, cho người đọc tiếng Anh."),
        .must("sector", .section(.sector), "Lĩnh vực"),
        .must("executingAgencies", .list(.section(.executingAgency)), "Cơ quan thực hiện"),
        .must("validFrom", .day, "Có hiệu lực từ ngày"),
        .may("validTo", .day, "Đến hết ngày", "Bỏ trống khi chưa có ngày hết hiệu lực."),
        .must("legalBasis", .list(.section(.legalBasis)), "Căn cứ pháp lý"),
        .must("information", .list(.section(.information)), "Nguồn của 11 nội dung"),
        .must("executionSequence", .list(.text(4_000)), "Trình tự thực hiện", "Mỗi đoạn một dòng."),
        .must("submissionMethods", .list(.section(.submissionMethod)), "Cách thức nộp"),
        .may("variants", .list(.section(.variant)), "Các trường hợp", "Trường hợp đầu tiên đúng điều kiện được dùng."),
        .may(
            "lengthenings",
            .list(.section(.lengthening)),
            "Kéo dài thời hạn",
            "Khi phải xác minh: cán bộ kéo dài một lần trong lúc giải quyết."
        ),
        .must("numberOfSets", .integer(1...20), "Số lượng hồ sơ (bộ)"),
        .must("components", .list(.section(.component)), "Thành phần hồ sơ"),
        .must("subjects", .list(.word(SubjectKind.self)), "Đối tượng thực hiện"),
        .may("requirements", .list(.text(4_000)), "Yêu cầu, điều kiện"),
        .may(
            "presence",
            .list(.section(.presence)),
            "Lúc nào phải có mặt",
            "Khi pháp luật buộc người dân đến cơ quan; thủ tục như vậy là một phần, không phải toàn trình."
        ),
        .may("form", .section(.form), "Tờ khai điện tử", "Nộp trực tuyến phải có tờ khai."),
        .must("fees", .list(.section(.fee)), "Phí, lệ phí"),
        .must("workflow", .section(.workflow), "Quy trình"),
        .must("result", .section(.result), "Kết quả"),
        .may("notices", .list(.section(.notice)), "Thông báo cho người dân"),
        .must("retention", .section(.retention), "Thời hạn lưu hồ sơ"),
        .must("declaredLevel", .integer(1...4), "Mức độ dịch vụ công bố"),
        .may("target", .section(.target), "Lộ trình nâng mức độ"),
        .may("cost", .section(.cost), "Chi phí tuân thủ"),
        .must("examples", .list(.section(.example)), "Ví dụ kiểm thử", "Ít nhất một; ví dụ sai thì gói bị từ chối.")
    )

    static let sector = PackSection(
        "sector",
        "Lĩnh vực",
        .may("code", .text(40), "Mã lĩnh vực", "Bỏ trống khi chưa biết."),
        .must("name", .text(100), "Tên lĩnh vực")
    )

    static let english = PackSection(
        "english",
        "Tiếng Anh",
        .must("name", .text(300), "Tên thủ tục bằng tiếng Anh"),
        .must("summary", .text(500), "Tóm tắt bằng tiếng Anh"),
        .may("papers", .list(.section(.englishPaper)), "Tên giấy tờ bằng tiếng Anh")
    )

    static let englishPaper = PackSection(
        "englishPaper",
        "Tên giấy tờ bằng tiếng Anh",
        .must("component", .reference(.component), "Giấy tờ"),
        .must("name", .text(500), "Tên bằng tiếng Anh")
    )

    static let executingAgency = PackSection(
        "executingAgency",
        "Cơ quan thực hiện",
        .must("kind", .word(ExecutingAgencyKind.self), "Loại cơ quan"),
        .must("level", .word(ExecutingLevel.self), "Cấp"),
        .must("name", .text(200), "Tên như trên trang", "Sở được tìm theo tên này.")
    )

    static let legalBasis = PackSection(
        "legalBasis",
        "Căn cứ pháp lý",
        .must("id", .identifier, "Tên gọi trong gói", "Mức thu dẫn tới căn cứ bằng tên này."),
        .may("number", .text(60), "Số, ký hiệu", "Bỏ trống khi chưa biết."),
        .must("name", .text(500), "Tên văn bản"),
        .may("articles", .text(200), "Điều, khoản"),
        .may("publication", .yesNo, "Là quyết định công bố thủ tục"),
        .source,
        .verified
    )

    static let information = PackSection(
        "information",
        "Nguồn của một nội dung",
        .must("item", .word(InformationItem.self), "Nội dung"),
        .source,
        .verified
    )

    static let presence = PackSection(
        "presence",
        "Lúc phải có mặt",
        .must("at", .word(PresenceMoment.self), "Khi nào"),
        .must("reason", .text(300), "Vì sao", "Một câu cho người dân."),
        .source,
        .verified
    )

    static let retention = PackSection(
        "retention",
        "Thời hạn lưu hồ sơ",
        choices: [PackChoice(["years", "forEver"], remedy: "Viết years: số năm, hoặc forEver: yes.")],
        .may("years", .integer(1...200), "Số năm sau khi hồ sơ kết thúc"),
        .may("forEver", .yes, "Lưu vĩnh viễn"),
        .source,
        .verified
    )

    static let notice = PackSection(
        "notice",
        "Thông báo",
        .must("event", .word(NoticeEvent.self), "Khi nào"),
        .must("ways", .list(.word(NoticeWay.self)), "Bằng cách nào")
    )
}

extension PackKey {
    /// Where a fact was taken from.
    static let source = PackKey.must("source", .text(500), "Nguồn", "Lấy từ đâu; không biết thì viết là chưa biết.")
    /// Whether a person has compared it.
    static let verified = PackKey.must(
        "verified",
        .yesNo,
        "Đã đối chiếu",
        "Chỉ chọn Có khi một người đã so với văn bản chính thức."
    )
}

// MARK: - Ways to file, papers

extension PackSection {
    static let submissionMethod = PackSection(
        "submissionMethod",
        "Cách thức nộp",
        .must("channel", .word(Channel.self), "Kênh", "Kênh không có trong danh sách là kênh đóng."),
        .must("timeLimit", .section(.timeLimit), "Thời hạn giải quyết"),
        .must("description", .text(500), "Mô tả như trên trang")
    )

    static let timeLimit = PackSection(
        "timeLimit",
        "Thời hạn giải quyết",
        rare: ["cutOff"],
        .must(
            "value",
            .integer(0...Int64(TimeLimit.maximum(of: .hour))),
            "Số ngày hoặc giờ",
            "0 ngày là trong ngày nhận hồ sơ."
        ),
        .must("unit", .word(LimitWord.self), "Đơn vị"),
        .may("cutOff", .time, "Nhận sau giờ này tính ngày làm việc sau")
    )

    static let variant = PackSection(
        "variant",
        "Trường hợp",
        rare: ["code", "timeLimit"],
        .must("id", .identifier, "Tên gọi trong gói", "Điều kiện của giấy tờ, mức thu dùng tên này."),
        .may("code", .code, "Mã trường hợp"),
        .must("name", .text(300), "Tên trường hợp"),
        .must("when", .condition, "Khi"),
        .may("timeLimit", .section(.timeLimit), "Thời hạn riêng", "Bỏ trống thì theo cách thức nộp.")
    )

    static let lengthening = PackSection(
        "lengthening",
        "Kéo dài thời hạn",
        choices: [
            PackChoice(["by", "upTo"], remedy: "Viết by: thêm bao nhiêu, hoặc upTo: cả thời hạn không quá bao nhiêu.")
        ],
        .must("id", .identifier, "Tên gọi trong gói"),
        .must("name", .text(120), "Khi nào", "Sau chữ nếu: “Phải xác minh” thành “nếu phải xác minh”."),
        .may("by", .section(.longerLimit), "Thêm bao nhiêu"),
        .may("upTo", .section(.longerLimit), "Cả thời hạn không quá", "Tính từ lúc tiếp nhận."),
        .must("steps", .list(.reference(.step)), "Kéo dài được ở bước"),
        .basis,
        .verified
    )

    static let longerLimit = PackSection(
        "longerLimit",
        "Bao nhiêu",
        .must("value", .integer(1...Int64(TimeLimit.maximumDays)), "Số ngày hoặc giờ"),
        .must("unit", .word(LimitWord.self), "Đơn vị")
    )

    static let component = PackSection(
        "component",
        "Giấy tờ",
        rare: ["nationalCode", "thing", "requiredWhen", "accepts", "fileLimit"],
        .must("id", .identifier, "Tên gọi trong gói"),
        .may("nationalCode", .text(60), "Mã giấy tờ quốc gia"),
        .must("name", .text(500), "Tên giấy tờ"),
        .may("help", .text(500), "Hướng dẫn", "Phải thấy rõ gì trên giấy; không có thì làm thế nào."),
        .may("thing", .text(200), "Cách gọi trong câu báo lỗi", "Ví dụ: ảnh giấy chứng sinh."),
        .must("copies", .section(.copies), "Nhận bản nào, mấy bản"),
        .must("required", .yesNo, "Bắt buộc"),
        .may("requiredWhen", .condition, "Chỉ bắt buộc khi", "Đi cùng bắt buộc: Không."),
        .may("visibleWhen", .condition, "Chỉ hỏi khi"),
        .may("accepts", .list(.word(FileType.self)), "Loại tệp nhận", "Bỏ trống là nhận mọi loại."),
        .may("fileLimit", .integer(1...50), "Nhiều nhất mấy tệp", "Bỏ trống là 10."),
        .may(
            "reusableFrom",
            .list(.code),
            "Lấy từ kết quả của thủ tục",
            "Mã thủ tục; người nộp có kết quả còn hiệu lực thì dùng luôn, không phải tải lên."
        ),
        .may("blankForm", .file(["pdf"]), "Mẫu trống", "Tệp đặt cạnh procedure.yaml, người dân tải về."),
        .may("sample", .file(["pdf"]), "Mẫu đã điền", "Tệp đặt cạnh procedure.yaml, cho thấy điền thế nào.")
    )

    static let copies = PackSection(
        "copies",
        "Số bản mỗi loại",
        .may("original", .integer(0...50), "Bản chính"),
        .may("copy", .integer(0...50), "Bản sao"),
        .may("electronic", .integer(0...50), "Bản điện tử")
    )
}

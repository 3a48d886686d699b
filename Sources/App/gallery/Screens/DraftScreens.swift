// SPDX-License-Identifier: Apache-2.0

import CitizenSite
import Kernel
import Markup

/// Delivery, task list, form pages.
enum DraftScreens {
    static let all: [ScreenState] = delivery + tasks + form

    // MARK: - Delivery and tasks

    private static func deliveryModel(error: String?) -> DeliveryPage.Model {
        DeliveryPage.Model(
            procedureName: Sample.extract,
            fields: [
                FieldPart(
                    "agency",
                    "Nơi đã đăng ký hộ tịch",
                    hint: "Chọn xã, phường ghi trên giấy cũ; tên cũ cũng tìm được",
                    error: error.map { _ in "Chọn nơi đã đăng ký hộ tịch" },
                    .select(
                        [
                            .init("H01.30337", "Phường Rạch Giá"), .init("H01.30340", "Phường Long Xuyên"),
                            .init("H01.30361", "Xã Óc Eo"),
                        ],
                        chosen: nil
                    )
                ),
                FieldPart(
                    "delivery",
                    "Nhận kết quả bằng cách nào",
                    .radios(
                        [
                            .init(
                                "electronic",
                                "Bản điện tử ký số",
                                hint: "Tải về ở trang này, có giá trị như bản giấy"
                            ),
                            .init("post", "Gửi bưu điện về nhà", hint: "Trả cước cho bưu điện khi nhận"),
                            .init("desk", "Đến lấy tại quầy"),
                        ],
                        chosen: "electronic"
                    )
                ),
            ],
            action: "/nop/abc/noi-nhan",
            key: Sample.key,
            backHref: "/nop/abc"
        )
    }

    private static let delivery = [
        ScreenState("noi-nhan", "moi") { DeliveryPage.html(deliveryModel(error: nil), in: $0) },
        ScreenState("noi-nhan", "co-loi", status: 422) { DeliveryPage.html(deliveryModel(error: "x"), in: $0) },
        ScreenState("noi-nhan", "mot-co-quan") {
            var model = deliveryModel(error: nil)
            model.fields.removeFirst()
            model.onlyAgencyName = Sample.ward
            return DeliveryPage.html(model, in: $0)
        },
    ]

    private static func draftModel(_ states: [TaskRow.State]) -> DraftPage.Model {
        DraftPage.Model(
            procedureName: Sample.extract,
            groups: [
                .init(
                    title: "Chuẩn bị",
                    tasks: [
                        TaskRow("Nơi giải quyết và nhận kết quả", href: "/nop/abc/noi-nhan", state: states[0]),
                        TaskRow(
                            "Người yêu cầu",
                            hint: "Lấy từ VNeID, chỉ cần xem lại",
                            href: "/nop/abc/nguoi",
                            state: states[1]
                        ),
                        TaskRow("Việc hộ tịch cần trích lục", href: "/nop/abc/viec", state: states[2]),
                        TaskRow("Giấy tờ", hint: "Ảnh chụp là đủ", href: "/nop/abc/tep", state: states[3]),
                    ]
                ),
                .init(title: "Nộp", tasks: [TaskRow("Kiểm tra và nộp", href: "/nop/abc/kiem-tra", state: states[4])]),
            ],
            nextHref: "/nop/abc/viec",
            feeWord: "16.000 đ cho 2 bản, trả sau khi nộp",
            expiresOn: Sample.day(2026, 6, 3),
            accountHref: "/tai-khoan",
            deleteAction: "/nop/abc/xoa",
            key: Sample.key
        )
    }

    private static let tasks = [
        ScreenState("ho-so-nhap", "dang-lam") {
            DraftPage.html(draftModel([.ready, .ready, .inProgress, .notStarted, .cannotStart]), in: $0)
        },
        ScreenState("ho-so-nhap", "moi") {
            DraftPage.html(draftModel([.notStarted, .ready, .notStarted, .notStarted, .cannotStart]), in: $0)
        },
        ScreenState("ho-so-nhap", "co-loi") {
            DraftPage.html(draftModel([.ready, .ready, .hasErrors, .needsSupplement, .notStarted]), in: $0)
        },
        ScreenState("ho-so-nhap", "du") {
            DraftPage.html(draftModel([.ready, .ready, .ready, .ready, .notStarted]), in: $0)
        },
    ]

    // MARK: - Form

    private static func person() -> FormPage.Model {
        let source = "Theo CSDL dân cư"
        return FormPage.Model(
            procedureName: Sample.extract,
            title: "Người yêu cầu",
            placeWord: "Trang 1 trong 3",
            fields: [
                FieldPart("name", "Họ và tên", lockedSource: source, .text("Trần Thị Bích Hằng")),
                FieldPart("national_id", "Số định danh cá nhân", lockedSource: source, .nationalID("091 300 004 217")),
                FieldPart(
                    "birth",
                    "Ngày sinh",
                    lockedSource: source,
                    .date(.init(day: "14", month: "08", year: "1990"))
                ),
                FieldPart(
                    "home",
                    "Nơi cư trú",
                    lockedSource: source,
                    .text("Số 12 Nguyễn Trung Trực, phường Rạch Giá, tỉnh An Giang")
                ),
                FieldPart("phone", "Số điện thoại", hint: "Để nhận tin về hồ sơ", .phone("0912 345 678")),
                FieldPart("email", "Thư điện tử", isOptional: true, .email("")),
            ],
            action: "/nop/abc/nguoi",
            autosaveAction: "/nop/abc/luu",
            key: Sample.key,
            version: 3,
            savedWord: "Đã lưu lúc 14:02",
            backHref: "/nop/abc"
        )
    }

    private static func matter(errors: Bool) -> FormPage.Model {
        func error(_ text: String) -> String? { errors ? text : nil }
        return FormPage.Model(
            procedureName: Sample.extract,
            title: "Việc hộ tịch cần trích lục",
            lede: "Ghi như trên giấy cũ. Không nhớ chính xác thì ghi điều còn nhớ, cán bộ sẽ tìm trong sổ.",
            placeWord: "Trang 2 trong 3",
            fields: [
                FieldPart(
                    "kind",
                    "Trích lục việc gì",
                    error: error("Chọn việc hộ tịch"),
                    .radios(
                        [
                            .init("birth", "Khai sinh"), .init("marriage", "Kết hôn"), .init("death", "Khai tử"),
                            .init("other", "Việc khác"),
                        ],
                        chosen: nil
                    )
                ),
                FieldPart(
                    "subject_name",
                    "Họ và tên người trên giấy hộ tịch",
                    error: error("Nhập họ và tên người trên giấy hộ tịch"),
                    .text("")
                ),
                FieldPart(
                    "subject_birth",
                    "Ngày sinh của người đó",
                    hint: "Ví dụ 9 2 1987",
                    error: error("Ngày sinh phải là ngày có thật"),
                    .date(.init(day: errors ? "31" : "", month: errors ? "2" : "", year: errors ? "1987" : ""))
                ),
            ] + matterDetails(errors: errors),
            action: "/nop/abc/viec",
            autosaveAction: "/nop/abc/luu",
            key: Sample.key,
            version: 4,
            backHref: "/nop/abc/nguoi"
        )
    }

    private static func matterDetails(errors: Bool) -> [FieldPart] {
        [
            FieldPart("is_self", "Giấy này của chính mình", .yesNo(errors ? true : nil)),
            FieldPart(
                "copies",
                "Số bản cần cấp",
                error: errors ? "Số bản phải từ 1 đến 20" : nil,
                .number(errors ? "0" : "2", unit: "bản")
            ),
            FieldPart(
                "place",
                "Nơi đăng ký trước đây",
                isOptional: true,
                .address(
                    .init(
                        provinces: [.init("89", "Tỉnh An Giang")],
                        province: "89",
                        communes: [.init("30337", "Phường Rạch Giá"), .init("30340", "Phường Long Xuyên")],
                        commune: "",
                        street: ""
                    )
                )
            ),
            FieldPart(
                "note",
                "Điều khác cần nói",
                hint: "Số sổ, quyển số, năm đăng ký nếu còn nhớ",
                isOptional: true,
                .longText("", limitCharacters: 500)
            ),
            FieldPart(
                "help",
                "",
                .note("<p>Lệ phí tính theo số bản: <strong>8.000 đ</strong> một bản, trả sau khi nộp hồ sơ.</p>")
            ),
        ]
    }

    private static let form = [
        ScreenState("to-khai", "dien-san") { FormPage.html(person(), in: $0) },
        ScreenState("to-khai", "trong") { FormPage.html(matter(errors: false), in: $0) },
        ScreenState("to-khai", "nhieu-loi", status: 422) { FormPage.html(matter(errors: true), in: $0) },
        ScreenState("to-khai", "mot-loi", status: 422) {
            var model = person()
            model.fields[4].error = "Nhập số điện thoại, ví dụ 0912 345 678"
            model.fields[4].control = .phone("0912")
            return FormPage.html(model, in: $0)
        },
        ScreenState("to-khai", "hai-cua-so", status: 409) {
            var model = person()
            model.conflictWord = "Trang này đã nạp lại câu trả lời mới nhất, lưu lúc 14:05. Kiểm tra rồi lưu lại."
            return FormPage.html(model, in: $0)
        },
        ScreenState("to-khai", "mo-them") {
            var model = matter(errors: false)
            model.fields[0].control = .radios(
                [.init("birth", "Khai sinh"), .init("marriage", "Kết hôn"), .init("other", "Việc khác")],
                chosen: "marriage"
            )
            model.shown = model.fields.map(\.id)
            model.opened = model.fields[1].id
            return FormPage.html(model, in: $0)
        },
        ScreenState("to-khai", "moi-loai-o") { frame in
            var model = matter(errors: false)
            model.fields += [
                FieldPart(
                    "papers",
                    "Đang giữ giấy tờ nào",
                    isOptional: true,
                    .checkboxes(
                        [
                            .init("old", "Bản chính cũ"), .init("photo", "Ảnh chụp bản chính"),
                            .init("copy", "Bản sao chứng thực"),
                        ],
                        chosen: ["photo"]
                    )
                ),
                FieldPart(
                    "national_id2",
                    "Số định danh của người đó",
                    hint: "12 chữ số trên căn cước",
                    .nationalID("")
                ),
                FieldPart(
                    "relation",
                    "Quan hệ với người đó",
                    .select(
                        [.init("child", "Con"), .init("parent", "Cha, mẹ"), .init("spouse", "Vợ, chồng")],
                        chosen: "child"
                    )
                ),
                FieldPart(
                    "home2",
                    "Nơi ở hiện nay",
                    .address(
                        .init(
                            provinces: [.init("89", "Tỉnh An Giang"), .init("79", "Thành phố Hồ Chí Minh")],
                            province: "89",
                            communes: [.init("30337", "Phường Rạch Giá")],
                            commune: "30337",
                            street: "12 Nguyễn Trung Trực"
                        )
                    )
                ),
                FieldPart(
                    "sworn",
                    "Cam đoan",
                    .declaration("Tôi cam đoan nội dung đã khai là đúng sự thật.", isTicked: false)
                ),
            ]
            return FormPage.html(model, in: frame)
        },
    ]
}

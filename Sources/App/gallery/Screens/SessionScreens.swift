// SPDX-License-Identifier: Apache-2.0

import AdminSite
import Kernel
import Markup
import Site

/// Sessions of others, before administrators.
enum SessionScreens {
    static let all: [ScreenState] = [
        state("phien-can-bo", "dang-mo") { SessionsPage.html(model(lines), in: $0) },
        state("phien-can-bo", "vua-ket-thuc") {
            var model = model([])
            model.flash = "Đã kết thúc mọi phiên của cán bộ này. Việc này được ghi vào nhật ký."
            return SessionsPage.html(model, in: $0)
        },
        state("moi-phien", "xac-nhan") { EverySessionPage.html(every(), in: $0) },
        state("moi-phien", "chua-xac-nhan", status: 422) {
            EverySessionPage.html(every(error: "Đánh dấu vào ô để kết thúc mọi phiên"), in: $0)
        },
    ]

    private static func state(
        _ screen: String,
        _ name: String,
        status: Int = 200,
        draw: @escaping @Sendable (PageFrame) -> HTML
    ) -> ScreenState {
        ScreenState(screen, name, audience: .administrator, status: status, draw: draw)
    }

    private static let lines = [
        SessionLine(
            id: "1",
            device: "Chrome trên Windows",
            methodWord: "Mật khẩu và mã xác thực",
            startedAt: Sample.moment(5, 7, 31),
            seenAt: Sample.moment(5, 9, 12)
        ),
        SessionLine(
            id: "2",
            device: "Safari trên iPhone",
            methodWord: "Khóa truy cập",
            startedAt: Sample.moment(5, 6, 2),
            seenAt: Sample.moment(5, 8, 40)
        ),
    ]

    private static func model(_ lines: [SessionLine]) -> SessionsPage.Model {
        SessionsPage.Model(
            name: "Đỗ Thị Hạnh",
            placeWord: "Công chức Tư pháp – hộ tịch, Ủy ban nhân dân xã An Phú",
            lines: lines,
            action: "/quan-tri/can-bo/hanh/phien",
            backHref: "/quan-tri/can-bo/hanh"
        )
    }

    private static func every(error: String? = nil) -> EverySessionPage.Model {
        EverySessionPage.Model(
            openWord: "1.204 phiên đang mở",
            error: error,
            action: "/quan-tri/phien",
            backHref: "/quan-tri"
        )
    }
}

// SPDX-License-Identifier: Apache-2.0

import Markup

/// The frames in which the gallery draws, one for each audience.
enum Frames {
    static func frame(
        for state: ScreenState,
        assets: Assets,
        display: DisplaySettings,
        path: String,
        isForPrint: Bool
    ) -> PageFrame {
        var frame = PageFrame(
            authorityName: "Tỉnh An Giang",
            audience: state.audience,
            assets: assets,
            csrfToken: "the-chung-thuc-mau",
            path: path,
            pageCode: "C-07",
            display: display,
            isForPrint: isForPrint
        )
        switch state.audience {
        case .citizen: citizen(&frame, state)
        case .officer: officer(&frame, state)
        case .administrator: administrator(&frame)
        case .leader: leader(&frame)
        }
        return frame
    }

    private static let publicScreens: Set<String> = [
        "trang-chu", "thu-tuc", "dang-nhap", "tra-cuu", "xac-minh", "thong-ke", "thong-tin", "loi",
        "linh-vuc", "huong-dan", "hoi-dap", "tin-tuc",
    ]

    private static func citizen(_ frame: inout PageFrame, _ state: ScreenState) {
        frame.navigation = [
            NavigationItem("Thủ tục", href: "/thu-tuc", isCurrent: ["thu-tuc", "mot-thu-tuc"].contains(state.screen)),
            NavigationItem("Tra cứu", href: "/tra-cuu", isCurrent: ["tra-cuu", "ho-so"].contains(state.screen)),
            NavigationItem("Xác minh", href: "/xac-minh", isCurrent: state.screen == "xac-minh"),
            NavigationItem("Số liệu", href: "/thong-ke", isCurrent: state.screen == "thong-ke"),
        ]
        frame.footerLinks = [
            NavigationItem("Trợ giúp", href: "/tro-giup"),
            NavigationItem("Khả năng tiếp cận", href: "/kha-nang-tiep-can"),
            NavigationItem("Quyền riêng tư", href: "/quyen-rieng-tu"),
        ]
        guard !publicScreens.contains(state.screen) else {
            frame.signInHref = "/dang-nhap"
            return
        }
        frame.account = AccountMark(name: "Trần Thị Bích Hằng", href: "/tai-khoan", signOutAction: "/dang-xuat")
        frame.sessionSecondsLeft = 1_800
        frame.sessionEndsAt = "15:02"
        frame.sessionExtendAction = "/phien"
    }

    private static func officer(_ frame: inout PageFrame, _ state: ScreenState) {
        frame.siteName = "Một cửa điện tử"
        frame.authorityName = "UBND phường Rạch Giá"
        frame.pageCode = "D-16"
        frame.homeHref = "/viec"
        frame.keysAreOn = true
        guard state.screen != "can-bo-dang-nhap" else { return }
        frame.navigation = [
            NavigationItem("Việc của tôi", href: "/viec", isCurrent: state.screen == "viec", count: 14),
            NavigationItem("Quầy", href: "/quay"), NavigationItem("Tìm hồ sơ", href: "/tim"),
        ]
        frame.account = AccountMark(
            name: "Phạm Ngọc Lan",
            detail: "Bộ phận một cửa",
            href: "/viec/toi",
            signOutAction: "/dang-xuat"
        )
        frame.sessionSecondsLeft = 1_800
        frame.sessionEndsAt = "15:02"
        frame.sessionExtendAction = "/phien"
    }

    private static func administrator(_ frame: inout PageFrame) {
        frame.siteName = "Cổng dịch vụ công"
        frame.pageCode = "A-25"
        frame.homeHref = "/quan-tri"
        frame.navigation = [NavigationItem("Quản trị", href: "/quan-tri", isCurrent: true)]
        frame.account = AccountMark(
            name: "Nguyễn Văn Quang",
            detail: "Quản trị hệ thống",
            href: "/quan-tri",
            signOutAction: "/dang-xuat"
        )
        frame.sessionSecondsLeft = 1_800
        frame.sessionEndsAt = "15:02"
        frame.sessionExtendAction = "/phien"
    }

    private static func leader(_ frame: inout PageFrame) {
        frame.siteName = "Ký duyệt"
        frame.authorityName = "UBND phường Rạch Giá"
        frame.pageCode = "L-21"
        frame.homeHref = "/ky"
        frame.navigation = [
            NavigationItem("Chờ ký", href: "/ky", isCurrent: true, count: 6),
            NavigationItem("Điều hành", href: "/dieu-hanh"),
        ]
        frame.account = AccountMark(
            name: "Lê Văn Thành",
            detail: "Chủ tịch UBND phường",
            href: "/ky/toi",
            signOutAction: "/dang-xuat"
        )
    }
}

// SPDX-License-Identifier: Apache-2.0

extension PageFrame {
    /// The whole page: head, header, the given main part, footer.
    ///
    /// - Parameters:
    ///   - shape: Title, way back, width and scripts.
    ///   - main: The main part; it holds the one `h1` of the page.
    /// - Returns: A complete document.
    public func page(_ shape: PageShape, _ main: HTML) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="vi" data-size="\(display.textSize.rawValue)" data-theme="\(display.theme.rawValue)"\
        \(flag: "data-print", isForPrint)\(flag: "data-keys", keysAreOn && !isForPrint)>
        \(head(shape))
        <body class="\(audience.rawValue)">
        <a class="skip" href="#noi-dung">Đến nội dung chính</a>
        \(if: !isForPrint, header)
        \(ifLet: isForPrint ? nil : account?.hats, hatStrip)
        \(each: isForPrint ? [] : banners, bannerStrip)
        \(if: !isForPrint, wayBack(shape))
        <main id="noi-dung" class="wrap w-\(shape.width.rawValue)" tabindex="-1">
        \(main)
        </main>
        \(if: !isForPrint, footer(shape))
        \(isForPrint ? nil : sessionWarning)
        </body>
        </html>

        """
    }

    private func head(_ shape: PageShape) -> HTML {
        """
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(shape.hasErrors ? "Lỗi: " : "")\(shape.title) – \(siteName) \(authorityName)</title>
        <meta name="color-scheme" content="light dark">
        \(ifLet: shape.findable, findable)\
        <link rel="stylesheet"\(href: assets.href("styles/motcua.css"))>
        \(if: audience != .citizen, "<link rel=\"stylesheet\"\(href: assets.href("styles/staff.css"))>\n")\
        <link rel="icon" type="image/svg+xml"\(href: assets.href("images/mark.svg"))>
        \(each: [.base] + shape.modules, { "<script\(src: assets.href($0.assetName)) defer></script>\n" })\
        </head>
        """
    }

    private func findable(_ page: FindablePage) -> HTML {
        """
        <meta name="description" content="\(page.description)">
        <link rel="canonical"\(href: page.canonical)>
        \(ifLet: page.data, { "\(linked: $0)\n" })
        """
    }

    // MARK: - Header

    private var header: HTML {
        """
        <header class="head np">
        <div class="wrap head-row">
        <a class="brand"\(href: homeHref)>\(Parts.mark)\
        <span class="brand-text"><span class="brand-site">\(siteName)</span> <span class="brand-name">\(authorityName)</span>\
        </span></a>
        \(ifLet: account, accountMark)
        \(account == nil ? signInLink : nil)
        </div>
        \(if: !navigation.isEmpty, menu)
        </header>
        """
    }

    private var menu: HTML {
        """
        <nav class="menu" aria-label="Mục chính"><ul class="wrap">
        \(each: navigation, { item in
            """
            <li><a\(href: item.href)\(attribute: "aria-current", item.isCurrent ? "page" : nil)>\(item.label)\
            \(ifLet: item.count, { " <span class=\"count\">\($0)</span>" })</a></li>

            """
        })\
        </ul></nav>
        """
    }

    private func accountMark(_ account: AccountMark) -> HTML {
        """
        <div class="account">
        <a class="account-name"\(href: account.href)>\(Parts.icon(.person))<span><span class="vh">Tài khoản: </span>\
        <span class="hide-s">\(account.wordsBeforeGivenName)</span>\(account.givenName)\(ifLet: account.detail, { " <small class=\"hide-s\">\($0)</small>" })</span></a>
        \(form(FormShape(action: account.signOutAction), "<button class=\"link\">Đăng xuất</button>"))
        </div>
        """
    }

    private var signInLink: HTML? {
        guard let signInHref else { return nil }
        return "<a class=\"account account-name\"\(href: signInHref)>\(Parts.icon(.person))<span>Đăng nhập</span></a>"
    }

    /// For whom one acts stands over everything, and is changed there, without script.
    private func hatStrip(_ hats: HatChoice) -> HTML {
        let tone = hats.hasLapsed ? "warn" : hats.chosen.isEmpty ? "neutral" : "info"
        return """
            <div class="strip hats \(tone) np" role="region" aria-label="Đang làm cho ai"><div class="wrap">\
            <p>\(Parts.icon(.person))<span>Đang làm cho: <strong>\(hats.current)</strong></span></p>\
            \(if: hats.hasLapsed, """
                <p class="why">Giấy tờ làm thay đã chọn không còn hiệu lực. Chọn lại đang làm cho ai rồi bấm Đổi.</p>
                """)\
            \(form(FormShape(action: hats.action), """
                <label for="vai">Đổi sang</label> <select id="vai" name="vai">\(each: hats.choices, { choice in
                    "<option value=\"\(choice.value)\"\(flag: "selected", choice.value == hats.chosen)>\(choice.label)</option>"
                })</select> <button class="btn btn-2">Đổi</button>
                """))</div></div>
            """
    }

    private func bannerStrip(_ banner: SiteBanner) -> HTML {
        """
        <div class="strip \(banner.tone.rawValue) np" role="region" aria-label="Thông báo của cổng"><p class="wrap">\
        \(Parts.icon(banner.tone.icon))<span>\(banner.text)\
        \(ifLet: banner.link, { " <a\(href: $0.href)>\($0.label)</a>" })</span></p></div>
        """
    }

    // MARK: - Way back and controls

    private func wayBack(_ shape: PageShape) -> HTML {
        """
        <div class="wrap way np w-\(shape.width.rawValue)" role="region" aria-label="Đường về và cỡ chữ">
        \(if: !shape.crumbs.isEmpty, """
            <nav aria-label="Đường dẫn" class="crumbs"><ol>\
            \(each: shape.crumbs, { "<li><a\(href: $0.href)>\($0.label)</a></li>" })</ol></nav>
            """)
        \(ifLet: shape.backHref, { "<a class=\"back\"\(href: $0)>\(Parts.icon(.back))Quay lại</a>" })
        \(ifLet: sessionEndsAt, { "<noscript><span class=\"mut\">Phiên đăng nhập đến \($0)</span></noscript>" })
        \(sizeControl(shape, place: "way"))
        </div>
        """
    }

    private func sizeControl(_ shape: PageShape, place: String) -> HTML {
        let size = display.textSize
        return """
            <div class="sizes sizes-\(place)" role="group" aria-label="Cỡ chữ"><span aria-hidden="true">Cỡ chữ</span>
            \(sizeChoice(size.smaller, "A−", "Chữ nhỏ hơn", shape))
            \(sizeChoice(.medium, "A", "Chữ thường", shape))
            \(sizeChoice(size.larger, "A+", "Chữ lớn hơn", shape))
            </div>
            """
    }

    /// A plain link would lose what was typed: on a form page the choice is a button of the form, which saves first.
    private func sizeChoice(_ size: TextSize, _ sign: String, _ name: String, _ shape: PageShape) -> HTML {
        if let formID = shape.formID {
            return """
                <button form="\(formID)" name="_size" value="\(size.rawValue)" aria-label="\(sign) \(name)" \
                formnovalidate>\(sign)</button>
                """
        }
        return """
            <a\(href: DisplaySettings.href(size: size, returningTo: path)) aria-label="\(sign) \(name)">\(sign)</a>
            """
    }

    private func themeControl(_ shape: PageShape) -> HTML {
        """
        <div class="sizes" role="group" aria-label="Màu nền"><span aria-hidden="true">Màu nền</span>
        \(each: Theme.allCases, { themeChoice($0, shape) })\
        </div>
        """
    }

    private func themeChoice(_ theme: Theme, _ shape: PageShape) -> HTML {
        let isChosen = theme == display.theme
        if let formID = shape.formID {
            return """
                <button form="\(formID)" name="_theme" value="\(theme.rawValue)" formnovalidate \
                aria-pressed="\(isChosen ? "true" : "false")">\(theme.label)</button>

                """
        }
        return """
            <a\(href: DisplaySettings.href(theme: theme, returningTo: path))\
            \(attribute: "aria-current", isChosen ? "true" : nil)>\(theme.label)</a>

            """
    }

    // MARK: - Foot

    private func footer(_ shape: PageShape) -> HTML {
        """
        <footer class="foot np"><div class="wrap">
        <div class="foot-help">
        <p class="foot-call"><a href="tel:1022">\(Parts.icon(.phone))<span>Gọi 1022 để được giúp</span></a></p>
        <p>Khi gọi, đọc mã trang <strong class="num">\(pageCode)</strong>.</p>
        </div>
        \(if: !footerLinks.isEmpty, """
            <nav aria-label="Thông tin của cổng"><ul class="foot-links">\
            \(each: footerLinks, { "<li><a\(href: $0.href)>\($0.label)</a></li>" })</ul></nav>
            """)
        <div class="foot-tools">\(sizeControl(shape, place: "foot"))\(themeControl(shape))</div>
        \(ifLet: account, { account in
            """
            <div class="foot-out">\(form(FormShape(action: account.signOutAction), "<button class=\"link\">Đăng xuất</button>"))</div>
            """
        })
        <p class="foot-sign">\(Parts.mark) \(siteName) · \(authorityName)</p>
        </div></footer>
        """
    }

    /// Closed until the script sees that five minutes are left; without script the way back says when the session ends,
    /// and the sign-in brings one back to where one was.
    private var sessionWarning: HTML? {
        guard let sessionSecondsLeft, let sessionExtendAction else { return nil }
        return """
            <dialog class="session np" data-session-ends="\(sessionSecondsLeft)" aria-labelledby="phien">
            <h2 id="phien">Phiên đăng nhập sắp hết</h2>
            <p role="status" aria-live="polite" data-session-text>Những gì đã nhập vẫn được giữ.</p>
            \(form(FormShape(action: sessionExtendAction), Parts.button("Tiếp tục làm việc")))
            </dialog>
            """
    }
}

// SPDX-License-Identifier: Apache-2.0

import Markup

/// The papers of a case: one file shown, the others a link away.
enum CaseViewer {
    static func html(_ files: [CasePage.CaseFile]) -> HTML {
        guard let index = files.firstIndex(where: \.isShown) ?? files.indices.first else {
            return
                "<section class=\"case-papers\"><h2>Giấy tờ</h2><p class=\"mut\">Hồ sơ không có tệp nào.</p></section>"
        }
        let shown = files[index]
        return """
            <section class="case-papers" aria-labelledby="giay-to">
            <div class="viewer-head"><h2 id="giay-to">\(shown.paperName)</h2>
            <p class="meta"><span>Tệp \(index + 1) trong \(files.count)</span> \
            \(if: index > 0, "<a class=\"ilink\"\(href: files[max(index - 1, 0)].selectHref)>Tệp trước</a> ")\
            \(if: index + 1 < files.count, """
                <a class="ilink"\(href: files[min(index + 1, files.count - 1)].selectHref)>Tệp sau</a>
                """)</p></div>
            \(if: files.count > 1, tabs(files))
            \(viewer(shown))
            <p class="meta"><span>\(shown.detail)</span> <a class="ilink"\(href: shown.href) target="_blank" rel="noopener">\
            \(Parts.icon(.external))Mở riêng<span class="vh"> (mở ở cửa sổ mới)</span></a></p>
            </section>
            """
    }

    private static func tabs(_ files: [CasePage.CaseFile]) -> HTML {
        """
        <ul class="pills viewer-tabs" aria-label="Các tệp">\(each: files.enumerated(), { index, file in
            """
            <li><a\(href: file.selectHref)\(attribute: "aria-current", file.isShown ? "true" : nil)>\(index + 1). \
            \(file.paperName)</a></li>
            """
        })</ul>
        """
    }

    private static func viewer(_ file: CasePage.CaseFile) -> HTML {
        if file.isPicture {
            return "<img class=\"viewer\"\(src: file.href) alt=\"Ảnh: \(file.paperName)\">"
        }
        return Parts.pdfViewer(file.paperName, href: file.href, downloadLabel: "Tải tệp")
    }
}

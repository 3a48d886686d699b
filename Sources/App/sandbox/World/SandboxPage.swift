// SPDX-License-Identifier: Apache-2.0

import Markup

/// The frame of every page of the sandbox: plainly not the portal, and plainly a trial.
enum SandboxPage {
    static let mark = "MÔI TRƯỜNG THỬ NGHIỆM"

    static func html(_ title: String, _ content: HTML) -> HTML {
        """
        <!DOCTYPE html>
        <html lang="vi">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>\(title) - môi trường thử nghiệm</title>
        <link rel="stylesheet" href="/sandbox.css">
        </head>
        <body>
        <p class="skip"><a href="#noi-dung">Đến nội dung chính</a></p>
        <header>
        <p class="mark"><strong>\(mark)</strong> Không phải dịch vụ thật. Người và giao dịch ở đây đều là giả định.</p>
        <nav aria-label="Môi trường thử nghiệm">
        <ul><li><a href="/">Trang đầu</a></li><li><a href="/dieu-khien">Điều khiển lỗi</a></li>\
        <li><a href="/hop-thu">Hộp thư</a></li></ul>
        </nav>
        </header>
        <main id="noi-dung">
        <h1>\(title)</h1>
        \(content)
        </main>
        </body>
        </html>
        """
    }

    /// Hidden fields that carry a request through a page.
    static func hidden(_ fields: KeyValuePairs<String, String>) -> HTML {
        .joined(fields.map { "<input type=\"hidden\" name=\"\($0.key)\" value=\"\($0.value)\">" })
    }

    static let style = """
        :root { color-scheme: light; }
        * { box-sizing: border-box; }
        body { margin: 0; font: 1.0625rem/1.6 "Liberation Sans", "Noto Sans", Arial, sans-serif; color: #1f1f1f;
          background: #fff; }
        header { background: #fff4d6; border-bottom: 4px solid #8a5a00; padding: .75rem 1rem; }
        header p { margin: 0; }
        nav ul { list-style: none; display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; margin: .5rem 0 0; padding: 0; }
        main { max-width: 60rem; margin: 0 auto; padding: 1rem; }
        h1 { font-size: 1.6rem; line-height: 1.3; }
        h2 { font-size: 1.25rem; margin-top: 2rem; }
        a { color: #0b4f9e; }
        a, button { min-height: 2.75rem; }
        nav a { display: inline-block; padding: .4rem 0; }
        button { font: inherit; font-weight: 600; padding: .5rem 1.25rem; border: 2px solid #0b4f9e; border-radius: 4px;
          background: #0b4f9e; color: #fff; cursor: pointer; }
        button.plain { background: #fff; color: #0b4f9e; }
        button.stop { background: #fff; color: #a11212; border-color: #a11212; }
        :focus-visible { outline: 3px solid #1f1f1f; outline-offset: 2px; }
        .skip a { position: absolute; left: -100rem; }
        .skip a:focus { left: 1rem; top: 1rem; background: #fff; padding: .5rem; }
        .choices { display: grid; gap: .75rem; padding: 0; list-style: none; }
        .choices li, fieldset { border: 1px solid #767676; border-radius: 6px; padding: .75rem 1rem; margin: 0; }
        .row { display: flex; flex-wrap: wrap; gap: .75rem; align-items: center; }
        .row .grow { flex: 1 1 18rem; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; }
        dt { font-weight: 600; } dd { margin: 0; }
        .scroll { overflow-x: auto; }
        table { border-collapse: collapse; width: 100%; } th, td { text-align: left; padding: .4rem .6rem;
          border-bottom: 1px solid #b0b0b0; vertical-align: top; }
        pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f4f4f4; padding: .75rem; margin: .5rem 0; }
        input[type=number], input[type=text] { font: inherit; padding: .4rem; width: 9rem; min-height: 2.75rem; }
        label { font-weight: 600; }
        .on { color: #a11212; font-weight: 700; } .muted { color: #555; }
        @media (max-width: 30rem) { dl { grid-template-columns: 1fr; } }
        """
}

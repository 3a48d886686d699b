// SPDX-License-Identifier: Apache-2.0

import Digests
import Kernel
import Markup
import Synchronization

/// The first page as strangers see it, for as long as its figures are the newest: one for each look.
final class KeptHome: Sendable {
    struct Page: Sendable {
        let html: HTML
        /// A short name of the bytes.
        let tag: String
    }

    private struct Look: Hashable {
        let size: TextSize
        let theme: Theme
    }

    private struct Kept {
        var moment: Instant?
        var pages: [Look: Page] = [:]
    }

    private let kept = Mutex(Kept())

    /// The page with the figures of this moment; drawn when there is none yet.
    func page(_ moment: Instant, _ display: DisplaySettings, draw: () -> HTML) -> Page {
        let look = Look(size: display.textSize, theme: display.theme)
        if let known = kept.withLock({ $0.moment == moment ? $0.pages[look] : nil }) { return known }
        let html = draw()
        let page = Page(html: html, tag: String(Digest(of: html.utf8).hex.prefix(16)))
        kept.withLock { kept in
            if kept.moment != moment { kept = Kept(moment: moment) }
            kept.pages[look] = page
        }
        return page
    }
}

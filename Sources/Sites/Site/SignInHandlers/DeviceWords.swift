// SPDX-License-Identifier: Apache-2.0

/// Words by which a person knows a browser again, from what it says about itself: `Chrome trên Android`.
///
/// The text itself is not kept: it would tell more of a device than a list of devices needs.
enum DeviceWords {
    /// Which word of the header means which browser; the first that fits, since browsers claim to be each other.
    private static let browsers = [
        ("coc_coc_browser", "Cốc Cốc"), ("Zalo", "Zalo"), ("Edg", "Edge"), ("OPR", "Opera"),
        ("SamsungBrowser", "Samsung Internet"), ("Firefox", "Firefox"), ("FxiOS", "Firefox"), ("CriOS", "Chrome"),
        ("Chrome", "Chrome"), ("Safari", "Safari"), ("curl", "Chương trình"), ("python", "Chương trình"),
    ]
    private static let systems = [
        ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "máy Mac"),
        ("CrOS", "Chromebook"), ("Linux", "Linux"),
    ]

    /// Where something must be said and nothing is known.
    static let unknown = "Trình duyệt khác"

    /// Nil where nothing of it is known.
    static func words(_ userAgent: String?) -> String? {
        guard let text = userAgent?.prefix(512) else { return nil }
        let browser = browsers.first { text.contains($0.0) }?.1
        let system = systems.first { text.contains($0.0) }?.1
        switch (browser, system) {
        case (let browser?, let system?): return "\(browser) trên \(system)"
        case (let browser?, nil): return browser
        case (nil, let system?): return "Trình duyệt trên \(system)"
        case (nil, nil): return nil
        }
    }
}

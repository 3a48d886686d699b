// SPDX-License-Identifier: Apache-2.0

import ArgumentParser
import Catalogue

/// What the portal has, where a level is computed without its configuration.
struct PlatformOptions: ParsableArguments {
    @Flag(help: "Cổng chưa có thanh toán trực tuyến.")
    var withoutPayment = false

    @Flag(help: "Cổng chưa có ký số.")
    var withoutSigning = false

    @Flag(help: "Cổng chưa có HTTPS.")
    var withoutHttps = false

    /// What the flags say, as evidence of a level.
    var evidence: PlatformEvidence {
        PlatformEvidence(https: !withoutHttps, onlinePayment: !withoutPayment, onlineSigning: !withoutSigning)
    }
}

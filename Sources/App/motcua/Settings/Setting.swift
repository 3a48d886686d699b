// SPDX-License-Identifier: Apache-2.0

/// Every key of the configuration, in one table (docs/configuration.md is compared with it by a test).
///
/// The raw value is the name of the environment variable without `MOTCUA_`. A secret may also be given by a file:
/// `MOTCUA_SLIP_KEY_FILE` names the file that holds the slip key.
enum Setting: String, CaseIterable, Sendable {
    case host = "HOST"
    case port = "PORT"
    case publicURL = "PUBLIC_URL"
    case data = "DATA"
    case database = "DATABASE"
    case resources = "RESOURCES"
    case procedures = "PROCEDURES"
    case unverifiedPacks = "UNVERIFIED_PACKS"
    case authorityName = "AUTHORITY_NAME"
    case units = "UNITS"
    case trustedProxies = "TRUSTED_PROXIES"
    case tlsChain = "TLS_CHAIN"
    case tlsKey = "TLS_KEY"
    case logLevel = "LOG_LEVEL"
    case slipKey = "SLIP_KEY"
    case logKey = "LOG_KEY"
    case logOrigin = "LOG_ORIGIN"
    case sandboxPort = "SANDBOX_PORT"
    case oidcIssuer = "OIDC_ISSUER"
    case oidcClient = "OIDC_CLIENT"
    case oidcSecret = "OIDC_SECRET"
    case paymentURL = "PAYMENT_URL"
    case paymentClient = "PAYMENT_CLIENT"
    case paymentKey1 = "PAYMENT_KEY1"
    case paymentKey2 = "PAYMENT_KEY2"
    case paymentAccount = "PAYMENT_ACCOUNT"
    case paymentBank = "PAYMENT_BANK"
    case paymentHolder = "PAYMENT_HOLDER"
    case tsaURL = "TSA_URL"
    case trustRoots = "TRUST_ROOTS"
    case signers = "SIGNERS"
    case mailURL = "MAIL_URL"
    case mailFrom = "MAIL_FROM"
    case smsURL = "SMS_URL"
    case caFile = "CA_FILE"
    case accessNames = "ACCESS_NAMES"
    case clerkIssues = "CLERK_ISSUES"
    case worker = "WORKER"
    case drainSeconds = "DRAIN_SECONDS"
    case adminHost = "ADMIN_HOST"
    case adminPort = "ADMIN_PORT"
    case adminURL = "ADMIN_URL"
    case backupKey = "BACKUP_KEY"
    case officerKey = "OFFICER_KEY"
    case secondFactor = "SECOND_FACTOR"
    case passwordProfile = "PASSWORD_PROFILE"
    case breachedPasswords = "BREACHED_PASSWORDS"
    case proofMinutes = "PROOF_MINUTES"
    case staffIssuer = "STAFF_ISSUER"
    case staffClient = "STAFF_CLIENT"
    case staffSecret = "STAFF_SECRET"
    case staffName = "STAFF_NAME"
    case staffClasses = "STAFF_CLASSES"

    /// What the key is good for, without a value.
    struct Facts {
        /// Used when nothing is given; nil where the key is compulsory for `serve`.
        var fallback: String?
        var isSecret = false
        var meaning: String
    }

    var facts: Facts {
        switch self {
        case .host: Facts(fallback: "127.0.0.1", meaning: "Địa chỉ lắng nghe")
        case .port: Facts(fallback: "8080", meaning: "Cổng của trang dịch vụ; 0 = cổng trống bất kỳ")
        case .publicURL: Facts(fallback: "", meaning: "Địa chỉ mà người dân dùng; trống = địa chỉ của máy này")
        case .data: Facts(fallback: "data", meaning: "Thư mục dữ liệu")
        case .database:
            Facts(fallback: "", meaning: "sqlite:ĐƯỜNG-DẪN hoặc postgresql://…; trống = tệp trong thư mục dữ liệu")
        case .resources:
            Facts(fallback: "", meaning: "Thư mục resources; trống = tìm cạnh chương trình và thư mục hiện tại")
        case .procedures: Facts(fallback: "", meaning: "Thư mục procedures; trống = tìm như resources")
        case .trustedProxies:
            Facts(fallback: "", meaning: "Địa chỉ máy chủ trung gian được tin, cách nhau bằng dấu phẩy")
        case .tlsChain:
            Facts(fallback: "", meaning: "Tệp PEM: chứng thư TLS và các bậc trên; trống = máy trung gian lo TLS")
        case .tlsKey: Facts(fallback: "", meaning: "Tệp PEM: khóa riêng của chứng thư TLS, không đặt mật khẩu")
        case .logLevel: Facts(fallback: "info", meaning: "trace, debug, info, notice, warning, error")
        case .slipKey:
            Facts(
                isSecret: true,
                meaning: "32 byte hex: khóa tạo mã trên giấy tiếp nhận và mã đăng nhập qua điện thoại"
            )
        case .logKey: Facts(isSecret: true, meaning: "32 byte hex: khóa Ed25519 ký điểm niêm phong nhật ký")
        case .logOrigin: Facts(fallback: "motcua.local/log", meaning: "Tên của nhật ký minh bạch")
        case .sandboxPort: Facts(fallback: "8081", meaning: "Cổng của môi trường thử nghiệm (chỉ lệnh demo)")
        case .oidcIssuer:
            Facts(meaning: "Địa chỉ nhà cung cấp định danh (OIDC); các địa chỉ khác được hỏi ở đó và phải cùng máy")
        case .oidcClient: Facts(meaning: "client_id tại nhà cung cấp định danh")
        case .oidcSecret: Facts(isSecret: true, meaning: "client_secret tại nhà cung cấp định danh")
        case .paymentURL: Facts(meaning: "Địa chỉ cổng thanh toán (giao thức quốc gia v3)")
        case .paymentClient: Facts(meaning: "client_id tại cổng thanh toán")
        case .paymentKey1: Facts(isSecret: true, meaning: "hash_key_1: ký thông điệp gửi đi")
        case .paymentKey2: Facts(isSecret: true, meaning: "hash_key_2: kiểm tra thông điệp nhận về")
        case .paymentAccount: Facts(meaning: "Số tài khoản thụ hưởng")
        case .paymentBank: Facts(meaning: "Mã ngân hàng thụ hưởng")
        case .paymentHolder: Facts(meaning: "Tên tài khoản thụ hưởng")
        case .tsaURL: Facts(meaning: "Địa chỉ dịch vụ dấu thời gian (RFC 3161)")
        case .trustRoots: Facts(meaning: "Tệp PEM: chứng thư gốc được tin khi kiểm tra chữ ký")
        case .signers:
            Facts(fallback: "", meaning: "Thư mục khóa ký của lãnh đạo; trống = signers trong thư mục dữ liệu")
        case .mailURL: Facts(meaning: "Máy chủ thư: smtp://máy:cổng hoặc smtps://…")
        case .mailFrom: Facts(fallback: "motcua@localhost", meaning: "Địa chỉ gửi thư")
        case .smsURL: Facts(meaning: "Địa chỉ nhận tin nhắn dạng JSON")
        case .caFile: Facts(fallback: "", meaning: "Tệp PEM thêm chứng thư gốc cho kết nối ra ngoài")
        case .accessNames:
            Facts(
                fallback: "no",
                meaning: "yes = người dân đọc được tên cán bộ đã xem dữ liệu của mình; no = vai trò, đơn vị, cơ quan"
            )
        case .worker:
            Facts(fallback: "yes", meaning: "yes = serve cũng làm việc nền; no = việc nền do motcua worker làm")
        case .drainSeconds:
            Facts(fallback: "0", meaning: "Số giây vẫn phục vụ sau khi /readyz báo dừng, để bộ cân bằng tải kịp biết")
        case .adminHost: Facts(fallback: "127.0.0.1", meaning: "Địa chỉ lắng nghe của cổng quản trị")
        case .adminPort:
            Facts(
                fallback: "",
                meaning: "Cổng quản trị: /quan-tri, /metrics, /readyz, /healthz; trống = ở cổng chính; 0 = bất kỳ"
            )
        case .backupKey:
            Facts(
                fallback: "",
                isSecret: true,
                meaning: "32 byte hex: khóa của backup và restore, giữ riêng khỏi bản sao"
            )
        default: officerFacts
        }
    }

    /// The keys of officers' sign-in and of what they issue.
    private var officerFacts: Facts {
        switch self {
        case .adminURL:
            Facts(fallback: "", meaning: "Địa chỉ mà quản trị viên dùng; trống = cổng quản trị của máy này")
        case .officerKey:
            Facts(
                fallback: "",
                isSecret: true,
                meaning: "32 byte hex: khóa mã hóa bí mật ứng dụng xác thực của cán bộ; trống = lấy từ MOTCUA_SLIP_KEY"
            )
        case .secondFactor:
            Facts(
                fallback: "required",
                meaning: "required = mọi cán bộ cần bước xác thực thứ hai; optional = cán bộ tự chọn"
            )
        case .passwordProfile:
            Facts(
                fallback: "asvs",
                meaning: "asvs = đủ dài, không dễ đoán; vn-742 = thêm thành phần ký tự và hạn dùng (QĐ 742/QĐ-BTTTT)"
            )
        case .clerkIssues:
            Facts(
                fallback: "no",
                meaning: "yes, hoặc mã các cơ quan = kết quả đã ký chờ văn thư phát hành; no = ký là phát hành"
            )
        case .breachedPasswords:
            Facts(
                fallback: "",
                meaning: "Tệp SHA-1 các mật khẩu đã lộ, đã sắp xếp (Have I Been Pwned); trống = chỉ danh sách kèm theo"
            )
        case .proofMinutes:
            Facts(fallback: "5", meaning: "Số phút một lần xác thực lại có hiệu lực cho việc ký")
        default: staffFacts
        }
    }

    /// The keys of the identity service of the authority's own staff, and what is offered.
    private var staffFacts: Facts {
        switch self {
        case .authorityName:
            Facts(fallback: "", meaning: "Tên ở đầu mọi trang, ví dụ Tỉnh An Giang; trống = theo tên cơ quan cao nhất")
        case .units:
            Facts(
                fallback: "",
                meaning: "Tệp CSV các đơn vị hành chính, như trong resources/sample; trống = địa chỉ là một dòng"
            )
        case .unverifiedPacks:
            Facts(
                fallback: "withhold",
                meaning: "withhold = gói chưa đối chiếu xong thì chờ; offer = vẫn cung cấp (chỉ để trình diễn)"
            )
        case .staffIssuer:
            Facts(fallback: "", meaning: "Địa chỉ dịch vụ định danh (OIDC) của cán bộ; trống = không dùng")
        case .staffClient: Facts(fallback: "", meaning: "client_id tại dịch vụ định danh của cán bộ")
        case .staffSecret:
            Facts(fallback: "", isSecret: true, meaning: "client_secret tại dịch vụ định danh của cán bộ")
        case .staffName: Facts(fallback: "tài khoản cơ quan", meaning: "Tên dịch vụ đó trên nút đăng nhập")
        case .staffClasses:
            Facts(
                fallback: "",
                meaning: "Giá trị acr nghĩa là đã qua bước thứ hai, cách nhau bằng dấu phẩy; amr có mfa cũng tính"
            )
        default: preconditionFailure("a key without facts")
        }
    }

    /// The environment variable.
    var variable: String { "MOTCUA_\(rawValue)" }
}

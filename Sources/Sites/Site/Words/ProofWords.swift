// SPDX-License-Identifier: Apache-2.0

public import Identity
import Kernel
public import Markup
public import SignIn
public import Web

/// Why an act that needs a proof of presence was not done, in words for the field.
public struct ProofMissing: Error {
    /// What is wrong.
    public let words: String
}

/// The question by which an officer proves to be present before an act that binds.
public enum ProofWords {
    /// The name of the field.
    static let name = "xac-thuc"

    /// The question, within any form.
    public static func field(error: String? = nil) -> FieldPart {
        FieldPart(
            name,
            "Mã xác thực hoặc mật khẩu",
            hint: "6 chữ số trong ứng dụng, hoặc mật khẩu đăng nhập",
            error: error,
            .password(autocomplete: "one-time-code")
        )
    }

    static func of(_ error: any Presentable) -> String {
        if case SignInError.wrongPassword? = error as? SignInError { return "Mật khẩu chưa đúng" }
        return error.publicDetail ?? "Chưa xác thực được, hãy thử lại sau"
    }
}

extension OfficerContext {
    /// The actor with a proof of presence that holds: the last one, or the one that was given with the form.
    ///
    /// - Throws: `ProofMissing` with what to say at the field.
    public func proved(by form: FormFields, _ signIn: SignInService) async throws -> Actor {
        guard let word = form[ProofWords.name], !word.isEmpty else {
            if signIn.hasLastingProof(actor) { return actor }
            throw ProofMissing(words: "Nhập mã xác thực hoặc mật khẩu")
        }
        do {
            return try await signIn.prove(actor, with: word, client: visit.client?.limitKey ?? "-")
        } catch let error as any Presentable where error.status < 500 {
            throw ProofMissing(words: ProofWords.of(error))
        }
    }
}

/// How somebody was authenticated, as pages say it.
public enum AuthenticationWords {
    /// The words.
    public static func of(_ method: AuthenticationMethod) -> String {
        switch method {
        case .password: "Mật khẩu"
        case .passwordAndTOTP: "Mật khẩu và mã xác thực"
        case .recoveryCode: "Mật khẩu và mã khôi phục"
        case .passkey: "Khóa truy cập"
        case .staffOIDC: "Tài khoản cơ quan"
        default: "Cách khác"
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Identity
public import Kernel
import Organisation

/// In whose hands a dossier lies: for them the work itself says why they look at it. Everybody else who may see the
/// dossier states a purpose first.
enum DossierHands {
    /// The roles that work on a pile, and to what end.
    static func work(on queue: WorkQueue) -> (roles: Set<Role>, purpose: AccessPurpose)? {
        switch queue {
        case .intake, .unpaid: ([.deskOfficer], .intake)
        case .examination: ([.specialist, .unitHead], .handling)
        case .signing: ([.leader], .signing)
        case .issuing: ([.recordsClerk], .issuing)
        // Whoever asked for the supplement explains it; papers may be brought to the counter.
        case .applicant: ([.deskOfficer, .specialist, .unitHead], .handling)
        case .delivery: ([.deskOfficer], .delivery)
        case .ended: nil
        }
    }

    /// The end to which the actor looks at this dossier as her own work, also at a step that the pack gives to another
    /// role than the pile's; nil when it is not in her hands.
    static func purpose(of actor: Actor, for state: DossierState, in context: DossierContext) -> AccessPurpose? {
        if let purpose = purpose(of: actor, in: state.queue(in: context)) { return purpose }
        guard state.status == .processing, let step = context.step(state.step), actor.roles.contains(step.role) else {
            return nil
        }
        return .handling
    }

    /// The end to which the actor looks at a dossier of this pile as her own work; nil when it is not in her hands.
    static func purpose(of actor: Actor, in queue: WorkQueue) -> AccessPurpose? {
        guard let work = work(on: queue), !actor.roles.isDisjoint(with: work.roles) else { return nil }
        return work.purpose
    }
}

/// What a page may show of the applicant: complete for herself, masked for officers by `MaskingRule`.
public struct ShownPerson: Sendable, Hashable {
    /// The full name.
    public var fullName: String
    /// The personal ID number as it is shown.
    public var nationalID: String
    /// The day of birth.
    public var birthDate: LocalDate?
    /// The address as it is shown.
    public var address: String?
    /// The telephone number as it is shown.
    public var phone: String?
    /// The e-mail address as it is shown.
    public var email: String?
    /// The answers of the form, masked where they are of such a kind.
    public var answers: FormAnswers
    /// By whom it was filed where that is not the applicant, the numbers masked like hers.
    public var behalf: DossierBehalf?
    /// The personal ID number of who filed it for her, as it is shown.
    public var holderNumber: String?
    /// The personal ID number or tax code of for whom it was filed, as it is shown.
    public var behalfNumber: String?
    /// Whether anything is masked.
    public var isMasked = false

    /// Everything in clear.
    init(_ personal: DossierPersonal) {
        fullName = personal.fullName
        nationalID = personal.nationalID.grouped
        birthDate = personal.birthDate
        address = personal.address
        phone = personal.phone?.grouped
        email = personal.email
        answers = personal.answers
        behalf = personal.behalf
        holderNumber = personal.behalf?.holderNumber.grouped
        behalfNumber = personal.behalf?.number
    }

    /// With these fields masked.
    mutating func mask(_ fields: Set<MaskedField>, by form: FormSchema?) {
        guard !fields.isEmpty else { return }
        isMasked = true
        if fields.contains(.nationalID) {
            nationalID = MaskedField.nationalID.masked(nationalID)
            holderNumber = holderNumber.map(MaskedField.nationalID.masked)
            // A tax code is public.
            if behalf?.kind != .business { behalfNumber = behalfNumber.map(MaskedField.nationalID.masked) }
        }
        if fields.contains(.phone) { phone = phone.map(MaskedField.phone.masked) }
        if fields.contains(.email) { email = email.map(MaskedField.email.masked) }
        if fields.contains(.address) { address = address.map(MaskedField.address.masked) }
        answers.mask(fields, by: form)
    }
}

extension FormAnswers {
    /// Answers of these kinds masked, by the form that asked for them.
    mutating func mask(_ kinds: Set<MaskedField>, by form: FormSchema?) {
        for field in form?.leaves(self) ?? [] {
            guard let kind = field.maskedField, kinds.contains(kind) else { continue }
            for key in field.answerKeys {
                if let answer = self[key] { self[key] = kind.masked(field.display(answer)) }
            }
        }
    }
}

extension FormField {
    /// Which kind of personal data the field asks for; nil for any other.
    var maskedField: MaskedField? {
        switch type {
        case .nationalID: return .nationalID
        case .phone: return .phone
        case .email: return .email
        case .address, .unitAddress: return .address
        default: break
        }
        switch prefill?.source {
        case .nationalID: return .nationalID
        case .phone: return .phone
        case .email: return .email
        case .address: return .address
        default: return nil
        }
    }
}

// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Journal
public import Kernel
import Organisation

/// Where figures of a sample are counted: a procedure at an agency, by one channel.
public final class SamplePlace: Sendable {
    /// Places are numbered from 0.
    public let number: Int
    public let agency: AgencyCode
    public let procedure: String
    public let channel: Channel

    init(number: Int, agency: AgencyCode, procedure: String, channel: Channel) {
        (self.number, self.agency, self.procedure, self.channel) = (number, agency, procedure, channel)
    }
}

/// A procedure at an agency, with those who do the work there.
final class SampleOffice: Sendable {
    let number: Int
    let offer: DossierSampler.Offer
    let context: DossierContext
    /// Offices of one number have the same deadlines: the same promise and calendar.
    let deadlines: Int
    let lateShare: Double
    let desk: ActorStamp
    let specialist: ActorStamp
    let leader: ActorStamp
    let drafter: OfficerID
    let online: SamplePlace
    let counter: SamplePlace

    init(
        number: Int,
        offer: DossierSampler.Offer,
        context: DossierContext,
        deadlines: Int,
        lateShare: Double,
        _ dice: inout SampleDice
    ) {
        (self.number, self.offer, self.context) = (number, offer, context)
        (self.deadlines, self.lateShare) = (deadlines, lateShare)
        func officer(_ id: OfficerID) -> ActorStamp {
            ActorStamp(kind: .officer, id: id.rawValue, agency: offer.agency, authentication: "password")
        }
        func place(_ number: Int, _ channel: Channel) -> SamplePlace {
            SamplePlace(number: number, agency: offer.agency, procedure: offer.procedure, channel: channel)
        }
        drafter = dice.id()
        (desk, specialist, leader) = (officer(dice.id()), officer(drafter), officer(dice.id()))
        (online, counter) = (place(2 * number, .online), place(2 * number + 1, .desk))
    }
}

/// What happens to a dossier.
enum SampleAct: Sendable {
    case submitted, withdrawn, declined
    /// With its number in the register.
    case received(dueAt: Instant, number: Int64)
    case handedOver, supplementRequested, drafted
    /// To the step of this index from the one before it.
    case advanced(Int)
    case granted, refused, delivered

    /// Whether nothing happens after it.
    var isLast: Bool {
        switch self {
        case .withdrawn, .declined, .delivered: true
        default: false
        }
    }
}

/// A dossier as it was drawn: what stands before anything happens to it.
final class SampleDossier: Sendable {
    let number: Int
    let office: SampleOffice
    let id: DossierID
    let applicant: Identifier<DossierApplicant>
    let result: ResultID
    let code: DossierCode
    let isOnline: Bool
    let regime: Regime
    let person: SampleNames.Person

    init(
        number: Int,
        office: SampleOffice,
        code: DossierCode,
        regime: Regime,
        _ dice: inout SampleDice
    ) {
        (self.number, self.office, self.code, self.regime) = (number, office, code, regime)
        (id, applicant, result) = (dice.id(), dice.id(), dice.id())
        isOnline = dice.happens(0.7)
        person = SampleNames.Person(number: number, &dice)
    }

    var place: SamplePlace { isOnline ? office.online : office.counter }

    func event(_ act: SampleAct) -> DossierEvent {
        switch act {
        case .submitted: .submitted(submission)
        case .withdrawn: .withdrawn
        case .declined: .declined
        case .received(let due, let number): .received(DossierEvent.Received(dueAt: due, registerNumber: number))
        case .handedOver: .handedOver(step: office.context.steps[0].id)
        case .supplementRequested: .supplementRequested(items: 1)
        case .drafted: .resultDrafted(drafter: office.drafter)
        case .advanced(let to): .advanced(from: office.context.steps[to - 1].id, to: office.context.steps[to].id)
        case .granted: .granted(result: result)
        case .refused: .refused
        case .delivered: .delivered(.online)
        }
    }

    func author(of act: SampleAct) -> ActorStamp {
        switch act {
        case .submitted, .withdrawn:
            ActorStamp(kind: .citizen, id: applicant.rawValue, authentication: "nationalIdentity", assurance: 2)
        case .declined, .received, .handedOver, .delivered: office.desk
        case .supplementRequested, .drafted: office.specialist
        case .advanced(let to): office.context.steps[to - 1].role == .leader ? office.leader : office.specialist
        case .granted, .refused: office.leader
        }
    }

    private var submission: DossierEvent.Submitted {
        DossierEvent.Submitted(
            code: code,
            procedure: office.offer.procedure,
            packVersion: office.offer.packVersion,
            agency: office.offer.agency,
            applicant: applicant,
            channel: place.channel,
            delivery: .online,
            obligation: .none,
            files: [],
            regime: regime
        )
    }
}

/// One thing that happens to a dossier.
struct SampleHappening: Sendable {
    let at: Instant
    let dossier: SampleDossier
    var act: SampleAct
}

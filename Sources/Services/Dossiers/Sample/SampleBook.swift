// SPDX-License-Identifier: Apache-2.0

import Catalogue
import Journal
import Kernel
import Storage

/// Notes what happens in a sample: the events for the journal, the rows of the states, the figures. It does so while
/// the next days are drawn.
actor SampleBook {
    private final class Open {
        let dossier: SampleDossier
        var state: DossierState

        init(_ dossier: SampleDossier, _ state: DossierState) { (self.dossier, self.state) = (dossier, state) }

        /// Field by field: a whole state is not copied for it.
        var standing: DossierStanding {
            DossierStanding(status: state.status, dueAt: state.dueAt, isPaused: state.pausedSince != nil)
        }
    }

    /// What one transaction writes, before its events are leaves of the journal.
    struct Notes: Sendable {
        let events: [LoadedEvent]
        let rows: [RowBuffer]
    }

    private var facts: SampleFacts
    private var figures: any SampleFigures
    private var dice: SampleDice
    private var open: [Int: Open] = [:]
    /// Over since the last pages.
    private var ended: [Open] = []
    private var events: [LoadedEvent] = []
    private(set) var closed = 0

    init(figures: any SampleFigures, seed: UInt64) throws {
        self.figures = figures
        (facts, dice) = (try SampleFacts(), SampleDice(seed: ~seed))
    }

    /// Notes what happens next.
    func notes(of happenings: [SampleHappening]) throws -> Notes {
        events.reserveCapacity(happenings.count)
        for happening in happenings { try note(happening) }
        return take(figures.takeDays())
    }

    /// What is left after the last happening, with the rows of all that is open; nil when there is no more.
    func rest() -> Notes? {
        ended += open.values
        open = [:]
        let counted = figures.takeRest()
        return counted == nil && ended.isEmpty ? nil : take(counted)
    }

    private func note(_ happening: SampleHappening) throws {
        let (dossier, act, moment) = (happening.dossier, happening.act, happening.at)
        let (event, author) = (dossier.event(act), dossier.author(of: act))
        let known = open[dossier.number]
        let before = known?.standing
        let now: Open
        if let known {
            known.state.apply(event, at: moment)
            now = known
        } else {
            guard let state = DossierState.apply(event, at: moment, to: nil, id: dossier.id) else { return }
            now = Open(dossier, state)
            open[dossier.number] = now
        }
        events.append(
            LoadedEvent(
                at: moment,
                service: "dossier",
                kind: event.kind,
                objectType: "dossier",
                objectID: dossier.id.rawValue,
                actor: author,
                facts: try facts.json(of: event),
                personal: known == nil ? dossier.person.journalled : nil
            )
        )
        figures.add(
            SampleChange(
                event: event,
                at: moment,
                author: author,
                before: before,
                after: now.standing,
                place: dossier.place
            )
        )
        if act.isLast {
            open[dossier.number] = nil
            closed += 1
            ended.append(now)
        }
    }

    private func take(_ counted: RowBuffer?) -> Notes {
        var (rows, personalRows) = (DossierTable.buffer, PersonalTable.buffer)
        rows.reserve(bytes: ended.count * 600)
        personalRows.reserve(bytes: ended.count * 200)
        // Neighbours in the index of ids, which is as large as the processor's cache, are found at once.
        for one in ended.sorted(by: { $0.dossier.id.rawValue < $1.dossier.id.rawValue }) {
            let queue = one.state.queue(in: one.dossier.office.context)
            // The digest of a secret that nobody has: no slip opens a sampled dossier.
            DossierTable.add(one.state, queue: queue, slipSecret: dice.text(64, bits: 4), to: &rows)
            let person = one.dossier.person
            PersonalTable.add(person.personal, foldedName: person.foldedName, of: one.dossier.id, to: &personalRows)
        }
        ended.removeAll(keepingCapacity: true)
        defer { events = [] }
        return Notes(events: events, rows: [rows, personalRows] + (counted.map { [$0] } ?? []))
    }
}

/// The journal of a sample: makes leaves of events while the next ones are noted.
actor SampleJournal {
    private var load: JournalLoad

    init(_ load: JournalLoad) { self.load = load }

    /// The rows of these events, which follow those before.
    func batch(of events: [LoadedEvent]) throws -> JournalLoad.Batch {
        load.reserve(events.count)
        for event in events { try load.add(event) }
        return load.take()
    }
}

// SPDX-License-Identifier: Apache-2.0

public import Catalogue
import Digests
public import Identity
public import Kernel
import Storage

/// What the page of a place for files shows besides its papers.
public struct FilePlaceView: Sendable {
    /// The papers that files may be put to.
    public var papers: [RequiredComponent]
    /// The files that may be changed here.
    public var files: [DossierFile]
    /// These and those that stand in the dossier already: what counts against the limits, and may be used again.
    public var counted: [DossierFile]
    /// Files of which a part has arrived.
    public var unfinished: [PartialUpload]
    /// Results that the applicant holds and that may stand for papers.
    public var results: [HeldResult] = []

    /// Bytes of everything that counts.
    public var bytes: Int64 { counted.reduce(0) { $0 + $1.size } }

    /// One of the papers.
    public func paper(_ id: String?) -> RequiredComponent? { papers.first { $0.id == id } }

    /// The files of a paper.
    public func files(of component: String) -> [DossierFile] { files.filter { $0.component == component } }

    /// The photos of a paper, in the order in which they were added.
    public func photos(of component: String) -> [DossierFile] { files(of: component).filter(\.isPhoto) }
}

/// What a person does with files, in a draft and in an answer to a request for supplement alike.
extension DossierService {
    /// The papers and files of a place.
    ///
    /// - Throws: as `draft(_:for:)` or `supplement(of:for:)`.
    public func papers(at place: FilePlace, for actor: Actor) async throws -> FilePlaceView {
        let papers: [RequiredComponent]
        switch place {
        case .draft(let id): papers = try await draft(id, for: actor).components.map(\.component)
        case .supplement(let code):
            papers = try await supplement(of: code, for: actor).items.compactMap(\.component)
        }
        let now = clock.now()
        let results = try await heldResults(for: papers, of: actor)
        return try await store.read { transaction in
            let open = try OpenFilePlace(place, of: actor, at: now, identity, in: transaction)
            return FilePlaceView(
                papers: papers,
                files: open.files,
                counted: open.counted,
                unfinished: try PartialUploadTable.unfinished(at: place, after: now, in: transaction),
                results: results
            )
        }
    }

    /// Adds a file whose bytes are on disk already.
    ///
    /// - Parameters:
    ///   - file: the file.
    ///   - place: where it shall stand.
    ///   - isReplacing: whether it takes the place of the file of a paper that takes only one.
    ///   - actor: the applicant.
    /// - Throws: as `papers(at:for:)`; `.tooManyFiles`, `.tooManyFilesOfPaper`, `.wrongFileType`,
    ///   `.dossierTooLarge`.
    public func attach(_ file: DossierFile, to place: FilePlace, isReplacing: Bool = false, by actor: Actor)
        async throws
    {
        let (now, limits) = (clock.now(), settings.limits)
        let paper = try await papers(at: place, for: actor).paper(file.component)
        try await store.write { transaction in
            var open = try OpenFilePlace(place, of: actor, at: now, identity, in: transaction)
            if isReplacing, paper?.fileLimit == 1 {
                // A refusal below leaves everything as it was.
                for old in open.files where old.component == file.component {
                    _ = try open.remove(old.id, in: transaction)
                }
            }
            try open.checkRoom(for: paper)
            try open.checkType(of: file, for: paper)
            try open.add(file, limits, in: transaction)
            try open.touch(at: now, in: transaction)
        }
    }

    /// Takes a file out again; nothing happens when it is out already.
    ///
    /// - Throws: as `papers(at:for:)`.
    public func detach(_ file: DossierFileID, from place: FilePlace, by actor: Actor) async throws {
        let now = clock.now()
        try await store.write { transaction in
            var open = try OpenFilePlace(place, of: actor, at: now, identity, in: transaction)
            if try open.remove(file, in: transaction) { try open.touch(at: now, in: transaction) }
        }
    }

    /// Puts one file, whose bytes are on disk already, in the place of the photos of a paper that it was made of.
    ///
    /// - Parameters:
    ///   - photos: the files that were joined; all photos of the paper.
    ///   - file: what they were joined to, for the same paper.
    ///   - place: where they are.
    ///   - actor: the applicant.
    /// - Throws: as `papers(at:for:)`; `.draftChangedMeanwhile` when a photo was added or taken away since; then
    ///   nothing is changed. `.dossierTooLarge`.
    public func join(
        _ photos: [DossierFileID],
        into file: DossierFile,
        of place: FilePlace,
        by actor: Actor
    ) async throws {
        let (now, limits) = (clock.now(), settings.limits)
        try await store.write { transaction in
            var open = try OpenFilePlace(place, of: actor, at: now, identity, in: transaction)
            let standing = open.files.filter { $0.component == file.component && $0.isPhoto }
            guard Set(standing.map(\.id)) == Set(photos) else { throw DossierRefusal.draftChangedMeanwhile }
            for photo in photos { _ = try open.remove(photo, in: transaction) }
            try open.add(file, limits, in: transaction)
            try open.touch(at: now, in: transaction)
        }
    }

    /// Puts a file one place higher among the files of its paper; nothing happens with the first.
    ///
    /// - Throws: as `papers(at:for:)`; `.notFound` for a file that is not there.
    public func raise(_ file: DossierFileID, of place: FilePlace, by actor: Actor) async throws {
        let now = clock.now()
        try await store.write { transaction in
            var open = try OpenFilePlace(place, of: actor, at: now, identity, in: transaction)
            guard let component = open.files.first(where: { $0.id == file })?.component else {
                throw DossierRefusal.notFound
            }
            var order = open.files.filter { $0.component == component }
            guard let index = order.firstIndex(where: { $0.id == file }), index > 0 else { return }
            let first = order.map(\.addedAt).min() ?? now
            order.swapAt(index - 1, index)
            // The order is that of the moments, so each gets one of its own.
            for (index, moved) in order.enumerated() {
                try FileTable.move(
                    moved.id,
                    to: Instant(microseconds: first.microseconds + Int64(index)),
                    in: transaction
                )
            }
            try open.touch(at: now, in: transaction)
        }
    }

    /// Lets a file stand for another paper too; nothing happens when it does already.
    ///
    /// - Parameters:
    ///   - file: the file that was uploaded for one paper.
    ///   - component: the other paper.
    ///   - place: where it shall stand.
    ///   - actor: the applicant.
    /// - Throws: as `papers(at:for:)`; `.notFound` for a file that is not there or a paper that is not asked for;
    ///   `.tooManyFiles`, `.tooManyFilesOfPaper`, `.dossierTooLarge`.
    public func reuse(
        _ file: DossierFileID,
        for component: String,
        of place: FilePlace,
        by actor: Actor
    ) async throws {
        guard let paper = try await papers(at: place, for: actor).paper(component) else {
            throw DossierRefusal.notFound
        }
        let (now, limits, copyID) = (clock.now(), settings.limits, DossierFileID(random))
        try await store.write { transaction in
            var open = try OpenFilePlace(place, of: actor, at: now, identity, in: transaction)
            guard var copy = open.counted.first(where: { $0.id == file }) else { throw DossierRefusal.notFound }
            let stands = open.files.contains { $0.component == component && $0.digest == copy.digest }
            guard !stands else { return }
            (copy.id, copy.component, copy.addedAt) = (copyID, component, now)
            try open.checkRoom(for: paper)
            try open.checkType(of: copy, for: paper)
            try open.add(copy, limits, in: transaction)
            try open.touch(at: now, in: transaction)
        }
    }
}

/// A place for files that was opened for its applicant within a transaction.
struct OpenFilePlace {
    private enum Owner {
        case draft(DossierDraft)
        case dossier(DossierID)
    }

    private var owner: Owner
    /// What may be changed.
    private(set) var files: [DossierFile]
    /// What counts against the limits.
    private(set) var counted: [DossierFile]

    /// - Throws: `draftGone`, `draftSubmitted`; `notFound`, `notPossible` for a dossier where nothing is asked.
    init(
        _ place: FilePlace,
        of actor: Actor,
        at now: Instant,
        _ identity: IdentityService,
        in transaction: Transaction
    ) throws {
        switch place {
        case .draft(let id):
            owner = .draft(try DossierService.ownDraft(id, of: actor, at: now, identity, in: transaction))
            files = try FileTable.files(of: id, in: transaction)
            counted = files
        case .supplement(let code):
            let state = try DossierService.openSupplement(of: code, for: actor, identity, in: transaction).state
            owner = .dossier(state.id)
            counted = try FileTable.files(of: state.id, in: transaction).filter { $0.state != .replaced }
            files = counted.filter { $0.state == .pending }
        }
    }

    /// Whether the pack takes one more file for the paper; files that were sent before and are being replaced do not
    /// count.
    ///
    /// - Throws: `tooManyFilesOfPaper`.
    func checkRoom(for paper: RequiredComponent?) throws(DossierRefusal) {
        guard let paper, files.count(where: { $0.component == paper.id }) >= paper.fileLimit else { return }
        throw .tooManyFilesOfPaper(component: paper.id, limit: paper.fileLimit)
    }

    /// Whether the pack takes files of this type for the paper.
    ///
    /// - Throws: `wrongFileType`.
    func checkType(of file: DossierFile, for paper: RequiredComponent?) throws(DossierRefusal) {
        guard let paper, !paper.takes(file.mediaType) else { return }
        throw .wrongFileType(component: paper.id, words: paper.wrongTypeSentence)
    }

    /// - Throws: `tooManyFiles`, `dossierTooLarge`.
    mutating func add(_ file: DossierFile, _ limits: DossierLimits, in transaction: Transaction) throws {
        try limits.check((counted + [file]).map(\.size))
        var file = file
        switch owner {
        case .draft(let draft):
            file.state = .current
            try FileTable.insert(file, draft: draft.id, dossier: nil, in: transaction)
        case .dossier(let id):
            file.state = .pending
            try FileTable.insert(file, draft: nil, dossier: id, in: transaction)
        }
        files.append(file)
        counted.append(file)
    }

    /// False when it is not there.
    mutating func remove(_ id: DossierFileID, in transaction: Transaction) throws -> Bool {
        guard files.contains(where: { $0.id == id }) else { return false }
        files.removeAll { $0.id == id }
        counted.removeAll { $0.id == id }
        switch owner {
        case .draft(let draft): return try FileTable.remove(id, from: draft.id, in: transaction)
        case .dossier(let dossier): return try FileTable.removePending(id, of: dossier, in: transaction)
        }
    }

    /// A draft lives on from its last change, and other windows learn of it.
    mutating func touch(at now: Instant, in transaction: Transaction) throws {
        guard case .draft(var draft) = owner else { return }
        try DossierService.touch(&draft, at: now, in: transaction)
        owner = .draft(draft)
    }
}

extension DossierFile {
    /// Whether it is a picture, by content.
    public var isPhoto: Bool { mediaType.hasPrefix("image/") }
}

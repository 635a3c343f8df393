// SPDX-License-Identifier: MIT
internal import Files

/// Which study a run folder belongs to.
struct StudyIdentity {
  let folder: RunFolder
  /// The resolved study's text.
  let study: String
  let hash: String

  /// Throws if the folder holds another study or is none of ours; a folder that is missing or empty is fine.
  func check() throws(StoreError) {
    guard Folder.exists(folder.path) else { return }
    guard folder.exists else { return try checkUnclaimed() }
    let stored = String(decoding: try OpenFile.read(folder.identityPath).prefix { $0 > 0x20 }, as: UTF8.self)
    if stored != hash { throw .otherStudy(path: folder.path, difference: difference) }
  }

  /// Writes the study, then the mark that makes the folder a run folder: a start that was killed can be repeated.
  func claim() throws(StoreError) {
    if folder.exists { return }
    try AtomicFile.write(study, to: folder.studyPath)
    try AtomicFile.write(hash + "\n", to: folder.identityPath)
  }

  /// A folder without the mark may hold what a killed start has left, nothing else: a study that somebody wrote stays.
  private func checkUnclaimed() throws(StoreError) {
    let ours: Set = [FolderLock.fileName, "study.yaml", "provenance.json", "models", "samples", "figures"]
    let foreign = try Folder.names(in: folder.path).first {
      !ours.contains($0) && !AtomicFile.isTemporary($0, of: ours.union(["report.html", ".study-hash"]))
    }
    // A start of ours writes its provenance before.
    let isAnothers =
      Folder.exists(folder.studyPath) && !Folder.exists(folder.provenancePath) && (try? folder.study()) != study
    // Folders of these names that hold something are not what a killed start leaves either.
    let filled = ["models", "samples", "figures"].first { name in
      ((try? Folder.names(in: "\(folder.path)/\(name)")) ?? []).contains { !AtomicFile.isTemporary($0) }
    }
    if let foreign = foreign ?? (isAnothers ? "study.yaml" : filled) {
      throw .notARunFolder(path: folder.path, problem: "it holds '\(foreign)': choose an empty folder or a new one")
    }
  }

  /// The first line in which the two studies differ.
  private var difference: String {
    guard let stored = try? folder.study() else { return "its study.yaml cannot be read" }
    let (theirs, ours) = (Self.lines(stored), Self.lines(study))
    for index in 0..<max(theirs.count, ours.count) {
      let (there, here) = (index < theirs.count ? theirs[index] : "", index < ours.count ? ours[index] : "")
      if there != here { return "line \(index + 1): '\(there)' in the folder, '\(here)' in this study" }
    }
    return "the same study.yaml, but of a version with other settings"
  }

  private static func lines(_ text: String) -> [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      String(line.drop { $0 == " " })
    }
  }
}

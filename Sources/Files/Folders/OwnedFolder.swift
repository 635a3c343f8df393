// SPDX-License-Identifier: MIT
internal import Foundation

/// A folder that one kind of command fills with files of its own, such as an audit's evidence.
///
/// Its mark `.verbatim-KIND` lists the files that were published. Without a mark nothing is written into a folder that holds
/// anything; with it nothing but what the mark lists is replaced. One process works in it at a time.
public final class OwnedFolder: Sendable {
  /// The commands that own folders.
  public enum Kind: String, Sendable {
    /// An audit's evidence; the tables of a fit.
    case audit, fit

    var words: String { self == .audit ? "an audit" : "a fit" }
  }

  /// As it was given.
  public let path: String
  private let kind: Kind
  private let lock: FolderLock
  /// Whether this process made the folder.
  private let isNew: Bool
  private static let prefix = ".verbatim-"

  /// Opens the folder, makes it if need be, locks it and removes what killed processes left.
  ///
  /// `legacy`: what a version without marks would have published there, if the folder is one of its own.
  /// Throws `StoreError`: a folder of anyone else's, in use, not writable.
  public init(_ path: String, kind: Kind, legacy: (String) -> [String] = { _ in [] }) throws(StoreError) {
    guard !path.isEmpty else { throw .system(action: "create", path: "''", code: ENOENT) }
    // Whatever somebody once left there, the root of a file system is nobody's evidence.
    if FileIdentity.isSame(path, "/") { throw .foreign(path: path, kind: kind.words, entry: "the whole file system") }
    (self.path, self.kind, isNew) = (path, kind, !Folder.exists(path))
    // Before anything is written: a foreign folder stays as it is.
    if !isNew { try Self.check(path, kind, legacy) }
    try Folder.create(path)
    lock = try FolderLock(path)
    try Self.check(path, kind, legacy)
    try removeLeftovers()
    if !Folder.exists(mark) { try write(Set(legacy(path))) }
  }

  private var mark: String { "\(path)/\(Self.prefix)\(kind.rawValue)" }

  private static func check(_ path: String, _ kind: Kind, _ legacy: (String) -> [String]) throws(StoreError) {
    let names = try Folder.names(in: path)
    guard !names.contains("\(prefix)\(kind.rawValue)"), legacy(path).isEmpty else { return }
    let mark = "\(prefix)\(kind.rawValue)"
    let foreign = names.first {
      $0 != FolderLock.fileName && !AtomicFile.isTemporary($0, of: [mark]) && !$0.hasPrefix("\(prefix)new-")
        && !$0.hasPrefix(TemporaryFolder.prefix)
    }
    if let foreign { throw .foreign(path: path, kind: kind.words, entry: foreign) }
  }

  private func removeLeftovers() throws(StoreError) {
    for name in try Folder.names(in: path) where AtomicFile.isTemporary(name, of: ["\(Self.prefix)\(kind.rawValue)"]) {
      unlink("\(path)/\(name)")
    }
    for name in try Folder.names(in: path) where name.hasPrefix("\(Self.prefix)new-") {
      try? FileManager.default.removeItem(atPath: "\(path)/\(name)")
    }
  }

  /// Throws where a file of anyone else's has one of these names: better before the work than after.
  public func requireOwn(_ names: [String]) throws(StoreError) {
    let own = try published()
    guard let foreign = names.first(where: { !own.contains($0) && Self.isThere("\(path)/\($0)") }) else { return }
    throw .corrupt(
      path: "\(path)/\(foreign)", line: nil,
      problem: "is not one of the files that \(kind.words) wrote there, and would be replaced: move it away")
  }

  /// A new folder inside to write files into, before they are published.
  public func stage() throws(StoreError) -> String {
    try Folder.createUnique("\(path)/\(Self.prefix)new-")
  }

  /// Puts the files below `staged` in the place of those published before; `last` says by its presence that all are there.
  ///
  /// A kill in between leaves old files, or new ones, or too few, never some of both.
  public func publish(_ staged: String, last: String) throws(StoreError) {
    let (old, new) = (try published(), try Self.files(in: staged))
    try requireOwn(new.sorted())
    for folder in Set(old.union(new).map { Folder.parent(of: "\(path)/\($0)") }) {
      try Self.require(folder: folder, in: path)
    }
    // Whatever happens from here on, the mark knows every file.
    try write(old.union(new))
    for name in old.sorted(by: { $0 == last || ($1 != last && $0 < $1) }) {
      guard unlink("\(path)/\(name)") != 0, errno != ENOENT, errno != ENOTDIR else { continue }
      throw .system(action: "replace", path: "\(path)/\(name)", code: errno)
    }
    for name in new.sorted(by: { $1 == last || ($0 != last && $0 < $1) }) {
      let place = "\(path)/\(name)"
      guard rename("\(staged)/\(name)", place) == 0 else {
        throw .system(action: "write", path: place, code: errno)
      }
    }
    for folder in Set(new.map { Folder.parent(of: "\(path)/\($0)") }) { try Folder.synchronize(folder) }
    try write(new)
    try? FileManager.default.removeItem(atPath: staged)
  }

  /// Whether anything has this name, a link to nowhere too.
  private static func isThere(_ path: String) -> Bool {
    var status = stat()
    return lstat(path, &status) == 0
  }

  /// A folder of evidence is made, or is there; a link to someone else's is refused.
  private static func require(folder: String, in path: String) throws(StoreError) {
    var status = stat()
    guard folder != path else { return }
    guard lstat(folder, &status) == 0 else { return try Folder.create(folder) }
    guard status.st_mode & S_IFMT == S_IFDIR else { throw .system(action: "write", path: folder, code: ENOTDIR) }
  }

  /// Takes the folder back if this process made it and nothing is in it.
  public func abandon() {
    let own: Set = [FolderLock.fileName, "\(Self.prefix)\(kind.rawValue)"]
    guard isNew, let names = try? Folder.names(in: path), own.isSuperset(of: names) else { return }
    for name in names { unlink("\(path)/\(name)") }
    rmdir(path)
  }

  private func write(_ names: Set<String>) throws(StoreError) {
    try AtomicFile.write(names.sorted().map { "\($0)\n" }.joined(), to: mark)
  }

  /// What the mark lists; lines that lead elsewhere are none of ours.
  private func published() throws(StoreError) -> Set<String> {
    let lines = String(decoding: try OpenFile.read(mark), as: UTF8.self).split(separator: "\n").map(String.init)
    return Set(lines.filter { line in !line.hasPrefix("/") && !line.split(separator: "/").contains("..") })
  }

  /// Paths of the files below a folder, relative to it.
  private static func files(in folder: String, below name: String = "") throws(StoreError) -> Set<String> {
    var files: Set<String> = []
    for entry in try Folder.names(in: name.isEmpty ? folder : "\(folder)/\(name)") {
      let inner = name.isEmpty ? entry : "\(name)/\(entry)"
      if Folder.exists("\(folder)/\(inner)/.") {
        files.formUnion(try Self.files(in: folder, below: inner))
      } else {
        files.insert(inner)
      }
    }
    return files
  }
}

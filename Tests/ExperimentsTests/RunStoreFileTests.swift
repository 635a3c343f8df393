// SPDX-License-Identifier: MIT
import Files
import Experiments
import Foundation
import RunStore
import Testing

struct RunStoreFileTests {
  @Test("a file is replaced as a whole and leaves nothing beside it")
  func replaced() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("old", to: "\(folder.path)/a.txt")
    try AtomicFile.write("new and longer", to: "\(folder.path)/a.txt")
    #expect(folder.bytes("a.txt") == Array("new and longer".utf8))
    #expect(try folder.names() == ["a.txt"])
  }

  @Test("a full disk is named, the old file stays, the temporary one goes")
  func fullDisk() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("old", to: "\(folder.path)/a.txt")
    // Writing to /dev/full fails as writing to a full disk does.
    let temporary = "\(folder.path)/.a.txt.partial"
    try FileManager.default.createSymbolicLink(atPath: temporary, withDestinationPath: "/dev/full")
    let line = message { try AtomicFile.write(Array("new".utf8), to: "\(folder.path)/a.txt", through: temporary) }
    #expect(line.contains("cannot write \(folder.path)/a.txt: the disk is full"))
    #expect(line.contains("what was finished is kept") && !line.contains("partial") && !line.contains("\n"))
    #expect(folder.bytes("a.txt") == Array("old".utf8))
    #expect(try folder.names() == ["a.txt"])
    #expect(FileManager.default.fileExists(atPath: "/dev/full"))
  }

  @Test("a path through a file and a missing folder are one clear line each, and the input's fault")
  func badPaths() throws {
    let folder = try TemporaryFolder()
    try AtomicFile.write("x", to: "\(folder.path)/file")
    let through = message { try AtomicFile.write("x", to: "\(folder.path)/file/a.txt") }
    #expect(through.contains("cannot write \(folder.path)/file/a.txt: a part of the path is a file"))
    let missing = message { try AtomicFile.write("x", to: "\(folder.path)/none/a.txt") }
    #expect(missing.contains("no such file or folder"))
    #expect(message { try AtomicFile.write("x", to: "/proc/a.txt") }.hasPrefix("cannot write /proc/a.txt: "))
    #expect(
      message { _ = try RunWriter("\(folder.path)/file/runs", study: "", provenance: MadeUpProvenance()) }
        .contains("a part of the path is a file"))
    #expect(StoreError.system(action: "write", path: "a", code: ENOTDIR).isInput)
    #expect(StoreError.system(action: "write", path: "a", code: EROFS).isInput)
    #expect(StoreError.system(action: "write", path: "a", code: EROFS).description.contains("read-only"))
    #expect(StoreError.system(action: "write", path: "a", code: EACCES).description.contains("permission denied"))
    #expect(!StoreError.system(action: "write", path: "a", code: ENOSPC).isInput)
  }

  @Test("numbered folders follow the largest number, also when many are made at once")
  func numbered() throws {
    let folder = try TemporaryFolder()
    let parent = "\(folder.path)/runs"
    let label = NumberedFolder.label(MadeUpRun(components: 3).record.settings.configuration.data)
    #expect(label == "isotropic-d4-k2-n50")
    #expect(try NumberedFolder.create(in: parent, label: label) == "\(parent)/00000-\(label)")
    try FileManager.default.createDirectory(atPath: "\(parent)/00011-else", withIntermediateDirectories: false)
    try FileManager.default.createDirectory(atPath: "\(parent)/99-no-number", withIntermediateDirectories: false)
    #expect(try NumberedFolder.create(in: parent, label: label) == "\(parent)/00012-\(label)")
    // Threads of their own: those that run tests may all be busy.
    let finished = DispatchSemaphore(value: 0)
    for thread in 0..<3 {
      Thread.detachNewThread {
        for index in 0..<100 { _ = try? NumberedFolder.create(in: parent, label: "many-\(thread)-\(index)") }
        finished.signal()
      }
    }
    for _ in 0..<3 { finished.wait() }
    let numbers = try folder.names("runs").filter { $0.contains("many") }.map { String($0.prefix(5)) }
    #expect(numbers == (13..<313).map { String(repeating: "0", count: $0 < 100 ? 3 : 2) + "\($0)" })
  }
}

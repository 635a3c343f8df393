// SPDX-License-Identifier: MIT
import Files
import Foundation
import RunStore
import Testing

/// What a file is written to is what stands at its path: links stay links, pipes stay pipes.
struct RunStoreTargetTests {
  private func type(_ path: String) throws -> FileAttributeType? {
    try FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
  }

  @Test("a link stays and its target is replaced, also a relative, a double and a dangling one")
  func links() throws {
    let folder = try TemporaryFolder()
    let files = FileManager.default
    try files.createDirectory(atPath: "\(folder.path)/real", withIntermediateDirectories: false)
    try folder.put("old", "real/a.txt")
    try files.createSymbolicLink(atPath: "\(folder.path)/one", withDestinationPath: "real/a.txt")
    try files.createSymbolicLink(atPath: "\(folder.path)/two", withDestinationPath: "\(folder.path)/one")
    try files.createSymbolicLink(atPath: "\(folder.path)/new", withDestinationPath: "real/b.txt")
    for (link, file) in [("one", "a.txt"), ("two", "a.txt"), ("new", "b.txt")] {
      try AtomicFile.write("through \(link)", to: "\(folder.path)/\(link)")
      #expect(try type("\(folder.path)/\(link)") == .typeSymbolicLink)
      #expect(folder.bytes("real/\(file)") == Array("through \(link)".utf8))
    }
    #expect(try folder.names("real") == ["a.txt", "b.txt"])
  }

  @Test("links in a circle, and a folder, are one clear line each")
  func refused() throws {
    let folder = try TemporaryFolder()
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/a", withDestinationPath: "b")
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/b", withDestinationPath: "a")
    #expect(message { try AtomicFile.write("x", to: "\(folder.path)/a") }.hasPrefix("cannot write \(folder.path)/a: "))
    #expect(message { try AtomicFile.write("x", to: folder.path) } == "cannot write \(folder.path): it is a folder")
    #expect(try folder.names() == ["a", "b"])
  }

  @Test("a pipe, also behind a link, is written to and stays", arguments: ["pipe", "link"])
  func pipe(name: String) throws {
    let folder = try TemporaryFolder()
    let pipe = "\(folder.path)/pipe"
    try #require(mkfifo(pipe, 0o600) == 0)
    try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/link", withDestinationPath: "pipe")
    // A reader that does not wait for the writer; what is written fits the pipe's buffer.
    let reader = open(pipe, O_RDONLY | O_NONBLOCK)
    try #require(reader >= 0)
    defer { close(reader) }
    try AtomicFile.write("through the pipe", to: "\(folder.path)/\(name)")
    var buffer = [UInt8](repeating: 0, count: 100)
    let count = read(reader, &buffer, buffer.count)
    #expect(count > 0 && Array(buffer.prefix(max(count, 0))) == Array("through the pipe".utf8))
    #expect(try type(pipe) != .typeRegular)
    #expect(try folder.names() == ["link", "pipe"])
  }
}

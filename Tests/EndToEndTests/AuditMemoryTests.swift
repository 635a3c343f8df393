// SPDX-License-Identifier: MIT
import Audit
import Foundation
import Kernels
import Files
import Neighbors
import LabTesting
import Testing

/// Points stay within `--memory`, or a line says before the work what is needed.
@Suite("Memory of an audit of points")
struct AuditMemoryTests {
  /// An npy file of zeros, gzip.
  private func zeros(
    _ rows: Int, _ columns: Int, _ type: String, _ size: Int, in scratch: ScratchFolder, _ name: String
  ) throws {
    let header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(rows), \(columns)), }"
    let padding = String(repeating: " ", count: (64 - (header.utf8.count + 11) % 64) % 64)
    let length = header.utf8.count + padding.utf8.count + 1
    let start =
      [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(length & 255), UInt8(length >> 8)]
      + Array("\(header)\(padding)\n".utf8)
    try Data(start).write(to: scratch.url.appendingPathComponent("head"))
    #expect(try scratch.shell("(cat head; head -c \(rows * columns * size) /dev/zero) | gzip -1 > \(name)") == 0)
  }

  /// The most anonymous memory that a command held, in bytes: what is mapped from files does not count.
  private func peak(_ scratch: ScratchFolder, _ line: String) throws -> (bytes: Int, code: Int32) {
    let (process, pipe, _) = try scratch.runner.start(line.split(separator: " ").map(String.init))
    var most = 0
    while process.isRunning {
      let status = (try? String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)) ?? ""
      let words = status.split(separator: "\n").first { $0.hasPrefix("RssAnon:") }?.split(separator: " ") ?? []
      if words.count > 1, let pages = Int(words[1]) { most = max(most, pages << 10) }
      usleep(2000)
    }
    _ = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (most, process.terminationStatus)
  }

  @Test("a small file that declares much does not fill the memory", arguments: [("|u1", 1), ("<f8", 8)])
  func bomb(type: String, size: Int) throws {
    let scratch = try ScratchFolder()
    // 64 MB of values: eight times that as doubles and floats in memory, as it was.
    let rows = 1024 / size
    try zeros(rows, 1 << 16, type, size, in: scratch, "t.npy.gz")
    try NPYFile.write(
      Matrix(rows: 10, columns: 1 << 16, values: RandomKey(seed: 1).normals(10 << 16)),
      to: scratch.url.path + "/g.npy", as: .float32)
    let (bytes, code) = try peak(
      scratch, "audit --train t.npy.gz --generated g.npy --memory 32M --background 100 --quiet")
    #expect(code <= 1)
    #expect(bytes < 100 << 20, "\(bytes >> 20) MB")
  }

  @Test("training points that are gathered for a pass go through a file")
  func gathered() throws {
    let points = PointSet(floats: (0..<6000).map { Float($0) }, dimension: 3)
    let rows = (0..<2000).filter { $0 % 3 != 1 }
    let folder = try TemporaryFolder(in: NSTemporaryDirectory())
    let (inMemory, inFile) = (points.gathering(rows), try points.gathering(rows, memory: 100, folder: folder.path))
    #expect(inMemory.count == inFile.count && rows.indices.allSatisfy { inMemory.row($0) == inFile.row($0) })
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
  }

  @Test("what the results need is said before the work, and refused where the machine has not as much")
  func results() throws {
    let points = PointSet(floats: [Float](repeating: 1, count: 3000), dimension: 1)
    let space = try AuditSpace(name: "points", train: points, generated: points)
    let settings = AuditSettings()
    let needed = AuditMemory.results(space, settings)
    // 3,000 samples and 3,000 training points, 50 neighbours of 12 bytes each, and the samples.
    #expect(needed > 2 * 3000 * 50 * 12 && needed < 4 * 3000 * 50 * 12)
    #expect(try AuditMemory.check([space], settings, memory: needed) == nil)
    let line = try #require(try AuditMemory.check([space], settings, memory: needed - 1))
    #expect(line.contains("--memory") && line.contains("MB"))
    #expect(throws: AuditError.self) {
      try AuditMemory.check([space], settings, memory: needed, machine: UInt64(needed - 1))
    }
  }
}

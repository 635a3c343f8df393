// SPDX-License-Identifier: MIT
import Foundation
import Kernels

/// The same search by faiss's exact flat index: Benchmarks/peer/neighbors.py, in the same run.
struct NeighborsPeer {
  struct Times: Decodable {
    let secondsAdd, secondsSearch: Double
    let threads: Int
    let version, options: String
  }

  struct Answer {
    let times: Times
    let indices: [Int64]
    let squares: [Float]
  }

  let folder: URL

  private static let peer = URL(fileURLWithPath: #filePath).deletingLastPathComponent()  // bench
    .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("peer")

  private static var fullBLAS: [String: String] {
    switch InstructionSet.name {
    case "avx512": ["OPENBLAS_CORETYPE": "SkylakeX"]
    case "avx2": ["OPENBLAS_CORETYPE": "Haswell"]
    default: [:]
    }
  }

  /// Nil where the peer's environment has not been made.
  func search(scalar: String, dimension: Int, count: Int, arguments: [String] = []) throws -> Answer? {
    let python = Self.peer.appendingPathComponent(".venv-neighbors/bin/python")
    guard FileManager.default.isExecutableFile(atPath: python.path) else { return nil }
    let out = folder.appendingPathComponent("found")
    let process = Process()
    process.executableURL = python
    process.arguments =
      [
        Self.peer.appendingPathComponent("neighbors.py").path, "--reference", file("reference", scalar).path,
        "--queries", file("queries", scalar).path, "--scalar", scalar, "--dimension", "\(dimension)", "-k", "\(count)",
        "--out", out.path,
      ] + arguments
    // Left alone, the OpenBLAS in faiss's wheel takes a new processor for one of 2007 and is four times slower.
    process.environment = ProcessInfo.processInfo.environment.merging(Self.fullBLAS) { $1 }
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    let output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Answer(
      times: try JSONDecoder().decode(Times.self, from: output),
      indices: try read(out.appendingPathExtension("indices"), as: Int64.self),
      squares: try read(out.appendingPathExtension("squares"), as: Float.self))
  }

  func write<Value>(_ values: [Value], _ name: String, _ scalar: String) throws {
    try values.withUnsafeBytes { try Data($0).write(to: file(name, scalar)) }
  }

  private func file(_ name: String, _ scalar: String) -> URL { folder.appendingPathComponent("\(name).\(scalar)") }

  private func read<Value: BitwiseCopyable>(_ url: URL, as type: Value.Type) throws -> [Value] {
    let data = try Data(contentsOf: url)
    return data.withUnsafeBytes { Array($0.bindMemory(to: type)) }
  }
}

// SPDX-License-Identifier: MIT
import Files
import Experiments
import Foundation
import RunStore
import Testing

struct RunStoreLinesTests {
  private let runs = [5, 10, 15].map { MadeUpRun(components: $0).record }

  /// The bytes of a file with `runs`, and where each line ends.
  private func written(_ folder: TemporaryFolder) throws -> (bytes: [UInt8], ends: [Int]) {
    var ends: [Int] = []
    for run in runs {
      try JSONLines.append(run, to: "\(folder.path)/runs.jsonl")
      ends.append(try #require(folder.bytes("runs.jsonl")).count)
    }
    return (try #require(folder.bytes("runs.jsonl")), ends)
  }

  @Test("records come back equal, infinities and NaN and the largest seed included")
  func roundTrip() throws {
    let folder = try TemporaryFolder()
    var odd = MadeUpRun(components: 3, dataSeed: .max).record
    odd.measurements?.finalLoss = .infinity
    odd.measurements?.learnedStd = -.infinity
    for record in runs + [odd, MadeUpRun(components: 4, diverged: true).record] {
      try JSONLines.append(record, to: "\(folder.path)/runs.jsonl")
    }
    let contents = try JSONLines.read(RunRecord.self, from: "\(folder.path)/runs.jsonl")
    #expect(contents.elements == runs + [odd, MadeUpRun(components: 4, diverged: true).record])
    #expect(contents.torn == nil)
    odd.measurements?.finalLoss = .nan
    try JSONLines.append(odd, to: "\(folder.path)/nan.jsonl")
    let read = try JSONLines.read(RunRecord.self, from: "\(folder.path)/nan.jsonl").elements
    #expect(read.first?.measurements?.finalLoss.isNaN == true)
  }

  @Test("cut at any byte, the file keeps every complete line, says what is torn, and can be repaired and continued")
  func tornAnywhere() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/runs.jsonl"
    let (bytes, ends) = try written(folder)
    let starts = [0] + ends
    // Every cut near a line's end, and a sample of all others.
    let cuts = (0...bytes.count).filter { cut in cut % 37 == 0 || starts.contains { abs($0 - cut) < 4 } }
    for cut in cuts {
      try folder.put(bytes.prefix(cut), "runs.jsonl")
      // A line without its newline is complete.
      let complete = ends.count { $0 - 1 <= cut }
      let torn = cut > 0 && !ends.contains(cut) && !ends.contains(cut + 1)
      let read = try JSONLines.read(RunRecord.self, from: path)
      #expect(read.elements == Array(runs.prefix(complete)))
      #expect((read.torn != nil) == torn)
      #expect(folder.bytes("runs.jsonl")?.count == cut, "reading changes nothing")
      let repaired = try JSONLines.repair(RunRecord.self, at: path)
      #expect(repaired == read.torn)
      #expect(folder.bytes("runs.jsonl") == Array(bytes.prefix(complete == 0 ? 0 : ends[complete - 1])))
      for run in runs.dropFirst(complete) { try JSONLines.append(run, to: path) }
      #expect(folder.bytes("runs.jsonl") == bytes)
    }
  }

  @Test("zeros after a power cut are a torn line too")
  func zeros() throws {
    let folder = try TemporaryFolder()
    let (bytes, _) = try written(folder)
    try folder.put(bytes + [UInt8](repeating: 0, count: 4096), "runs.jsonl")
    let path = "\(folder.path)/runs.jsonl"
    #expect(try JSONLines.read(RunRecord.self, from: path).elements == runs)
    #expect(try JSONLines.repair(RunRecord.self, at: path)?.bytes == 4096)
    #expect(folder.bytes("runs.jsonl") == bytes)
  }

  @Test("any other corrupt line is an error that names file and line, and nothing is lost")
  func corrupt() throws {
    let folder = try TemporaryFolder()
    let path = "\(folder.path)/runs.jsonl"
    let (bytes, ends) = try written(folder)
    var damaged = bytes
    damaged[ends[0] + 12] = UInt8(ascii: "}")
    try folder.put(damaged, "runs.jsonl")
    let line = message { _ = try JSONLines.read(RunRecord.self, from: path) }
    #expect(line.contains("runs.jsonl, line 2: not valid JSON"), "\(line)")
    // A complete last line that is corrupt is no torn line.
    var last = bytes
    last[ends[1] + 12] = UInt8(ascii: "}")
    try folder.put(last, "runs.jsonl")
    #expect(message { _ = try JSONLines.read(RunRecord.self, from: path) }.contains("line 3"))
    #expect(try JSONLines.repair(RunRecord.self, at: path) == nil)
    #expect(folder.bytes("runs.jsonl") == last)
    try folder.put(Array("{}\n".utf8) + bytes, "runs.jsonl")
    #expect(message { _ = try JSONLines.read(RunRecord.self, from: path) }.contains("line 1: the key"))
  }

  @Test("appending after a torn line is refused until it is repaired")
  func appendAfterTorn() throws {
    let folder = try TemporaryFolder()
    let (bytes, _) = try written(folder)
    try folder.put(bytes.dropLast(5), "runs.jsonl")
    #expect(message { try JSONLines.append(runs[0], to: "\(folder.path)/runs.jsonl") }.contains("incomplete line"))
  }
}

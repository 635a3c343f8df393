// SPDX-License-Identifier: MIT
import Denoisers
import Experiments
import Files
import Foundation
import Kernels
import LabTesting
import RunStore
import Testing

/// Tables, models and samples as they were recorded, to the byte: numbers move with a line in the changelog, never by
/// accident.
///
/// `UnmovedNumbers.txt` holds a SHA-256 per instruction set and item, recorded with the C library of Debian 12. The
/// kernels are those of `isa`, so that a newer processor changes nothing. Of a table the columns of the day are
/// compared, so columns may be added; identifiers of runs are left out: they name numbers and are none.
/// VERBATIM_RECORD=1 records what is missing, and fails.
@Suite("Numbers that must not move")
struct UnmovedNumbersTests {
  private static let isa = InstructionSet.name == "base" ? "base" : "avx2"
  private static let path = CommandRunner.package.path + "/Tests/EndToEndTests/UnmovedNumbers.txt"

  @Test("tables, models and samples of studies", arguments: ["smoke", "quickstart", "pictures"])
  func studies(_ name: String) throws {
    let scratch = try ScratchFolder()
    var study = "\(CommandRunner.package.path)/Studies/\(name).yaml"
    if name == "pictures" {
      try Self.pictures(20, seed: 1).write(to: scratch.url.appendingPathComponent("pictures.idx"))
      try scratch.write(Self.pictureStudy, to: "pictures.yaml")
      study = "pictures.yaml"
    }
    let run = try scratch.runner.run(
      ["run", study, "--out", "out", "--quiet", "--no-report"], environment: ["VERBATIM_ISA": Self.isa])
    try #require(run.code == 0, "\(run.errors)")
    let folder = RunFolder(scratch.url.path + "/out")
    var items: [(String, [UInt8])] = []
    for table in [folder.resultsPath, folder.lossesPath, folder.transitionsPath] {
      items.append(try Self.table(table, name))
    }
    let runs = try folder.records().records
    items.append(("models", try runs.flatMap { Self.bytes(try folder.model(of: $0).parameters) }))
    items.append(("samples", try runs.flatMap { Self.bytes(try folder.samples($0.identifier).values) }))
    try compare(name, items)
  }

  @Test("tables of an audit")
  func audit() throws {
    let scratch = try ScratchFolder()
    func write(_ data: Data, _ name: String) throws { try data.write(to: scratch.url.appendingPathComponent(name)) }
    try write(Self.pictures(240, seed: 1), "train-images-idx3.idx")
    try write(Data([0, 0, 8, 1, 0, 0, 0, 240] + (0..<240).map { UInt8($0 % 3) }), "train-labels-idx1.idx")
    // A tenth of the samples is recited, and one of the recited items is in the training set twice.
    let header = 16
    var (train, samples) = (Self.pictures(240, seed: 1), Self.pictures(200, seed: 2))
    for index in stride(from: 0, to: 200, by: 10) {
      samples.replaceSubrange(
        header + 64 * index..<header + 64 * (index + 1), with: train[header + 64 * index..<header + 64 * (index + 1)])
    }
    train.replaceSubrange(header..<header + 64, with: train[header + 64 * 200..<header + 64 * 201])
    try write(train, "train-images-idx3.idx")
    try write(samples, "samples.idx")
    try write(Self.pictures(200, seed: 3), "holdout.idx")
    let words = "audit --train train-images-idx3.idx --generated samples.idx --holdout holdout.idx --out out --quiet"
    let run = try scratch.runner.run(
      words.split(separator: " ").map(String.init), environment: ["VERBATIM_ISA": Self.isa])
    try #require(run.code == 1, "\(run.errors)")
    let tables = ["metrics", "samples", "recited", "duplicates", "classes"]
    try compare("audit", tables.map { try Self.table("\(scratch.url.path)/out/\($0).csv", "audit") })
  }

  /// An IDX file of pictures of 8 x 8 of a running hash.
  private static func pictures(_ count: UInt8, seed: UInt32) -> Data {
    var state = seed
    let pixels = (0..<64 * Int(count)).map { _ -> UInt8 in
      state = state &* 1_664_525 &+ 1_013_904_223
      return UInt8(state >> 24)
    }
    return Data([0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, 8, 0, 0, 0, 8] + pixels)
  }

  private static let pictureStudy = """
    images: {source: pictures.idx, height: 6, width: 6}
    trueComponents: 2
    samples: 12
    components: [6, 12]
    refinement: 2
    preset: quick
    steps: 2000
    evaluationSamples: 200
    heldOutSamples: 200
    """

  private static func bytes(_ values: [Double]) -> [UInt8] { values.withUnsafeBytes { Array($0) } }

  /// The recorded columns of a table; all of them while none is recorded.
  private static func table(_ path: String, _ subject: String) throws -> (String, [UInt8]) {
    let name = URL(fileURLWithPath: path).lastPathComponent
    let table = try CSVReader(reading: path)
    let prefix = "columns \(subject) \(name) "
    let recorded = lines().first { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count).split(separator: ",") }
    let columns = recorded?.map(String.init) ?? table.columns.filter { !["run", "configuration"].contains($0) }
    if recorded == nil { record(prefix + columns.joined(separator: ",")) }
    let rows = table.rows.indices.map { row in columns.map { table.value(row, $0) ?? "" }.joined(separator: ",") }
    return (name, Array(rows.joined(separator: "\n").utf8))
  }

  private func compare(_ subject: String, _ items: [(String, [UInt8])]) throws {
    let recorded = Set(Self.lines())
    for (name, bytes) in items {
      let item = "\(Self.isa) \(subject) \(name) "
      let line = item + SHA256.hex([bytes])
      if recorded.contains(line) { continue }
      let isKnown = recorded.contains { $0.hasPrefix(item) }
      Issue.record("\(item)\(isKnown ? "has moved" : "is not recorded")")
      if !isKnown { Self.record(line) }
    }
    let expected = recorded.count { $0.hasPrefix("\(Self.isa) \(subject) ") }
    #expect(expected == items.count, "\(subject): \(items.count) items, \(expected) are recorded")
  }

  private static func lines() -> [String] {
    ((try? String(contentsOfFile: path, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init)
  }

  private static func record(_ line: String) {
    guard ProcessInfo.processInfo.environment["VERBATIM_RECORD"] == "1", let file = fopen(path, "a") else { return }
    fputs(line + "\n", file)
    fclose(file)
  }
}

// SPDX-License-Identifier: MIT
import Audit
import Foundation
import Kernels
import Neighbors
import Reports
import Testing

/// Metrics on points whose answers are known.
@Suite struct AuditMetricTests {
  @Test(arguments: [2, 5, 10])
  func `the intrinsic dimension is that of the data, and its null the share of fresh points`(_ dimension: Int) throws {
    // A Gaussian in m dimensions, turned into 20.
    let key = RandomKey(seed: UInt64(dimension))
    let turn = key.child("turn").normals(dimension * 20)
    func points(_ count: Int, _ label: String) -> PointSet {
      let values = key.child(label).normals(count * dimension)
      let turned = (0..<count).flatMap { row in
        (0..<20).map { column in
          Float((0..<dimension).reduce(0.0) { $0 + values[row * dimension + $1] * turn[$1 * 20 + column] })
        }
      }
      return PointSet(floats: turned, dimension: 20)
    }
    let (train, fresh) = (points(8000, "train"), points(8000, "fresh"))
    let estimated = try AuditFixture.audit(train: train, generated: fresh)
    let found = try #require(estimated.metric("intrinsic-dimension"))
    // Finitely many points have no neighbours near enough in many dimensions: the estimate is low there, by an eighth
    // of 10 here, and the null high, which accuses less.
    let tolerance = dimension < 10 ? 0.08 : 0.16
    #expect(abs(found.value / Double(dimension) - 1) < tolerance, "\(found.value)")
    #expect(found.value < 1.03 * Double(dimension))
    // Fresh points are not accused: the null by 3^-m holds without held-out data.
    let ratio = try #require(estimated.metric("memorization-ratio"))
    let verdict = AuditVerdict([ratio], maxRatio: 0.01)
    #expect(verdict == .clean || (dimension == 2 && verdict == .inconclusive), "\(ratio)")
    #expect(abs(try #require(ratio.excess)) < 0.01)
  }

  @Test func `Carlini's distance, the eidetic count and authenticity by hand`() throws {
    // T on a line; k = 4.
    let train = PointSet(floats: [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024], dimension: 1)
    let audit = try AuditFixture.audit(
      train: train, generated: PointSet(floats: [0.1, 11], dimension: 1), neighbors: 4)
    let sample = audit.samples[0]
    #expect(sample.nearest == 0 && sample.second == 1)
    #expect(abs(sample.d1 - 0.1) < 1e-7 && abs(sample.d2 - 0.9) < 1e-7)
    #expect(abs(sample.carlini - 0.1 / (0.5 * (0.1 + 0.9 + 1.9 + 3.9) / 4)) < 1e-6)
    #expect(sample.isMemorized && !sample.isAuthentic)
    // 11: nearest 8 (3), whose own nearest other is 4 (4): authentic is false; second 16 (5).
    #expect(audit.samples[1].nearest == 4 && !audit.samples[1].isMemorized && !audit.samples[1].isAuthentic)
  }

  @Test func `near-copies in the training set count as one point`() throws {
    let train = PointSet(floats: [0, 0.01, 0.02, 1, 2, 3, 4, 5, 6, 7, 8, 9], dimension: 1)
    let audit = try AuditFixture.audit(train: train, generated: PointSet(floats: [0.1], dimension: 1))
    // 0.08, 0.09, 0.1, and then 0.9.
    let sample = audit.samples[0]
    #expect(abs(sample.d1 - 0.08) < 1e-6 && sample.gap.copies == 3 && abs(sample.gap.next - 0.9) < 1e-6)
    #expect(abs(sample.ratio - 0.1 / 0.9) < 1e-6 && !sample.isMemorized && sample.isCopy)
    #expect(audit.duplicates.first?.members == [0, 1, 2])
  }

  @Test func `an item that occurs more often than k is recited all the same, and so is the only one there is`() throws {
    let key = RandomKey(seed: 12)
    let item = key.child("item").normals(8).map { Float($0) }
    let others = key.child("others").normals(8 * 500).map { Float($0) }
    let often = PointSet(floats: (0..<70).flatMap { _ in item } + others, dimension: 8)
    let copies = PointSet(floats: (0..<300).flatMap { _ in item }, dimension: 8)
    for (train, heldOut) in [
      (often, AuditFixture.gaussian(300, 8, seed: 12, "h")),
      (PointSet(floats: (0..<80).flatMap { _ in item }, dimension: 8), nil),
    ] {
      let audit = try AuditFixture.audit(train: train, generated: copies, holdout: heldOut)
      #expect(audit.verdictMetric.value == 1)
      #expect(AuditVerdict([audit.verdictMetric], maxRatio: 0.01) == .memorized)
    }
  }

  @Test func `a training set of which most items have near-copies hides nothing, with held-out data and without`()
    throws
  {
    let key = RandomKey(seed: 13)
    let items = key.child("items").normals(12 * 1500)
    let jitter = key.child("jitter").normals(12 * 1500)
    let train = PointSet(
      floats: items.map { Float($0) } + zip(items, jitter).map { Float($0 + 1e-4 * $1) }, dimension: 12)
    let noise = key.child("noise").normals(12 * 600)
    let samples = PointSet(
      floats: zip(items, noise).map { Float($0 + 0.05 * $1) } + key.child("new").normals(12 * 600).map { Float($0) },
      dimension: 12)
    for heldOut in [AuditFixture.gaussian(1200, 12, seed: 13, "h"), nil] {
      let audit = try AuditFixture.audit(train: train, generated: samples, holdout: heldOut)
      #expect(audit.verdictMetric.value > 0.45, "\(audit.verdictMetric.value)")
      #expect(heldOut == nil || AuditVerdict([audit.verdictMetric], maxRatio: 0.01) == .memorized)
      let dimension = try #require(audit.metric("intrinsic-dimension"))
      #expect(dimension.value > 8, "\(dimension.value)")
    }
  }

  @Test func `fresh samples of a law with a dense part are not accused without held-out data`() throws {
    func mixture(_ count: Int, _ label: String) -> PointSet {
      let key = RandomKey(seed: 14).child(label)
      let (values, choice) = (key.child("values").normals(3 * count), key.child("choice").uniforms(count))
      return PointSet(
        floats: (0..<3 * count).map { Float(values[$0] * (choice[$0 / 3] < 0.3 ? 0.01 : 1)) }, dimension: 3)
    }
    let audit = try AuditFixture.audit(train: mixture(4000, "train"), generated: mixture(3000, "generated"))
    #expect(AuditVerdict([audit.verdictMetric], maxRatio: 0.01) != .memorized, "\(audit.verdictMetric)")
    #expect(abs(try #require(audit.verdictMetric.excess)) < 0.02)
  }

  @Test func `held-out data that hold training data are suspected, clean ones are not`() throws {
    let train = AuditFixture.gaussian(3000, 12, seed: 15, "train")
    let clean = AuditFixture.gaussian(1000, 12, seed: 15, "h")
    var rows: [Float] = []
    for row in 0..<1000 { rows += (row < 500 ? train : clean).row(row).map { Float($0) } }
    let samples = AuditFixture.gaussian(1000, 12, seed: 15, "g")
    #expect(try !AuditFixture.audit(train: train, generated: samples, holdout: clean).holdoutIsSuspect)
    let audit = try AuditFixture.audit(train: train, generated: samples, holdout: .init(floats: rows, dimension: 12))
    #expect(audit.holdoutIsSuspect)
    let result = AuditResult(spaces: [audit], settings: AuditSettings(), inputs: [])
    #expect(result.verdict == .inconclusive && result.warnings.contains { $0.contains("contain training data") })
  }

  @Test func `without any null only exact copies convict`() throws {
    // Four training points: no dimension can be estimated.
    let train = PointSet(floats: [0, 10, 20, 30], dimension: 1)
    let near = PointSet(floats: (0..<200).map { Float(10 * ($0 % 4)) + 0.01 }, dimension: 1)
    let exact = PointSet(floats: (0..<200).map { Float(10 * ($0 % 4)) }, dimension: 1)
    for (samples, verdict) in [(near, AuditVerdict.inconclusive), (exact, .memorized)] {
      let audit = try AuditFixture.audit(train: train, generated: samples)
      #expect(audit.metric("intrinsic-dimension") == nil && audit.verdictMetric.value == 1)
      #expect(AuditVerdict([audit.verdictMetric], maxRatio: 0.01) == verdict)
    }
  }

  @Test func `C_T is the weighted mean of the cells' Z, small cells left out`() throws {
    // Three far clusters on a line; the third has too few samples.
    func cluster(_ centre: Float, _ offsets: [Float]) -> [Float] { offsets.map { centre + $0 } }
    let grid: [Float] = (0..<40).map { Float($0) }
    let train = PointSet(floats: cluster(0, grid) + cluster(10_000, grid) + cluster(30_000, grid), dimension: 1)
    let near: [Float] = (0..<25).map { Float($0) + 0.01 + 0.001 * Float($0) }
    let far: [Float] = (0..<30).map { Float($0) + 0.2 + 0.001 * Float($0) }
    let samples = PointSet(floats: cluster(0, near) + cluster(10_000, far) + cluster(30_000, [0.3, 1.3]), dimension: 1)
    let heldOut = PointSet(
      floats: cluster(0, far) + cluster(10_000, Array(near.prefix(10))) + cluster(30_000, near), dimension: 1)
    let audit = try AuditFixture.audit(train: train, generated: samples, holdout: heldOut)
    // In the first cell every sample is nearer, in the second every one is farther: U is 0, and n m.
    func z(_ u: Double, _ n: Double, _ m: Double) -> Double {
      (u - n * m / 2) / (n * m * (n + m + 1) / 12).squareRoot()
    }
    let expected = (30 * z(0, 25, 30) + 10 * z(300, 30, 10)) / 40
    let found = try #require(audit.metric("c-t"))
    #expect(abs(found.value - expected) < 1e-9, "\(found.value), not \(expected)")
    #expect(found.note.contains("2 cells"))
  }

  @Test func `risk by class counts what was recited`() throws {
    let train = AuditFixture.gaussian(400, 12, seed: 16, "train")
    var rows: [Float] = []
    // Items 0 to 9, each twice; then 180 new points.
    for row in 0..<20 { rows += train.row(row / 2).map { Float($0) } }
    let fresh = AuditFixture.gaussian(180, 12, seed: 16, "g")
    for row in 0..<180 { rows += fresh.row(row).map { Float($0) } }
    let audit = try AuditFixture.audit(train: train, generated: .init(floats: rows, dimension: 12))
    let labels = (0..<400).map { $0 < 6 ? 7 : 3 }
    let result = AuditResult(spaces: [audit], settings: AuditSettings(), inputs: [], labels: labels, classNames: nil)
    #expect(result.classes.map(\.name) == ["3", "7"] && result.classes.map(\.items) == [394, 6])
    #expect(result.classes.map(\.recitedItems) == [4, 6] && result.classes.map(\.memorized) == [8, 12])
    #expect(result.classes.reduce(0) { $0 + $1.samples } == 200)
    #expect(audit.recited.map(\.samples.count) == Array(repeating: 2, count: 10))
  }

  @Test func `held-out points as samples are at every null`() throws {
    let train = AuditFixture.gaussian(4000, 8, seed: 1, "train")
    let audit = try AuditFixture.audit(
      train: train, generated: AuditFixture.gaussian(3000, 8, seed: 1, "generated"),
      holdout: AuditFixture.gaussian(3000, 8, seed: 1, "holdout"))
    for metric in audit.metrics {
      guard let p = metric.pValue else { continue }
      #expect(p > 1e-3, "\(metric.name): \(metric.value), p \(p)")
    }
    #expect(abs(try #require(audit.metric("c-t")).value) < 3)
    let median = try #require(audit.metric("median-distance-ratio"))
    #expect(try #require(median.low) < 1 && 1 < #require(median.high) && abs(median.value - 1) < 0.05)
    #expect(abs(try #require(audit.metric("closer-to-train")).value - 0.5) < 0.04)
  }

  @Test func `cosine distances are chords, and close directions are found whatever their length`() throws {
    let train = AuditFixture.gaussian(2000, 30, seed: 2, "train")
    var copies: [Float] = []
    for row in 0..<300 { copies += train.row(row).map { Float($0 * 7) } }
    let audit = try AuditFixture.audit(
      train: train, generated: PointSet(floats: copies, dimension: 30),
      holdout: AuditFixture.gaussian(500, 30, seed: 2, "h"),
      metric: .cosine)
    #expect(audit.verdictMetric.value == 1)
    #expect(audit.samples.allSatisfy { $0.nearest == $0.index && $0.d1 < 1e-3 })
    #expect(try #require(audit.metric("cosine-similarity")).value == 1)
    let d2 = audit.samples[0].d2
    let (x, y) = (train.row(0), train.row(audit.samples[0].second))
    let (nx, ny) = (x.reduce(0) { $0 + $1 * $1 }.squareRoot(), y.reduce(0) { $0 + $1 * $1 }.squareRoot())
    let chord = zip(x, y).reduce(0) { $0 + ($1.0 / nx - $1.1 / ny) * ($1.0 / nx - $1.1 / ny) }.squareRoot()
    #expect(abs(d2 - chord) < 1e-6)
  }

  @Test func `points in double precision are measured in it, though they are searched as floats`() throws {
    // A large common offset: as floats all points of a cluster are one.
    let values = RandomKey(seed: 9).child("values").normals(60 * 4)
    let offset = 1e6
    let train = Matrix(rows: 40, columns: 4, values: values[..<160].map { offset + 1e-3 * $0 })
    let samples = Matrix(rows: 20, columns: 4, values: values[160...].map { offset + 1e-3 * $0 })
    func floats(_ matrix: Matrix) -> PointSet { PointSet(floats: matrix.values.map { Float($0) }, dimension: 4) }
    let space = try AuditSpace(
      name: "points", train: floats(train), generated: floats(samples),
      doubles: .init(train: DoublePoints(train), generated: DoublePoints(samples), holdout: nil))
    let settings = try AuditSettings(neighbors: 5)
    let table = try SpaceSearch(space: space, settings: settings).run().generated
    for row in 0..<20 {
      let distances = (0..<40).map { other in
        zip(samples.row(row), train.row(other)).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }.squareRoot()
      }
      let expected = distances.indices.sorted { (distances[$0], $0) < (distances[$1], $1) }.prefix(5)
      #expect(table.neighbors(row).map(\.index) == Array(expected))
      #expect(table.neighbors(row).map(\.distance) == expected.map { distances[$0] })
    }
  }

  @Test func `memory, threads and interruption do not change a number`() throws {
    let train = AuditFixture.gaussian(3000, 24, seed: 3, "train")
    let (samples, heldOut) = (
      AuditFixture.gaussian(700, 24, seed: 3, "g"), AuditFixture.gaussian(600, 24, seed: 3, "h")
    )
    let whole = try AuditFixture.audit(train: train, generated: samples, holdout: heldOut, workers: .serial)
    let small = try AuditFixture.audit(train: train, generated: samples, holdout: heldOut, memory: 1 << 21)
    #expect(whole.samples == small.samples && whole.metrics == small.metrics && whole.recited == small.recited)

    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("audit-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    let store = NeighborFileStore(folder: folder, key: "abc")
    _ = try AuditFixture.audit(train: train, generated: samples, holdout: heldOut, store: store)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names.count >= 5)
    // Half of the blocks lost, one cut short, one of another audit: the rest is used and nothing is wrong.
    for name in names.prefix(names.count / 2) { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
    let cut = "\(folder)/\(names[names.count - 1])"
    try Data(contentsOf: URL(fileURLWithPath: cut)).dropLast(5).write(to: URL(fileURLWithPath: cut))
    let counting = CountingStore(store)
    let resumed = try AuditFixture.audit(train: train, generated: samples, holdout: heldOut, store: counting)
    #expect(resumed.samples == whole.samples && resumed.metrics == whole.metrics)
    #expect(counting.found > 0 && counting.kept > 0, "blocks found \(counting.found), made \(counting.kept)")
    // Blocks of another audit are not taken for this one's.
    let other = CountingStore(NeighborFileStore(folder: folder, key: "other"))
    _ = try AuditFixture.audit(train: train, generated: samples, holdout: heldOut, store: other)
    #expect(other.found == 0 && other.kept > counting.kept)
    store.removeAll()
    #expect(!FileManager.default.fileExists(atPath: folder))
  }
}

/// Counts the blocks that a store gave and took. Unchecked: an audit uses its store from one thread.
final class CountingStore: NeighborStore, @unchecked Sendable {
  private let store: NeighborFileStore
  private(set) var found = 0
  private(set) var kept = 0

  init(_ store: NeighborFileStore) { self.store = store }

  func blocks(_ pass: NeighborPass, space: String) throws -> [NeighborTable] {
    let blocks = try store.blocks(pass, space: space)
    found += blocks.count
    return blocks
  }

  func keep(_ block: NeighborTable, _ pass: NeighborPass, space: String) throws {
    kept += 1
    try store.keep(block, pass, space: space)
  }
}

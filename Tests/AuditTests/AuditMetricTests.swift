// SPDX-License-Identifier: MIT
import Audit
import Foundation
import Kernels
import Neighbors
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
    #expect(AuditVerdict([ratio], maxRatio: 0.01) == .clean, "\(ratio)")
    #expect(abs(try #require(ratio.excess)) < 0.01)
  }

  @Test func `Carlini's distance, the eidetic count and authenticity by hand`() throws {
    // T on a line; k = 4.
    let train = PointSet(floats: [0, 1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024], dimension: 1)
    let audit = try AuditFixture.audit(train: train, generated: PointSet(floats: [0.1, 11], dimension: 1)) {
      $0.neighbors = 4
      $0.duplicateDistance = 0
    }
    let sample = audit.samples[0]
    #expect(sample.nearest == 0 && sample.second == 1)
    #expect(abs(sample.d1 - 0.1) < 1e-7 && abs(sample.d2 - 0.9) < 1e-7)
    #expect(abs(sample.carlini - 0.1 / (0.5 * (0.1 + 0.9 + 1.9 + 3.9) / 4)) < 1e-6)
    #expect(sample.isMemorized && !sample.isAuthentic)
    // 11: nearest 8 (3), whose own nearest other is 4 (4): authentic is false; second 16 (5).
    #expect(audit.samples[1].nearest == 4 && !audit.samples[1].isMemorized && !audit.samples[1].isAuthentic)
  }

  @Test func `a second distance leaves out the duplicates of the nearest`() throws {
    let train = PointSet(floats: [0, 0.01, 0.02, 1, 2, 3, 4, 5, 6, 7, 8, 9], dimension: 1)
    let audit = try AuditFixture.audit(train: train, generated: PointSet(floats: [0.1], dimension: 1)) {
      $0.duplicateDistance = 0.05
    }
    // Nearest 0.02; 0.01 and 0 are its duplicates; then 1.
    #expect(abs(audit.samples[0].d1 - 0.08) < 1e-6 && abs(audit.samples[0].distinctD2 - 0.9) < 1e-6)
    #expect(!audit.samples[0].isMemorized && audit.samples[0].isMemorizedAware)
    #expect(audit.duplicates.first?.members == [0, 1, 2])
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
    let space = AuditSpace(
      name: "points", train: floats(train), generated: floats(samples),
      doubles: .init(train: train, generated: samples, holdout: nil))
    var settings = AuditSettings()
    settings.neighbors = 5
    let table = try NeighborPasses(space: space, settings: settings).run().generated
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
    let store = NeighborFiles(folder: folder, key: "abc")
    _ = try AuditFixture.audit(train: train, generated: samples, holdout: heldOut, store: store)
    let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
    #expect(names.count >= 5)
    // Half of the blocks lost, one cut short, one of another audit: the rest is used and nothing is wrong.
    for name in names.prefix(names.count / 2) { try FileManager.default.removeItem(atPath: "\(folder)/\(name)") }
    let cut = "\(folder)/\(names[names.count - 1])"
    try Data(contentsOf: URL(fileURLWithPath: cut)).dropLast(5).write(to: URL(fileURLWithPath: cut))
    let resumed = try AuditFixture.audit(train: train, generated: samples, holdout: heldOut, store: store)
    #expect(resumed.samples == whole.samples && resumed.metrics == whole.metrics)
    store.removeAll()
    #expect(!FileManager.default.fileExists(atPath: folder))
  }
}

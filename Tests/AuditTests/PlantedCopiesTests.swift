// SPDX-License-Identifier: MIT
import Audit
import Kernels
import Neighbors
import Pictures
import Testing

/// Held-out pictures with p % copies of training pictures among them: the audit must find p where its metric can.
@Suite(.enabled(if: FashionMNIST.isInstalled, "needs dataset-fashion-mnist"), .serialized)
struct PlantedCopiesTests {
  private static let n = 2000

  private func parts() throws -> (train: PictureSet, clean: [[UInt8]], holdout: PointSet) {
    let (train, test) = (try #require(FashionData.train), try #require(FashionData.test))
    return (train, FashionData.rows(test, 0..<Self.n), FashionData.points(FashionData.rows(test, 5000..<7000)))
  }

  /// The audit of clean pictures of which the first p % are changed copies of training pictures.
  private func audit(_ percent: Int, seed: UInt64 = 1, _ change: ([UInt8], RandomKey) -> [UInt8]) throws -> SpaceAudit {
    let (train, clean, holdout) = try parts()
    let (count, key) = (Self.n * percent / 100, RandomKey(seed: seed).child("plant"))
    let chosen = key.integers(max(count, 1), below: train.count)
    let samples = clean.enumerated().map { index, picture in
      index < count
        ? change(Array(train.pixels[chosen[index] * 784..<(chosen[index] + 1) * 784]), key.child(index)) : picture
    }
    return try AuditFixture.audit(
      train: PointSet(bytes: train.pixels, dimension: 784), generated: FashionData.points(samples), holdout: holdout,
      unit: 255, picture: FashionData.picture)
  }

  private func noisy(_ picture: [UInt8], _ key: RandomKey, _ deviation: Double) -> [UInt8] {
    zip(picture, key.normals(784)).map { UInt8(max(0, min(255, (Double($0) + deviation * $1).rounded()))) }
  }

  @Test(arguments: [0, 1, 5, 20])
  func `exact copies are found, and nothing else`(_ percent: Int) throws {
    let audit = try audit(percent) { picture, _ in picture }
    let (share, ratio) = (Double(percent) / 100, audit.verdictMetric)
    let low = try #require(ratio.low), high = try #require(ratio.high)
    #expect(low <= share + 0.002 && share <= high, "\(ratio)")
    #expect(try #require(audit.metric("exact-copies")).value == share)
    let (below, above) = (try #require(ratio.excessLow), try #require(ratio.excessHigh))
    #expect(below <= share && share <= above, "\(ratio)")
    let verdict = AuditVerdict([ratio], maxRatio: 0.01)
    #expect(verdict == [0: .clean, 1: .inconclusive, 5: .memorized, 20: .memorized][percent], "\(ratio)")
    #expect(try #require(ratio.pValue) < 1e-3 || percent == 0)
    // The copies are the first samples: each is a row of the evidence.
    let flagged = Set(audit.samples.filter(\.isCopy).map(\.index))
    #expect((0..<Self.n * percent / 100).allSatisfy(flagged.contains))
    #expect(audit.recited.reduce(0) { $0 + $1.samples.count } == flagged.count)
  }

  @Test func `copies under slight noise are found, under heavy noise they are not`() throws {
    let slight = try audit(10) { noisy($0, $1, 5) }
    #expect(abs(slight.verdictMetric.value - 0.1) < 0.012, "\(slight.verdictMetric.value)")
    #expect(try #require(slight.metric("exact-copies")).value == 0)
    let heavy = try audit(10) { noisy($0, $1, 100) }
    #expect(heavy.verdictMetric.value < 0.02, "\(heavy.verdictMetric.value)")
  }

  @Test func `shifted and recoloured copies are missed, and the audit says that it cannot see them`() throws {
    let shifted = try audit(20) { picture, _ in (0..<784).map { $0 % 28 >= 3 && $0 >= 84 ? picture[$0 - 87] : 0 } }
    let inverted = try audit(20) { picture, _ in picture.map { 255 - $0 } }
    for audit in [shifted, inverted] {
      #expect(audit.verdictMetric.value < 0.03, "\(audit.verdictMetric.value)")
      #expect(audit.verdictMetric.note.contains("blind to crops, shifts and recolouring"))
    }
  }

  @Test func `recited duplicates escape the plain ratio but not the duplicate-aware one`() throws {
    let (train, clean, holdout) = try parts()
    // Five copies of each of 200 training pictures; a tenth of the samples recite them.
    var pixels = train.pixels
    for picture in 0..<200 {
      for copy in 0..<5 {
        let place = (1000 + picture * 5 + copy) * 784
        pixels.replaceSubrange(place..<place + 784, with: train.pixels[picture * 784..<(picture + 1) * 784])
      }
    }
    let samples = clean.enumerated().map { $0 < 200 ? FashionData.rows(train, $0..<$0 + 1)[0] : $1 }
    let audit = try AuditFixture.audit(
      train: PointSet(bytes: pixels, dimension: 784), generated: FashionData.points(samples), holdout: holdout,
      unit: 255,
      picture: FashionData.picture)
    #expect(try #require(audit.metric("memorization-ratio")).value < 0.01)
    #expect(abs(audit.verdictMetric.value - 0.1) < 0.01)
    #expect(AuditVerdict([audit.verdictMetric], maxRatio: 0.01) == .memorized)
    #expect(audit.duplicates.count { $0.members.count >= 6 && $0.smallestDistance == 0 } >= 190)
    #expect(audit.samples[0].eidetic.map { $0 >= 6 } == true)
  }

  @Test func `the training set as samples is memorized, and noise is not`() throws {
    let (train, _, holdout) = try parts()
    let all = PointSet(bytes: train.pixels, dimension: 784)
    let own = try AuditFixture.audit(
      train: all, generated: FashionData.points(FashionData.rows(train, 0..<Self.n)), holdout: holdout, unit: 255)
    #expect(try #require(own.metric("exact-copies")).value == 1)
    #expect(own.verdictMetric.value > 0.99)
    #expect(try #require(own.metric("authenticity")).value < 0.01)
    #expect(try #require(own.metric("closer-to-train")).value > 0.5)
    #expect(try #require(own.metric("c-t")).value < -20)
    #expect(try #require(own.metric("median-distance-ratio")).value == 0)

    let noise = RandomKey(seed: 4).child("noise").integers(Self.n * 784, below: 256).map { UInt8($0) }
    let random = try AuditFixture.audit(
      train: all, generated: PointSet(bytes: noise, dimension: 784), holdout: holdout, unit: 255)
    #expect(random.verdictMetric.value == 0)
    #expect(AuditVerdict([random.verdictMetric], maxRatio: 0.01) == .clean)
    // None of n is a bound, not a zero.
    let high = try #require(random.verdictMetric.high)
    #expect(high > 0.001 && high < 0.003)
    #expect(try #require(random.metric("c-t")).value > 20)
  }
}

// SPDX-License-Identifier: MIT
import Foundation
import Kernels
import Testing

/// Laws of the draws, each check with a false-alarm rate of 1e-6 at its fixed key.
@Suite struct RandomLawTests {
  let key = RandomKey(seed: 77)
  let count = 200_000

  /// Whether the numbers pass as standard normals: moments 1 to 4, bins, Kolmogorov's distance.
  func failures(_ values: [Double]) -> [String] {
    let n = Double(values.count)
    // E x^p and the variance of x^p for p = 1..4: (0, 1), (1, 2), (0, 15), (3, 96).
    let moments = [(0.0, 1.0), (1.0, 2.0), (0.0, 15.0), (3.0, 96.0)]
    var failures: [String] = []
    for (power, (expected, variance)) in zip(1..., moments) {
      let moment = values.reduce(0) { $0 + pow($1, Double(power)) } / n
      let deviate = (moment - expected) / (variance / n).squareRoot()
      if abs(deviate) > GoodnessOfFit.millionth { failures.append("moment \(power) is off by \(deviate) deviations") }
    }
    let bins = GoodnessOfFit.deviate(GoodnessOfFit.normalCounts(values, bins: 200))
    if abs(bins) > GoodnessOfFit.millionth { failures.append("bin counts are off by \(bins) deviations") }
    // P(sqrt(n) D > 2.7) = 2 exp(-2 * 2.7^2) = 9e-7.
    let distance = GoodnessOfFit.kolmogorov(values)
    if distance > 2.7 { failures.append("Kolmogorov distance \(distance)") }
    return failures
  }

  @Test func `normals are normal`() {
    #expect(failures(key.child("normals").normals(count)).isEmpty)
    #expect(failures(key.child("rows").normalRows(count / 100, 100).values).isEmpty)
  }

  @Test func `wrong generators of normals are rejected`() {
    let normals = key.child("wrong").normals(count)
    #expect(!failures(normals.map { $0 * 1.02 }).isEmpty, "wrong scale")
    #expect(!failures(normals.map { $0 + 0.02 }).isEmpty, "wrong mean")
    #expect(!failures(normals.map { min($0, 2.5) }).isEmpty, "cut tail")
    // The sum of six uniforms, a poor man's normal: right mean and variance, wrong tails.
    let uniforms = key.child("poor").uniforms(6 * count)
    let poor = (0..<count).map { uniforms[(6 * $0)..<(6 * $0 + 6)].reduce(-3, +) * 2.0.squareRoot() }
    #expect(!failures(poor).isEmpty, "sum of uniforms")
  }

  @Test func `the two normals of a pair are independent`() {
    let normals = key.child("pairs").normals(2 * count)
    var counts = Array(repeating: 0, count: 64)
    for pair in stride(from: 0, to: normals.count, by: 2) {
      let cells = normals[pair...(pair + 1)].map { min(7, Int(4 * erfc(-$0 / 2.0.squareRoot()))) }
      counts[8 * cells[0] + cells[1]] += 1
    }
    #expect(abs(GoodnessOfFit.deviate(counts)) < GoodnessOfFit.millionth)
  }

  @Test func `uniforms are uniform and stay below one`() {
    let uniforms = key.child("uniforms").uniforms(count)
    #expect(uniforms.allSatisfy { $0 >= 0 && $0 < 1 })
    var counts = Array(repeating: 0, count: 100)
    for uniform in uniforms { counts[Int(uniform * 100)] += 1 }
    #expect(abs(GoodnessOfFit.deviate(counts)) < GoodnessOfFit.millionth)
  }

  @Test(arguments: [1, 2, 7, 26, 1000]) func `integers are uniform below their bound`(bound: Int) {
    var counts = Array(repeating: 0, count: bound)
    for integer in key.child("integers").child(bound).integers(count, below: bound) { counts[integer] += 1 }
    #expect(counts.reduce(0, +) == count)
    if bound > 1 { #expect(abs(GoodnessOfFit.deviate(counts)) < GoodnessOfFit.millionth) }
  }

  @Test func `permutations are permutations, all equally likely`() {
    var counts: [[Int]: Int] = [:]
    for index in 0..<48_000 { counts[key.child("permutations").child(index).permutation(4), default: 0] += 1 }
    #expect(counts.count == 24)
    #expect(abs(GoodnessOfFit.deviate(Array(counts.values))) < GoodnessOfFit.millionth)
    for size in [0, 1, 2, 101] { #expect(key.permutation(size).sorted() == Array(0..<size)) }
  }

  @Test func `a shuffle that may swap with any place is rejected`() {
    // The classical wrong shuffle: 4^4 equally likely outcomes cannot give 24 orders equal weight.
    var counts: [[Int]: Int] = [:]
    for index in 0..<48_000 {
      var order = [0, 1, 2, 3]
      for (place, other) in key.child("wrong shuffle").child(index).integers(4, below: 4).enumerated() {
        order.swapAt(place, other)
      }
      counts[order, default: 0] += 1
    }
    #expect(abs(GoodnessOfFit.deviate(Array(counts.values))) > GoodnessOfFit.millionth)
  }
}

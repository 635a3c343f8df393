// SPDX-License-Identifier: MIT
import Kernels
import Testing

@Suite struct RandomKeyTests {
  let key = RandomKey(seed: 20_251_121)

  @Test func `children of different names, indices and parents differ`() {
    var seen: Set<RandomKey> = [key]
    let labels = ["", "a", "b", "ab", "ba", "train", "training", "held-out", "twelve letters long label"]
    for label in labels { #expect(seen.insert(key.child(label)).inserted, "child \(label)") }
    for index in -3..<1000 { #expect(seen.insert(key.child(index)).inserted, "child \(index)") }
    for seed in 0..<1000 {
      #expect(seen.insert(RandomKey(seed: UInt64(seed)).child("a")).inserted, "seed \(seed)")
    }
    // A label is not the same stream as the concatenation of its parts, nor an index as its digits.
    #expect(key.child("a").child("b") != key.child("ab"))
    #expect(key.child("1") != key.child(1))
    #expect(key.child("a\u{0}") != key.child("a"))
  }

  @Test func `draws of a key are functions of position, so longer draws begin with shorter ones`() {
    for count in [0, 1, 2, 3, 7, 8, 63, 64] {
      #expect(key.words(count) == Array(key.words(101).prefix(count)))
      #expect(key.normals(count) == Array(key.normals(101).prefix(count)))
      #expect(key.uniforms(count) == Array(key.uniforms(101).prefix(count)))
      #expect(key.integers(count, below: 10) == Array(key.integers(101, below: 10).prefix(count)))
    }
    #expect(key.normalRows(3, 5).values == Array(key.normalRows(9, 5).values.prefix(15)))
  }

  @Test func `streams of children are uncorrelated`() {
    // Means of n products of standard normals: standard deviation n^(-1/2); bound 4.9, false alarm 1e-6 each.
    let count = 100_000
    let streams =
      ["data", "noise", "sampling"].map { key.child($0).normals(count) }
      + (0..<3).map { key.child($0).normals(count) }
    for (i, first) in streams.enumerated() {
      for second in streams[(i + 1)...] {
        let product = zip(first, second).reduce(0) { $0 + $1.0 * $1.1 } / Double(count)
        #expect(abs(product) < 4.9 / Double(count).squareRoot(), "correlation \(product)")
      }
    }
  }

  @Test func `a key survives coding`() throws {
    #expect(RandomKey(high: key.high, low: key.low) == key)
    #expect(RandomKey(seed: 1) != RandomKey(seed: 2))
  }
}

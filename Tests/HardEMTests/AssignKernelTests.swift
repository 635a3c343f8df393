// SPDX-License-Identifier: MIT
import CKernels
import Kernels
import Testing

import HardEM

struct AssignKernelTests {
  static let shapes = [(1, 1, 1), (3, 31, 7), (4, 32, 8), (7, 33, 50), (258, 65, 3), (9, 200, 50), (5, 2, 0)]

  @Test("assignment equals its naive twin bit by bit, from infinity and from a bound", arguments: shapes)
  func assign(count: Int, references: Int, dimension: Int) {
    let key = RandomKey(seed: 1)
    let points = key.child("points").normalRows(count, dimension)
    let reference = key.child("reference").normalRows(references, dimension)
    for bound in [Double.infinity, Double(dimension), -1] {
      var (best, index) = ([Double](repeating: bound, count: count), [Int32](repeating: -7, count: count))
      PackedRows(reference).assign(points.values, best: &best, index: &index)
      for row in 0..<count {
        var (expected, at) = (bound, Int32(-7))
        for other in 0..<references {
          let square = NaiveKMeans.distance(Array(points.row(row)), Array(reference.row(other)))
          if square < expected { (expected, at) = (square, Int32(other)) }
        }
        #expect(best[row] == expected && index[row] == at)
      }
    }
  }

  @Test("tables of distances and products equal their naive twins bit by bit", arguments: shapes)
  func tables(count: Int, references: Int, dimension: Int) {
    let key = RandomKey(seed: 2)
    let points = key.child("points").normalRows(count, dimension)
    let reference = key.child("reference").normalRows(references, dimension)
    let packed = PackedRows(reference)
    let distances = packed.table(points, .squaredDistance, workers: .serial)
    let products = packed.table(points, .product, workers: Workers(threads: 2))
    for row in 0..<count {
      for other in 0..<references {
        let (a, b) = (Array(points.row(row)), Array(reference.row(other)))
        #expect(distances[row * references + other] == NaiveKMeans.distance(a, b))
        #expect(products[row * references + other] == zip(a, b).reduce(0) { $0 + $1.0 * $1.1 })
      }
    }
  }

  @Test("assignment from tables equals its naive twin bit by bit", arguments: [(1, 1), (5, 7), (9, 8), (31, 100)])
  func assignTable(means: Int, samples: Int) {
    let key = RandomKey(seed: 3)
    let table = key.child("table").normals(means * samples)
    let (scale, offset) = (key.child("scale").uniforms(means), key.child("offset").uniforms(means))
    let start = key.child("start").uniforms(samples)
    var (best, index) = (start, [Int32](repeating: -1, count: samples))
    vb_assign_table(table, Int64(samples), Int64(means), Int64(samples), scale, offset, &best, &index)
    for k in 0..<samples {
      var (expected, at) = (start[k], Int32(-1))
      for j in 0..<means where table[j * samples + k] * scale[j] - offset[j] < expected {
        (expected, at) = (table[j * samples + k] * scale[j] - offset[j], Int32(j))
      }
      #expect(best[k] == expected && index[k] == at)
    }
  }

  @Test("the two smallest equal those of the sorted list", arguments: [2, 3, 8, 9, 200, 1003])
  func twoSmallest(count: Int) {
    for trial in 0..<50 {
      let key = RandomKey(seed: 4).child(trial)
      // Few distinct values, so that ties and equal pairs occur.
      let base = key.child("base").integers(count, below: 2 + 3 * count / 2).map(Double.init)
      let product = key.child("product").integers(count, below: 3).map(Double.init)
      var smallest = [0.0, 0.0]
      vb_two_smallest(base, product, 0.75, Int64(count), &smallest)
      let sorted = zip(base, product).map { $0 - 0.75 * $1 }.sorted()
      #expect(smallest == Array(sorted.prefix(2)))
    }
  }
}

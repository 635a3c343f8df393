// SPDX-License-Identifier: MIT
import Kernels

/// K-means in the plainest form: every distance in every iteration. Ties keep a sample, then go to the lowest index.
struct NaiveKMeans {
  var means: [[Double]]
  var owners: [Int]
  var iterations = 0

  init(_ samples: Matrix, subset: [Int]) {
    let rows = (0..<samples.rows).map { Array(samples.row($0)) }
    means = subset.map { rows[$0] }
    owners = Array(repeating: -1, count: rows.count)
    for (component, sample) in subset.enumerated() { owners[sample] = component }
    while assign(rows) || iterations == 0 {
      iterations += 1
      for component in means.indices {
        let members = rows.indices.filter { owners[$0] == component }
        guard !members.isEmpty else { continue }
        means[component] = (0..<samples.columns).map { column in
          members.reduce(0) { $0 + rows[$1][column] } / Double(members.count)
        }
      }
    }
  }

  private mutating func assign(_ rows: [[Double]]) -> Bool {
    var changed = false
    for (index, row) in rows.enumerated() {
      var best = owners[index] < 0 ? .infinity : Self.distance(row, means[owners[index]])
      for (component, mean) in means.enumerated() where Self.distance(row, mean) < best {
        (best, owners[index], changed) = (Self.distance(row, mean), component, true)
      }
    }
    return changed
  }

  static func distance(_ a: [Double], _ b: [Double]) -> Double {
    zip(a, b).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
  }
}

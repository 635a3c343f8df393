// SPDX-License-Identifier: MIT
internal import CKernels

/// K-means in terms of the distances D between samples, without coordinates: O(M N) per iteration instead of O(M N d).
///
/// With S_jk = sum_{a in j} D_ak and g the size of component j,
///
///     |x^k - m_j|^2 = S_jk / g - c_j,   c_j = sum_{a in j} S_ja / (2 g^2),   sum of residuals = sum_j g c_j
///
/// (Huygens). Sums are formed afresh whenever a component changes, in the order of its samples: no drift.
struct TableClustering {
  /// (M, N): S.
  private(set) var sums: [Double]
  /// 1 / g and c.
  private(set) var scale, offset: [Double]
  private(set) var owners: [Int32]
  private(set) var members: [[Int]] = []
  private(set) var iterations = 0
  private let count: Int

  /// Nil where a component loses all its samples: its place cannot be told from the samples it has.
  init?(_ distances: [Double], count: Int, subset: [Int]) {
    self.count = count
    scale = Array(repeating: 1, count: subset.count)
    offset = Array(repeating: 0, count: subset.count)
    owners = Array(repeating: -1, count: count)
    sums = subset.flatMap { distances[$0 * count..<($0 + 1) * count] }
    var residuals = [Double](repeating: .infinity, count: count)
    for (component, sample) in subset.enumerated() { (owners[sample], residuals[sample]) = (Int32(component), 0) }
    _ = assign(&residuals)
    var changed = Set(0..<subset.count)
    while !changed.isEmpty && iterations < Clustering.maximumIterations {
      guard update(changed, distances) else { return nil }
      iterations += 1
      residuals = owners.enumerated().map { sums[Int($1) * count + $0] * scale[Int($1)] - offset[Int($1)] }
      changed = assign(&residuals)
    }
  }

  /// The sum of squared residuals.
  var objective: Double {
    zip(members, offset).reduce(0) { $0 + Double($1.0.count) * $1.1 }
  }

  var singletonShare: Double { Double(members.count { $0.count == 1 }) / Double(members.count) }

  private mutating func assign(_ residuals: inout [Double]) -> Set<Int> {
    let before = owners
    vb_assign_table(sums, Int64(count), Int64(scale.count), Int64(count), scale, offset, &residuals, &owners)
    var changed: Set<Int> = []
    for (old, new) in zip(before, owners) where old != new {
      changed.insert(Int(new))
      if old >= 0 { changed.insert(Int(old)) }
    }
    return changed
  }

  private mutating func update(_ changed: Set<Int>, _ distances: [Double]) -> Bool {
    members = Array(repeating: [], count: scale.count)
    for (sample, owner) in owners.enumerated() { members[Int(owner)].append(sample) }
    for component in changed {
      guard !members[component].isEmpty else { return false }
      let size = Double(members[component].count)
      sum(component, distances)
      scale[component] = 1 / size
      offset[component] = members[component].reduce(0) { $0 + sums[component * count + $1] } / (2 * size * size)
    }
    return true
  }

  private mutating func sum(_ component: Int, _ distances: [Double]) {
    let count = count
    sums.withUnsafeMutableBufferPointer { sums in
      let row = UnsafeMutableBufferPointer(rebasing: sums[component * count..<(component + 1) * count])
      row.update(repeating: 0)
      distances.withUnsafeBufferPointer { distances in
        for member in members[component] {
          vb_add_row(
            row.baseAddress,
            UnsafeBufferPointer(rebasing: distances[member * count..<(member + 1) * count]).baseAddress,
            Int64(count))
        }
      }
    }
  }
}

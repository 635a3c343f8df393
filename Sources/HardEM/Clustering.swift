// SPDX-License-Identifier: MIT
internal import Kernels

/// K-means from given samples by direct differences: the form for any N, and the twin of `TableClustering`.
///
/// An iteration compares a sample with all means only if its own mean has moved; any other sample needs to be
/// compared with the means that have moved alone, because the others were no nearer before. This leaves nothing out.
struct Clustering {
  let samples: Matrix
  let workers: Workers
  private(set) var means: Matrix
  /// The component of each sample.
  private(set) var owners: [Int32]
  private(set) var sizes: [Int]
  private(set) var objectives: [Double] = []
  private(set) var converged = false
  /// Squared distance of each sample to its mean.
  private var residuals: [Double]

  /// Each memorized sample starts in its own component, even where it has a duplicate; the rest join the nearest.
  init(samples: Matrix, subset: [Int], workers: Workers) {
    (self.samples, self.workers) = (samples, workers)
    means = samples.gathering(subset)
    owners = Array(repeating: -1, count: samples.rows)
    residuals = Array(repeating: .infinity, count: samples.rows)
    sizes = Array(repeating: 0, count: subset.count)
    for (component, sample) in subset.enumerated() { (owners[sample], residuals[sample]) = (Int32(component), 0) }
    _ = reassign(Array(0..<samples.rows), to: Array(0..<subset.count))
  }

  /// Far beyond what k-means takes; a guard against cycles made of rounding.
  static let maximumIterations = 10_000

  mutating func run() {
    var changed = Set(0..<means.rows)
    while !changed.isEmpty && objectives.count < Self.maximumIterations {
      let moved = moveMeans(changed)
      objectives.append(residuals.reduce(0, +))
      let isMoved = (0..<means.rows).map { moved.contains($0) }
      let loose = samples.rows == 0 ? [] : (0..<samples.rows).filter { isMoved[Int(owners[$0])] }
      let settled = (0..<samples.rows).filter { !isMoved[Int(owners[$0])] }
      // Candidates of the settled are the moved means; both scans see the same means, so their order is no matter.
      changed = reassign(loose, to: Array(0..<means.rows)).union(reassign(settled, to: moved.sorted()))
    }
    converged = changed.isEmpty
  }

  /// Moves the means of the changed components to their samples' average; those without samples stay.
  private mutating func moveMeans(_ changed: Set<Int>) -> Set<Int> {
    let members = members()
    sizes = members.map(\.count)
    let moved = changed.filter { !members[$0].isEmpty }
    for component in moved.sorted() {
      let mean = Self.average(samples, members[component])
      means.assign(mean, toRow: component)
      for sample in members[component] { residuals[sample] = (samples.vector(sample) - mean).squares }
    }
    return moved
  }

  private func members() -> [[Int]] {
    var members = Array(repeating: [Int](), count: means.rows)
    for (sample, owner) in owners.enumerated() { members[Int(owner)].append(sample) }
    return members
  }

  /// Sends the listed samples to a strictly nearer one of the listed means; components that lost or won a sample.
  private mutating func reassign(_ listed: [Int], to candidates: [Int]) -> Set<Int> {
    guard !listed.isEmpty, !candidates.isEmpty else { return [] }
    let packed = PackedRows(means.gathering(candidates))
    let (samples, owners, residuals) = (samples, owners, residuals)
    let blockSize = 512
    let found = workers.map((listed.count + blockSize - 1) / blockSize) { block -> (best: [Double], index: [Int32]) in
      let part = listed[block * blockSize..<min((block + 1) * blockSize, listed.count)]
      var best = part.map { residuals[$0] }
      var index = [Int32](repeating: -1, count: part.count)
      packed.assign(part.flatMap { samples.row($0) }, best: &best, index: &index)
      return (best, index)
    }
    var changed: Set<Int> = []
    for (block, result) in found.enumerated() {
      for (offset, at) in result.index.enumerated() where at >= 0 {
        let sample = listed[block * blockSize + offset]
        let component = candidates[Int(at)]
        // Its own mean cannot be strictly nearer than itself: the kernel and `squares` round alike.
        if owners[sample] >= 0 { changed.insert(Int(owners[sample])) }
        changed.insert(component)
        self.owners[sample] = Int32(component)
        self.residuals[sample] = result.best[offset]
      }
    }
    return changed
  }

  /// Summed in the order of the members.
  static func average(_ samples: Matrix, _ members: [Int]) -> Vector {
    var sum = Vector(zeros: samples.columns)
    for member in members { sum += samples.vector(member) }
    // A lone sample must be its mean to the last bit: division by 1 leaves it as it is.
    return Vector(sum / Double(members.count))
  }
}

// SPDX-License-Identifier: MIT
internal import CKernels
internal import Denoisers
package import Kernels
internal import Memorization

/// Points of the ratio curve of one data set.
package struct CurveBuilder: Sendable {
  let samples: Matrix
  let criterion: Double
  package let draws: EvaluationDraws
  /// The permutation whose prefixes are the starts.
  private let order: [Int]

  package init(samples: Matrix, startKey: RandomKey, criterion: Double, draws: EvaluationDraws) {
    (self.samples, self.criterion, self.draws) = (samples, criterion, draws)
    order = MixtureModel.memorizedSubset(components: samples.rows, of: samples.rows, key: startKey)
  }

  func points(_ counts: [Int], workers: Workers) -> [HardEMPoint] {
    guard PairTables.fit(samples: samples.rows, draws: draws.count) else {
      return counts.map { directPoint($0, workers: workers) }
    }
    let tables = PairTables(samples, normals: draws.normals, workers: workers)
    // Large M first: they take longest. Slots are put back in order.
    return workers.map(counts.count) { point(counts[counts.count - 1 - $0], tables) }.reversed()
  }

  /// From coordinates: for any N, and the twin of the tables.
  package func directPoint(_ count: Int, workers: Workers) -> HardEMPoint {
    let fit = HardEM.fit(samples: samples, components: count, subset: order, workers: workers)
    let memorized = MemorizationTest(criterion: criterion)
      .count(of: draws.samples(means: fit.means, std: fit.std), training: samples, workers: workers)
    return HardEMPoint(
      components: count, memorized: memorized, trials: draws.count, learnedStd: fit.std,
      singletonShare: fit.singletonShare)
  }

  /// From the tables; a component that lost its samples has a place that tables do not know.
  package func point(_ count: Int, _ tables: PairTables) -> HardEMPoint {
    let subset = Array(order.prefix(count))
    guard let clusters = TableClustering(tables.distances, count: samples.rows, subset: subset) else {
      return directPoint(count, workers: .serial)
    }
    let std = (clusters.objective / Double(samples.rows * samples.columns)).squareRoot()
    return HardEMPoint(
      components: count, memorized: memorized(clusters, std: std, tables), trials: draws.count, learnedStd: std,
      singletonShare: clusters.singletonShare)
  }

  /// The number of memorized draws x = m_j + std z, by
  /// `|x - x^k|^2 = |m_j - x^k|^2 - 2 std z . x^k + (2 std z . m_j + std^2 |z|^2)`.
  private func memorized(_ clusters: TableClustering, std: Double, _ tables: PairTables) -> Int {
    let size = samples.rows
    let components = draws.components(of: clusters.members.count)
    let base = (0..<clusters.members.count).map { component -> [Double] in
      (0..<size).map { clusters.sums[component * size + $0] * clusters.scale[component] - clusters.offset[component] }
    }
    var smallest = [0.0, 0.0]
    var memorized = 0
    for draw in 0..<draws.count {
      let component = components[draw]
      let members = clusters.members[component]
      let along = members.reduce(0) { $0 + tables.products[draw * size + $1] } * clusters.scale[component]
      tables.products.withUnsafeBufferPointer { products in
        let row = UnsafeBufferPointer(rebasing: products[draw * size..<(draw + 1) * size])
        vb_two_smallest(base[component], row.baseAddress, 2 * std, Int64(size), &smallest)
      }
      let rest = 2 * std * along + std * std * draws.squaredNorms[draw]
      // Rounding may leave a copy at minus a few ulps.
      let (d1, d2) = (max(0, smallest[0] + rest).squareRoot(), max(0, smallest[1] + rest).squareRoot())
      if d1 < criterion * d2 { memorized += 1 }
    }
    return memorized
  }
}

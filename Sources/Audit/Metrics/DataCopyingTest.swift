// SPDX-License-Identifier: MIT
internal import Foundation
internal import Kernels
internal import Neighbors
internal import Statistics

/// C_T of Meehan, Chaudhuri, Dasgupta (2020): are samples nearer to the training set than held-out points are, cell by cell?
///
///     C_T = sum_c p_c Z_c / sum_c p_c
///
/// over the k-means cells c of T, p_c the share of H in the cell, Z_c the Mann-Whitney Z of d1 of the samples there against d1
/// of the held-out points there (negative: samples are nearer). Cells with fewer than 20 samples or no held-out point are
/// left out. If cells are independent its standard deviation without copying is sqrt(sum p_c^2) / sum p_c: the interval.
struct DataCopyingTest {
  let space: AuditSpace
  let settings: AuditSettings

  struct Result {
    let value, low, high, pValue: Double
    let cells: Int
  }

  /// nil without held-out points, or where no cell has enough samples.
  func run(samples: [Double], holdout: [Double]) -> Result? {
    guard let points = space.holdout else { return nil }
    let centres = KMeansCells(space.train, cells: settings.cells, key: RandomKey(seed: settings.seed).child("c-t"))
    let (ofSamples, ofHoldout) = (centres.cells(of: space.generated), centres.cells(of: points))
    var (sum, weights, squares, used) = (0.0, 0.0, 0.0, 0)
    for cell in 0..<centres.count {
      let a = samples.indices.filter { ofSamples[$0] == cell }.map { samples[$0] }
      let b = holdout.indices.filter { ofHoldout[$0] == cell }.map { holdout[$0] }
      guard a.count >= settings.cellSamples, !b.isEmpty else { continue }
      let weight = Double(b.count) / Double(holdout.count)
      sum += weight * MannWhitney.z(a, b)
      weights += weight
      squares += weight * weight
      used += 1
    }
    guard used > 0 else { return nil }
    let (value, deviation) = (sum / weights, squares.squareRoot() / weights)
    let half = Normal.quantile(0.5 + settings.confidence / 2) * deviation
    return Result(
      value: value, low: value - half, high: value + half, pValue: Normal.cumulative(value / deviation),
      cells: used)
  }
}

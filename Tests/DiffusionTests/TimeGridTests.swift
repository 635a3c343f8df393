// SPDX-License-Identifier: MIT
import Diffusion
import Foundation
import LabTesting
import Testing

@Suite struct TimeGridTests {
  /// Differences of equally spaced numbers, relative to their mean.
  private func unevenness(_ values: [Double]) -> Double {
    let mean = (values[values.count - 1] - values[0]) / Double(values.count - 1)
    return zip(values, values.dropFirst()).map { abs(($1 - $0) / mean - 1) }.max() ?? 0
  }

  @Test func `the paper's grid has 26 times from 0.999 to 0.001`() {
    let times = TimeGrid.paper.times(of: VariancePreserving())
    #expect(times.count == 26 && times.first == 0.999 && times.last == 0.001)
    #expect(unevenness(times) < 1e-12)
    #expect(abs(times[1] - 0.95908) < 1e-15)
  }

  @Test(arguments: ProcessName.allCases) func `grids descend, keep their ends and are even in their own coordinate`(
    name: ProcessName
  ) {
    let process = name.process
    for spacing in [TimeGrid.Spacing.uniform, .karras(rho: 7), .karras(rho: 1), .logSNR] {
      let times = TimeGrid(spacing: spacing, first: 0.99, last: 0.002, count: 17).times(of: process)
      #expect(times.count == 17 && times.first == 0.99 && times.last == 0.002)
      #expect(zip(times, times.dropFirst()).allSatisfy(>), "\(spacing)")
      #expect(times.allSatisfy(process.domain.contains))
      let coordinates = times.map { t in
        switch spacing {
        case .uniform: t
        case .karras(let rho): pow(process.sigma(t) / process.alpha(t), 1 / rho)
        case .logSNR: process.logSNR(t)
        }
      }
      #expect(unevenness(coordinates) < 1e-10, "\(spacing) \(name)")
    }
  }

  @Test func `Karras's published schedule for variance exploding`() {
    // Karras et al. 2022, equation (5), sigma from 80 to 0.002, rho 7, 18 steps: index 9 by direct evaluation.
    let times = TimeGrid(spacing: .karras(rho: 7), first: 80, last: 0.002, count: 18).times(of: VarianceExploding())
    let (start, end) = (pow(80.0, 1.0 / 7), pow(0.002, 1.0 / 7))
    #expect(RelativeError.of(times[9], pow(start + 9.0 / 17 * (end - start), 7)) < 1e-12)
  }

  @Test func `grids of one and two times`() {
    #expect(TimeGrid(first: 0.9, last: 0.1, count: 1).times(of: FlowMatching()) == [0.9])
    #expect(TimeGrid(spacing: .logSNR, first: 0.9, last: 0.1, count: 2).times(of: FlowMatching()) == [0.9, 0.1])
  }
}

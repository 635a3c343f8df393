// SPDX-License-Identifier: MIT
import Foundation
import Statistics
import Testing

@Suite struct StudentTests {
  @Test func `one, two and four degrees of freedom have closed forms`() {
    for p in [0.51, 0.6, 0.75, 0.9, 0.975, 0.999, 0.999999] {
      #expect(abs(Student.quantile(p, degreesOfFreedom: 1) / tan(Double.pi * (p - 0.5)) - 1) < 1e-9, "\(p)")
      let a = 4 * p * (1 - p)
      let two = (2 * p - 1) * (2 / a).squareRoot()
      #expect(abs(Student.quantile(p, degreesOfFreedom: 2) / two - 1) < 1e-9, "\(p)")
      // Shaw, J. Comput. Finance 9 (2006) 37, equation 37.
      let q = cos(acos(a.squareRoot()) / 3) / a.squareRoot()
      #expect(abs(Student.quantile(p, degreesOfFreedom: 4) / (2 * (q - 1).squareRoot()) - 1) < 1e-9, "\(p)")
    }
    #expect(Student.quantile(0.5, degreesOfFreedom: 3) == 0)
    #expect(Student.quantile(0.025, degreesOfFreedom: 7) == -Student.quantile(0.975, degreesOfFreedom: 7))
    // With freedom without bound it is the normal law's.
    #expect(abs(Student.quantile(0.975, degreesOfFreedom: 100_000_000) - Normal.quantile(0.975)) < 1e-6)
  }

  /// Tables of Student's distribution, e.g. Abramowitz and Stegun, table 26.10: the digits that were published.
  private let table = [
    12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120,
    2.110, 2.101, 2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
  ]
  private let fourDecimals = [
    12.7062, 4.3027, 3.1824, 2.7764, 2.5706, 2.4469, 2.3646, 2.3060, 2.2622, 2.2281, 2.2010, 2.1788, 2.1604, 2.1448,
    2.1314,
  ]

  @Test func `rounded quantiles are those of the tables, bit by bit`() {
    for (index, value) in table.enumerated() {
      #expect(Student.tabulated(degreesOfFreedom: index + 1, decimals: 3) == value)
    }
    for (index, value) in fourDecimals.enumerated() {
      #expect(Student.tabulated(degreesOfFreedom: index + 1, decimals: 4) == value)
    }
  }

  @Test(arguments: [31, 40, 60, 120, 1000])
  func `beyond the tables the expansion is near`(freedom: Int) {
    let exact = Student.quantile(0.975, degreesOfFreedom: freedom)
    #expect(abs(Student.tabulated(degreesOfFreedom: freedom, decimals: 3) - exact) < 1e-4)
  }
}

// SPDX-License-Identifier: MIT
import Foundation
import Statistics
import Testing

@Suite struct NoncentralChiSquaredTests {
  /// Made with SciPy 1.17.1: scipy.stats.ncx2.pdf(x, d, lambda); chi2.pdf where lambda is 0.
  private let known: [(d: Double, lambda: Double, x: Double, density: Double)] = [
    (1, 0.5, 0.01, 3.099201442860831),
    (1, 0.5, 1, 0.237554736878054),
    (1, 0.5, 20, 3.7323625857179106e-05),
    (2, 3, 0.001, 0.1115929591434007),
    (2, 3, 4, 0.10809148167046612),
    (2, 3, 40, 1.6047903590843987e-06),
    (5, 3, 0.1, 0.0009196145876638121),
    (5, 3, 6, 0.09626584951630408),
    (5, 3, 60, 6.677130758026991e-09),
    (30, 30, 12, 6.223899804320649e-08),
    (30, 30, 60, 0.029581836746618503),
    (30, 30, 140, 4.458456747386986e-07),
    (50, 50, 20, 2.932694758616946e-12),
    (50, 50, 100, 0.022961685342169955),
    (50, 50, 250, 9.032052029380378e-12),
    (50, 200, 60, 9.547845144461162e-19),
    (50, 200, 250, 0.013279019433639115),
    (50, 200, 480, 1.300135185293562e-11),
    (200, 200, 150, 1.6009313956072312e-21),
    (200, 200, 400, 0.01150758021983662),
    (200, 200, 700, 2.2263147803522683e-14),
    (2000, 2500, 3500, 5.392788976975144e-21),
    (2000, 2500, 4500, 0.0033714376275624522),
    (2000, 2500, 5500, 4.7840146501123364e-17),
    (6, 0, 3, 0.12551071508349182),
  ]

  @Test func `densities are the known ones in both tails`() {
    for item in known {
      let law = NoncentralChiSquared(degrees: item.d, noncentrality: item.lambda)
      let density = law.densities(at: item.x).same
      // The uniform expansion (large d) is good to 1e-9, SciPy's own tails to about 1e-9.
      #expect(abs(density / item.density - 1) < 5e-9, "\(item): \(density)")
    }
  }

  @Test func `the second density is that of two more degrees of freedom`() {
    for (d, lambda, x) in [(5.0, 3.0, 2.0), (50, 60, 70), (300, 300, 500), (1, 0.5, 4)] {
      let pair = NoncentralChiSquared(degrees: d, noncentrality: lambda).densities(at: x).plusTwo
      let direct = NoncentralChiSquared(degrees: d + 2, noncentrality: lambda).density(at: x)
      #expect(abs(pair / direct - 1) < 1e-9, "\(d), \(lambda), \(x)")
    }
  }

  @Test func `series and uniform expansion agree where one takes over from the other`() {
    // d = 48 uses the series, 50 the expansion; log f is smooth in d, so its sixth differences are small.
    for (lambda, x) in [(30.0, 100.0), (120, 200), (120, 90), (1000, 900)] {
      let logs = stride(from: 42.0, through: 58, by: 2).map {
        log(NoncentralChiSquared(degrees: $0, noncentrality: lambda).densities(at: x).same)
      }
      var differences = logs
      for _ in 0..<6 { differences = zip(differences, differences.dropFirst()).map { $1 - $0 } }
      #expect(differences.allSatisfy { abs($0) < 1e-7 }, "\(lambda), \(x): \(differences)")
    }
  }

  @Test(
    arguments: [
      (3.0, 10.0, 0.0, 0.018575936222140675), (12, 10, 10, 0.14318912185322843), (40, 30, 30, 0.05456729404129233),
      (70, 50, 50, 0.03117909608885696), (180, 50, 200, 0.006122556660803301), (250, 100, 100, 0.9739838756443701),
      (15, 30, 5, 0.002508372323969467), (90, 12, 40, 0.9929840732018093),
    ])
  func `the approximate distribution function is within 1e-3 of scipy.stats.ncx2.cdf`(
    x: Double, freedom: Double, noncentrality: Double, expected: Double
  ) {
    let value = NoncentralChiSquared(degrees: freedom, noncentrality: noncentrality).approximateCumulative(x)
    #expect(abs(value - expected) < 1e-3)
  }
}

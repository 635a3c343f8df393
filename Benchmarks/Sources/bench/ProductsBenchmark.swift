// SPDX-License-Identifier: MIT
import Kernels
import Training
import Yardstick

/// The dense step's matrix products against the machine's sgemm peak, one thread. Target: 75 %.
enum ProductsBenchmark {
  static func run() {
    guard let blas = Environment.blas else {
      print("\nno \(OpenBLAS.fileName), so no peak to compare with: \(OpenBLAS.installLine)")
      return
    }
    print("\nmatrix products of the dense step (d=50, M=100, 100 draws), one thread")
    // In turn, so that a drift of the machine's speed meets both.
    let pairs = (0..<5).map { _ in
      (blas.sgemmPeak(repeats: 5), StepProducts.rate(dimension: 50, components: 100, draws: 100, repeats: 5))
    }
    let ratio = pairs.map { $0.1 / $0.0 }.sorted()[pairs.count / 2]
    let (peak, rate) = (pairs.map(\.0).sorted()[pairs.count / 2], pairs.map(\.1).sorted()[pairs.count / 2])
    Environment.row("sgemm peak, best of 256, 512, 1024", String(format: "%9.1f GF/s", peak / 1e9))
    Environment.row(
      "our products, useful operations", String(format: "%9.1f GF/s", rate / 1e9),
      String(format: "%.0f %% of the peak (target 75 %%)", 100 * ratio))
  }
}

// SPDX-License-Identifier: MIT
internal import COpenBLAS
internal import Foundation

/// The linear algebra library: a yardstick. The training kernels are the program's own.
///
/// OpenBLAS chooses its kernels for the machine, unless `OPENBLAS_CORETYPE` in the environment says otherwise or it
/// is older than the processor: then it may run at half the machine's speed, and `isHeldBack` says so.
public enum BLAS {
  /// Library and core type, such as `OpenBLAS 0.3.21 (SkylakeX)`.
  public static var description: String {
    let words = openblas_get_config().map { String(cString: $0) }?.split(separator: " ") ?? []
    return words.prefix(2).joined(separator: " ") + " (\(coreName))"
  }

  public static var coreName: String { openblas_get_corename().map { String(cString: $0) } ?? "unknown" }

  /// Whether the machine has AVX-512 and the library runs without it.
  public static var isHeldBack: Bool {
    InstructionSet.name == "avx512" && !["SKYLAKEX", "COOPERLAKE", "SAPPHIRERAPIDS"].contains(coreName.uppercased())
  }

  /// C = A B in single precision on the caller's thread; row-major, A (m, k), B (k, n).
  public static func sgemm(m: Int, n: Int, k: Int, a: [Float], b: [Float], c: inout [Float]) {
    precondition(a.count == m * k && b.count == k * n && c.count == m * n, "shapes (\(m), \(k)) (\(k), \(n))")
    openblas_set_num_threads(1)
    cblas_sgemm(
      CblasRowMajor, CblasNoTrans, CblasNoTrans, blasint(m), blasint(n), blasint(k), 1, a, blasint(k), b, blasint(n),
      0, &c, blasint(n))
  }

  /// The best over sizes of the median rate of square products on one thread, in operations per second.
  public static func sgemmPeak(sizes: [Int] = [256, 512, 1024], repeats: Int = 5) -> Double {
    sizes.map { size in
      let a = (0..<size * size).map { Float($0 % 7) }
      var c = a
      let seconds = (0..<repeats).map { _ in
        let clock = ContinuousClock()
        return clock.measure { sgemm(m: size, n: size, k: size, a: a, b: a, c: &c) } / .seconds(1)
      }
      return 2 * Double(size * size * size) / seconds.sorted()[repeats / 2]
    }.max() ?? 0
  }
}

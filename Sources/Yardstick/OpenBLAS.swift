// SPDX-License-Identifier: MIT
internal import Foundation
internal import Kernels

/// The linear algebra library OpenBLAS: a yardstick. The training kernels are the program's own.
///
/// It is loaded when it is asked for, not linked: a program that never measures need not have it, and is not kept from
/// starting where memory is short. OpenBLAS chooses its kernels for the machine, unless `OPENBLAS_CORETYPE` in the
/// environment says otherwise or it is older than the processor: then it may run at half the machine's speed, and
/// `isHeldBack` says so.
public struct OpenBLAS: Sendable {
  /// The name that the loader is asked for.
  public static let fileName = "libopenblas.so.0"
  /// The Debian package that has it, as the line that installs it.
  public static let installLine = "apt-get install libopenblas0"

  private typealias Text = @convention(c) () -> UnsafePointer<CChar>?
  private typealias SetThreads = @convention(c) (Int32) -> Void
  private typealias Multiply =
    @convention(c) (
      Int32, Int32, Int32, Int32, Int32, Int32, Float, UnsafePointer<Float>?, Int32, UnsafePointer<Float>?, Int32,
      Float, UnsafeMutablePointer<Float>?, Int32
    ) -> Void

  private let multiply: Multiply
  /// Library and core type, such as `OpenBLAS 0.3.21 (SkylakeX)`.
  public let description: String
  /// The core type it chose, such as `SkylakeX`.
  public let coreName: String

  /// nil where the library is not there.
  public init?() {
    // One thread is measured; others would take memory and, at the end, time.
    setenv("OPENBLAS_NUM_THREADS", "1", 0)
    guard let library = dlopen(Self.fileName, RTLD_NOW | RTLD_LOCAL),
      let config = dlsym(library, "openblas_get_config"), let core = dlsym(library, "openblas_get_corename"),
      let setThreads = dlsym(library, "openblas_set_num_threads"), let multiply = dlsym(library, "cblas_sgemm")
    else { return nil }
    func text(_ symbol: UnsafeMutableRawPointer) -> String {
      unsafeBitCast(symbol, to: Text.self)().map { String(cString: $0) } ?? "unknown"
    }
    unsafeBitCast(setThreads, to: SetThreads.self)(1)
    self.multiply = unsafeBitCast(multiply, to: Multiply.self)
    coreName = text(core)
    description = text(config).split(separator: " ").prefix(2).joined(separator: " ") + " (\(coreName))"
  }

  /// Whether the machine has AVX-512 and the library runs without it.
  public var isHeldBack: Bool {
    InstructionSet.name == "avx512" && !["SKYLAKEX", "COOPERLAKE", "SAPPHIRERAPIDS"].contains(coreName.uppercased())
  }

  /// C = A B in single precision on the caller's thread; row-major, A (m, k), B (k, n).
  public func sgemm(m: Int, n: Int, k: Int, a: [Float], b: [Float], c: inout [Float]) {
    precondition(a.count == m * k && b.count == k * n && c.count == m * n, "shapes (\(m), \(k)) (\(k), \(n))")
    let (rowMajor, asItStands): (Int32, Int32) = (101, 111)
    multiply(
      rowMajor, asItStands, asItStands, Int32(m), Int32(n), Int32(k), 1, a, Int32(k), b, Int32(n), 0, &c, Int32(n))
  }

  /// The best over sizes of the median rate of square products on one thread, in operations per second.
  public func sgemmPeak(sizes: [Int] = [256, 512, 1024], repeats: Int = 5) -> Double {
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

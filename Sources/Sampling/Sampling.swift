// SPDX-License-Identifier: MIT
public import Diffusion
public import Kernels

/// Draws samples by stepping a sampler down a list of times.
public enum Sampling {
  /// Samples of shape (count, dimension): chains start from N(0, priorStd^2 I) at `times[0]` and step
  /// through to the last time; the state there is the sample, without a final denoising step.
  ///
  /// `times` descend strictly inside the process's domain. Chain i depends on the key and i alone, so
  /// the numbers are the same for any number of workers and a larger draw begins with a smaller one.
  public static func sample(
    count: Int, dimension: Int, denoiser: any Denoiser, process: any DiffusionProcess, times: [Double],
    sampler: any Sampler, key: RandomKey, workers: Workers = .serial
  ) -> Matrix {
    // 64 rows fill the widest kernel's blocks and leave some blocks per thread to share.
    sample(
      count: count, dimension: dimension, denoiser: denoiser, process: process, times: times, sampler: sampler,
      key: key, workers: workers, blockRows: 64)
  }

  /// The same with a chosen number of chains per block, which must not matter.
  package static func sample(
    count: Int, dimension: Int, denoiser: any Denoiser, process: any DiffusionProcess, times: [Double],
    sampler: any Sampler, key: RandomKey, workers: Workers, blockRows: Int
  ) -> Matrix {
    precondition(dimension == denoiser.dimension, "dimension \(dimension), denoiser of \(denoiser.dimension)")
    check(times, process)
    let blocks = workers.map((count + blockRows - 1) / blockRows) { block in
      let rows = block * blockRows..<min(count, (block + 1) * blockRows)
      return chains(rows, denoiser: denoiser, process: process, times: times, sampler: sampler, key: key)
    }
    return Matrix(rows: count, columns: dimension, values: blocks.flatMap(\.values))
  }

  /// The chains of the given numbers, from start to end.
  private static func chains(
    _ rows: Range<Int>, denoiser: any Denoiser, process: any DiffusionProcess, times: [Double],
    sampler: any Sampler, key: RandomKey
  ) -> Matrix {
    var state = Matrix(
      process.priorStd(first: times[0]) * normals(rows, denoiser.dimension, key.child("start")))
    for (index, (t, s)) in zip(times, times.dropFirst()).enumerated() {
      let noise = sampler.needsNoise ? normals(rows, denoiser.dimension, key.child("noise").child(index)) : nil
      state = sampler.step(state, from: t, to: s, denoiser: denoiser, process: process, noise: noise)
    }
    return state
  }

  /// Standard normals for the chains of the given numbers: chain i from the key's i-th child.
  private static func normals(_ rows: Range<Int>, _ columns: Int, _ key: RandomKey) -> Matrix {
    Matrix(rows: rows.count, columns: columns, values: rows.flatMap { key.child($0).normals(columns) })
  }

  private static func check(_ times: [Double], _ process: any DiffusionProcess) {
    precondition(!times.isEmpty, "no times to sample at")
    precondition(zip(times, times.dropFirst()).allSatisfy(>), "times do not descend: \(times)")
    for t in times {
      precondition(process.domain.contains(t), "time \(t) outside \(process.domain), the domain of \(process.name)")
    }
  }
}

// SPDX-License-Identifier: MIT
internal import CKernels
public import Diffusion
public import Kernels
public import Statistics

/// Denoising losses at given times: mean over samples of the mean over noise draws of the squared error.
///
/// `loss(t) = mean_i mean_j |f(alpha x^i + sigma eps_ij, t) - target|^2`, summed over coordinates, as in (6) without
/// lambda. Every denoiser measured with the same key sees the same noise (common random numbers): the noise of a
/// (time, sample, draw) depends on the key and these three alone.
public enum LossMeasurement {
  /// Rows noised and denoised at once: bounds the memory of a task and fixes the order of summation.
  private static let rowsPerTask = 512

  /// One estimate per time, in the order of `times`; samples (n, d), n >= 2, draws >= 1.
  ///
  /// The interval is 1.96 standard errors over samples (draws of one sample are averaged first, because they are not
  /// independent); trials is n. Clean and noise errors use the posterior's own face, never one through the other.
  public static func measure(
    denoiser: any Denoiser, samples: Matrix, process: any DiffusionProcess, times: [Double], draws: Int,
    prediction: Prediction = .clean, key: RandomKey, workers: Workers = .serial
  ) -> [Estimate] {
    measure(
      denoisers: [denoiser], samples: samples, process: process, times: times, draws: draws, prediction: prediction,
      key: key, workers: workers)[0]
  }

  /// The same for several denoisers, [denoiser][time]: each noise is drawn once for all.
  public static func measure(
    denoisers: [any Denoiser], samples: Matrix, process: any DiffusionProcess, times: [Double], draws: Int,
    prediction: Prediction = .clean, key: RandomKey, workers: Workers = .serial
  ) -> [[Estimate]] {
    precondition(samples.rows >= 2 && draws >= 1, "\(samples.rows) samples, \(draws) draws")
    let samplesPerTask = max(1, rowsPerTask / draws)
    let blocks = (samples.rows + samplesPerTask - 1) / samplesPerTask
    let errors = workers.map(times.count * blocks) { task in
      let start = task % blocks * samplesPerTask
      let rows = start..<min(start + samplesPerTask, samples.rows)
      let noising = Noising(
        samples: samples, rows: rows, draws: draws, process: process, time: times[task / blocks], key: key)
      return denoisers.map { noising.errors(of: $0, prediction: prediction) }
    }
    return denoisers.indices.map { denoiser in
      times.indices.map { time in
        estimate(errors[time * blocks..<(time + 1) * blocks].flatMap { $0[denoiser] })
      }
    }
  }

  private static func estimate(_ errors: [Double]) -> Estimate {
    let n = Double(errors.count)
    let mean = errors.mean
    let half = 1.96 * (errors.squares(around: mean) / (n - 1) / n).squareRoot()
    return Estimate(value: mean, low: mean - half, high: mean + half, trials: errors.count)
  }
}

/// A block of samples noised `draws` times each at one time: row i * draws + j is draw j of sample i.
private struct Noising {
  let process: any DiffusionProcess
  let time: Double
  let draws: Int
  var clean: Matrix
  var noise: Matrix
  var noised: Matrix

  init(
    samples: Matrix, rows: Range<Int>, draws: Int, process: any DiffusionProcess, time: Double, key: RandomKey
  ) {
    (self.process, self.time, self.draws) = (process, time, draws)
    // Keyed by the time itself, so that a time has the same noise in every grid.
    let timeKey = key.child(Int(bitPattern: UInt(time.bitPattern)))
    var (clean, noise): ([Double], [Double]) = ([], [])
    clean.reserveCapacity(rows.count * draws * samples.columns)
    noise.reserveCapacity(rows.count * draws * samples.columns)
    for row in rows {
      for _ in 0..<draws { clean.append(contentsOf: samples.row(row)) }
      noise.append(contentsOf: Self.normals(draws * samples.columns, key: timeKey, sample: row))
    }
    let count = rows.count * draws
    self.clean = Matrix(rows: count, columns: samples.columns, values: clean)
    self.noise = Matrix(rows: count, columns: samples.columns, values: noise)
    noised = Matrix(process.alpha(time) * self.clean + process.sigma(time) * self.noise)
  }

  /// Normals of one sample at one time, draw after draw: more draws begin with fewer.
  ///
  /// Float normals widened to double: their rounding (1e-7) is far below the Monte Carlo error, and drawing them in
  /// double took most of the time of an evaluation.
  private static func normals(_ count: Int, key: RandomKey, sample: Int) -> [Double] {
    let stream = [UInt32(truncatingIfNeeded: sample), UInt32(truncatingIfNeeded: key.high), UInt32(key.high >> 32)]
    var floats = [Float](repeating: 0, count: count)
    vb_normals(key.low, stream, &floats, Int64(count))
    return floats.map(Double.init)
  }

  /// The squared error of each sample, averaged over its draws.
  func errors(of denoiser: any Denoiser, prediction: Prediction) -> [Double] {
    let predicted = denoiser.predict(prediction, noised: noised, process: process, at: time)
    let target = target(prediction)
    return (0..<clean.rows / draws).map { sample in
      let range = sample * draws * clean.columns..<(sample + 1) * draws * clean.columns
      let error = Vector(predicted.values[range]) - Vector(target.values[range])
      return error.squares / Double(draws)
    }
  }

  /// What a perfect denoiser would predict, from the true x0 and eps.
  private func target(_ prediction: Prediction) -> Matrix {
    switch prediction {
    case .clean: clean
    case .noise: noise
    case .velocity: Matrix(process.alphaPrime(time) * clean + process.sigmaPrime(time) * noise)
    case .score: Matrix(-1 / process.sigma(time) * noise)
    }
  }
}

// SPDX-License-Identifier: MIT

/// The measured errors behind `PredictionError`: `PredictionErrorTests` computes every number anew from `Results/`.
package enum PredictionErrorTable {
  /// `sweep` (16 tuples for each N) and `spread` (eight runs of (40, 6, N)), equal weights: the row of the nearest N.
  package static func laboratory(_ method: PredictionMethod, samples: Int) -> PredictionError {
    switch samples {
    case ..<75: laboratory50(method)
    case ..<150: laboratory100(method)
    default: laboratory200(method)
    }
  }

  /// The configurations of a kind of study that leave the laboratory; several studies weigh equally.
  package static func departure(_ departure: PredictionError.Departure, _ method: PredictionMethod) -> PredictionError {
    switch departure {
    case .sizes: sizes(method)
    case .variance: variance(method)
    case .criterion: criterion(method)
    case .process: process(method)
    case .sampler: sampler(method)
    case .law: law(method)
    case .loss: loss(method)
    }
  }

  private static func laboratory50(_ method: PredictionMethod) -> PredictionError {
    switch method {
    case .closedFormC1: PredictionError(0.132)
    case .closedFormC2: PredictionError(0.040)
    case .alphaSquared: PredictionError(0.017)
    case .finiteSize: PredictionError(0.019)
    case .hardEMFormula: PredictionError(0.012, start: 0.018, end: 0.023)
    case .hardEM: PredictionError(0.013, start: 0.019, end: 0.024)
    case .hardEMSampled: PredictionError(0.012, start: 0.022, end: 0.011)
    }
  }

  private static func laboratory100(_ method: PredictionMethod) -> PredictionError {
    switch method {
    case .closedFormC1: PredictionError(0.136)
    case .closedFormC2: PredictionError(0.035)
    case .alphaSquared: PredictionError(0.012)
    case .finiteSize: PredictionError(0.009)
    case .hardEMFormula: PredictionError(0.012, start: 0.016, end: 0.023)
    case .hardEM: PredictionError(0.013, start: 0.015, end: 0.023)
    case .hardEMSampled: PredictionError(0.007, start: 0.010, end: 0.008)
    }
  }

  private static func laboratory200(_ method: PredictionMethod) -> PredictionError {
    switch method {
    case .closedFormC1: PredictionError(0.134)
    case .closedFormC2: PredictionError(0.036)
    case .alphaSquared: PredictionError(0.012)
    case .finiteSize: PredictionError(0.010)
    case .hardEMFormula: PredictionError(0.009, start: 0.013, end: 0.024)
    case .hardEM: PredictionError(0.007, start: 0.010, end: 0.026)
    case .hardEMSampled: PredictionError(0.008, start: 0.010, end: 0.006)
    }
  }

  private static func sizes(_ method: PredictionMethod) -> PredictionError {
    switch method {
    case .closedFormC1: PredictionError(0.140)
    case .closedFormC2: PredictionError(0.032)
    case .alphaSquared: PredictionError(0.012)
    case .finiteSize: PredictionError(0.023)
    case .hardEMFormula: PredictionError(0.018, start: 0.025, end: 0.035)
    case .hardEM: PredictionError(0.018, start: 0.020, end: 0.035)
    case .hardEMSampled: PredictionError(0.012, start: 0.011, end: 0.007)
    }
  }

  private static func variance(_ method: PredictionMethod) -> PredictionError {
    switch method {
    case .closedFormC1: PredictionError(0.191)
    case .closedFormC2: PredictionError(0.047)
    case .alphaSquared: PredictionError(0.097)
    case .finiteSize: PredictionError(0.052)
    case .hardEMFormula: PredictionError(0.032, start: 0.038, end: 0.032)
    case .hardEM: PredictionError(0.031, start: 0.034, end: 0.033)
    case .hardEMSampled: PredictionError(0.010, start: 0.009, end: 0.009)
    }
  }

  private static func criterion(_ method: PredictionMethod) -> PredictionError {
    switch method {
    case .closedFormC1: PredictionError(0.196)
    case .closedFormC2: PredictionError(0.116)
    case .alphaSquared: PredictionError(0.116)
    case .finiteSize: PredictionError(0.119)
    case .hardEMFormula: PredictionError(0.033, start: 0.042, end: 0.018)
    case .hardEM: PredictionError(0.030, start: 0.035, end: 0.018)
    case .hardEMSampled: PredictionError(0.010, start: 0.017, end: 0.007)
    }
  }

  private static func process(_ method: PredictionMethod) -> PredictionError {
    switch method {
    case .closedFormC1: PredictionError(0.304)
    case .closedFormC2: PredictionError(0.058)
    case .alphaSquared: PredictionError(0.088)
    case .finiteSize: PredictionError(0.081)
    case .hardEMFormula: PredictionError(0.015, start: 0.023, end: 0.014)
    case .hardEM: PredictionError(0.019, start: 0.026, end: 0.012)
    case .hardEMSampled: PredictionError(0.007, start: 0.010, end: 0.007)
    }
  }

  private static func sampler(_ method: PredictionMethod) -> PredictionError {
    switch method {
    case .closedFormC1: PredictionError(0.178)
    case .closedFormC2: PredictionError(0.058)
    case .alphaSquared: PredictionError(0.092)
    case .finiteSize: PredictionError(0.056)
    case .hardEMFormula: PredictionError(0.015, start: 0.020, end: 0.015)
    case .hardEM: PredictionError(0.015, start: 0.020, end: 0.014)
    case .hardEMSampled: PredictionError(0.012, start: 0.010, end: 0.008)
    }
  }

  private static func law(_ method: PredictionMethod) -> PredictionError {
    switch method {
    case .closedFormC1: PredictionError(0.151)
    case .closedFormC2: PredictionError(0.040)
    case .alphaSquared: PredictionError(0.033)
    case .finiteSize: PredictionError(0.038)
    case .hardEMFormula: PredictionError(0.038, start: 0.028, end: 0.021)
    case .hardEM: PredictionError(0.028, start: 0.036, end: 0.019)
    case .hardEMSampled: PredictionError(0.027, start: 0.016, end: 0.009)
    }
  }

  private static func loss(_ method: PredictionMethod) -> PredictionError {
    switch method {
    case .closedFormC1: PredictionError(0.170)
    case .closedFormC2: PredictionError(0.073)
    case .alphaSquared: PredictionError(0.072)
    case .finiteSize: PredictionError(0.072)
    case .hardEMFormula: PredictionError(0.017, start: 0.015, end: 0.028)
    case .hardEM: PredictionError(0.014, start: 0.013, end: 0.024)
    case .hardEMSampled: PredictionError(0.014, start: 0.013, end: 0.010)
    }
  }
}

// SPDX-License-Identifier: MIT
import Diffusion
import Kernels
import LabTesting
import Testing

@Suite struct GoldenConversionTests {
  private func predictions(_ key: String) throws -> (from: Prediction, to: Prediction) {
    let names = key.split(separator: ">").map { $0.hasSuffix("-") ? $0.dropLast() : $0 }
    try #require(names.count == 2, "key \(key)")
    return (
      try #require(Prediction(rawValue: Golden.prediction(names[0]))),
      try #require(Prediction(rawValue: Golden.prediction(names[1])))
    )
  }

  @Test func `all sixteen conversions are the reference's`() throws {
    let cases = try Golden.cases("conversion").filter { $0.has("inputs", "f") }
    #expect(!cases.isEmpty)
    for item in cases {
      let (process, t) = (try item.process(), try item.number("inputs", "t"))
      let (points, values) = (try item.vector("inputs", "x"), try item.vector("inputs", "f"))
      let noised = Matrix(rows: 1, columns: points.count, values: points)
      let given = Matrix(rows: 1, columns: values.count, values: values)
      let keys = try item.keys("expected")
      #expect(keys.count == 16, "\(item)")
      for key in keys {
        let (from, to) = try predictions(key)
        let converted = from.convert(given, to: to, noised: noised, process: process, at: t)
        let error = RelativeError.of(converted.values, try item.vector("expected", key))
        #expect(error <= 1e-11, "\(item) \(key): error \(error)")
      }
    }
  }

  @Test func `all sixteen loss factors are the reference's`() throws {
    let cases = try Golden.cases("conversion").filter { !$0.has("inputs", "f") }
    #expect(!cases.isEmpty)
    for item in cases {
      let (process, times) = (try item.process(), try item.vector("inputs", "t"))
      for key in try item.keys("expected") {
        let (from, to) = try predictions(key)
        for (t, expected) in zip(times, try item.vector("expected", key)) {
          let error = RelativeError.of(from.lossFactor(to: to, process: process, at: t), expected)
          #expect(error <= 1e-11, "\(item) \(key) at \(t): error \(error)")
        }
      }
    }
  }
}

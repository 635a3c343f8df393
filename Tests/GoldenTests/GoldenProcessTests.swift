// SPDX-License-Identifier: MIT
import Diffusion
import LabTesting
import Testing

@Suite struct GoldenProcessTests {
  @Test func `alpha, sigma and their derivatives are the reference's`() throws {
    let cases = try Golden.cases("process").filter { $0.has("expected", "alpha") }
    #expect(!cases.isEmpty)
    for item in cases {
      let (process, times) = (try item.process(), try item.vector("inputs", "t"))
      let functions: [(String, (Double) -> Double)] = [
        ("alpha", process.alpha), ("sigma", process.sigma), ("alpha_prime", process.alphaPrime),
        ("sigma_prime", process.sigmaPrime),
      ]
      for (name, function) in functions {
        for (t, expected) in zip(times, try item.vector("expected", name)) {
          let error = RelativeError.of(function(t), expected)
          #expect(error <= 1e-11, "\(item) \(name) at \(t): error \(error)")
        }
      }
    }
  }

  @Test func `uniform time grids are the reference's`() throws {
    let cases = try Golden.cases("process").filter { $0.has("expected", "ts") }
    #expect(!cases.isEmpty)
    for item in cases {
      let grid = TimeGrid(
        first: try item.number("inputs", "t_max"), last: try item.number("inputs", "t_min"),
        count: try item.integer("inputs", "num_steps") + 1)
      let expected = try item.vector("expected", "ts")
      for name in ProcessName.allCases {
        let error = RelativeError.of(grid.times(of: name.process), expected)
        #expect(error <= 1e-11, "\(item) \(name): error \(error)")
      }
    }
  }
}

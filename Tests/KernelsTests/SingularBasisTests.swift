// SPDX-License-Identifier: MIT
import Kernels
import Testing

@Suite struct SingularBasisTests {
  private func dot(_ a: some Sequence<Double>, _ b: some Sequence<Double>) -> Double {
    zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
  }

  @Test(arguments: [(1, 1), (5, 1), (5, 3), (8, 8), (3, 6), (40, 7)])
  func `directions are orthonormal and rebuild A A^T`(shape: (Int, Int)) {
    let factor = RandomKey(seed: 5).child(shape.0).normalRows(shape.0, shape.1)
    let basis = SingularBasis(columnsOf: factor)
    #expect(basis.values.count == min(shape.0, shape.1))
    #expect(basis.values == basis.values.sorted(by: >))
    for i in basis.values.indices {
      for j in 0...i {
        let product = dot(basis.directions.row(i), basis.directions.row(j))
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-14, "\(i), \(j)")
      }
    }
    for i in 0..<shape.0 {
      for j in 0...i {
        let rebuilt = basis.values.indices.reduce(0) {
          $0 + basis.values[$1] * basis.values[$1] * basis.directions[$1, i] * basis.directions[$1, j]
        }
        #expect(abs(rebuilt - dot(factor.row(i), factor.row(j))) < 1e-13 * Double(shape.0 + shape.1))
      }
    }
  }

  @Test func `singular values ten orders apart keep their digits, dependent columns are left out`() {
    let graded = Matrix([[1, 1e-10, 2], [1, -1e-10, 2], [0, 0, 0]])
    let basis = SingularBasis(columnsOf: graded)
    #expect(basis.values.count == 2)
    #expect(abs(basis.values[0] / 10.0.squareRoot() - 1) < 1e-14)
    #expect(abs(basis.values[1] / (1e-10 * 2.0.squareRoot()) - 1) < 1e-14)
    #expect(SingularBasis(columnsOf: Matrix(rows: 4, columns: 0)).values.isEmpty)
    #expect(SingularBasis(columnsOf: Matrix(rows: 4, columns: 2)).values.isEmpty)
  }
}

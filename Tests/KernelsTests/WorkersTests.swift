// SPDX-License-Identifier: MIT
import Kernels
import Testing

@Suite struct WorkersTests {
  @Test(arguments: [1, 2, 5]) func `results come in the order of their indices`(threads: Int) {
    let workers = Workers(threads: threads)
    #expect(workers.map(1000) { $0 * $0 } == (0..<1000).map { $0 * $0 })
    #expect(workers.map(0) { $0 } == [])
    #expect(workers.map(1) { "\($0)" } == ["0"])
  }

  @Test func `numbers of keyed draws do not depend on the number of threads`() {
    let key = RandomKey(seed: 5)
    let serial = Workers.serial.map(50) { key.child($0).normals(31) }
    #expect(Workers(threads: 2).map(50) { key.child($0).normals(31) } == serial)
  }
}

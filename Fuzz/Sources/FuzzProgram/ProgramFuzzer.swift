// SPDX-License-Identifier: MIT
import Foundation

/// Hands the fuzzer's bytes to one reader of the program.
struct ProgramFuzzer {
  static let shared = ProgramFuzzer()
  private let form: ProgramForm
  private let folder: FuzzFolder

  private init() {
    let name = ProcessInfo.processInfo.environment["VERBATIM_FUZZ"] ?? ""
    guard let form = ProgramForm(rawValue: name) else {
      let allowed = ProgramForm.allCases.map(\.rawValue).joined(separator: ", ")
      fatalError("VERBATIM_FUZZ is '\(name)'; allowed are \(allowed)")
    }
    self.form = form
    folder = FuzzFolder(form)
  }

  func run(_ bytes: [UInt8]) {
    switch form {
    case .records: RecordsCheck(folder: folder).run(bytes)
    case .model: StoreCheck(folder: folder).model(bytes)
    case .samples: StoreCheck(folder: folder).samples(bytes)
    case .csv: StoreCheck(folder: folder).csv(bytes)
    case .table: TableCheck(folder: folder).run(bytes)
    case .blocks: BlocksCheck(folder: folder).run(bytes)
    case .study: StudyCheck().run(bytes)
    case .commands: CommandsCheck().run(bytes)
    }
  }
}

/// libFuzzer's entry.
@_cdecl("LLVMFuzzerTestOneInput")
func testOneInput(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> CInt {
  ProgramFuzzer.shared.run(Array(UnsafeBufferPointer(start: bytes, count: count)))
  return 0
}

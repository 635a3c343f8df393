// SPDX-License-Identifier: MIT
public import Audit
internal import Experiments
public import Foundation

extension AuditProvenance {
  /// What is known of this process and machine.
  public init(started: Date) {
    let known = Provenance(blas: "", seeds: [], started: started)
    self.init(
      version: known.version, commit: known.commit, command: known.commandLine, started: known.started,
      machine: "\(known.operatingSystem), \(known.cpu), \(known.cores) cores")
  }
}

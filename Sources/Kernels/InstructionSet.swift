// SPDX-License-Identifier: MIT
internal import CKernels

/// The instruction set the C kernels chose for this machine.
public enum InstructionSet {
  /// The values of the environment's `VERBATIM_ISA`, which lowers the choice; any other is ignored.
  public static let names = ["base", "avx2", "avx512"]

  /// `avx512`, `avx2` or `base`.
  public static var name: String { String(cString: vb_isa_name()) }
}
